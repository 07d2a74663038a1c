package org.imagingutility.api.container;

import org.imagingutility.api.error.CancelledException;
import org.osgi.annotation.versioning.ProviderType;

/** Is told how much of a file was searched while a damaged image is looked at, which can take long. Called by one thread. */
@ProviderType
@FunctionalInterface
public interface SearchMonitor {

    /** Is told nothing and never stops the search. */
    SearchMonitor NONE = bytes -> { };

    /**
     * Is told of {@code bytes} more bytes.
     *
     * @throws CancelledException to stop the search
     */
    void searched(long bytes) throws CancelledException;
}
