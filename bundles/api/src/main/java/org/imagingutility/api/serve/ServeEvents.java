package org.imagingutility.api.serve;

import org.osgi.annotation.versioning.ProviderType;

/** What a server tells whoever started it. Called by any of its threads. */
@ProviderType
public interface ServeEvents {

    /** Something that the user should know although the server continues. */
    void notice(String line);

    /** Something for the log alone: a client that came, broke the protocol, or went. */
    void log(String line);
}
