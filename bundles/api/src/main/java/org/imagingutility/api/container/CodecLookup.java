package org.imagingutility.api.container;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.error.PluginMissingException;
import org.osgi.annotation.versioning.ProviderType;

/** Finds the codec an image names. Given to a container format by the engine; used by several threads at once. */
@ProviderType
@FunctionalInterface
public interface CodecLookup {

    /**
     * Returns the codec with this wire id. The result is for use at once, not to be kept: the codec may be replaced.
     *
     * @param wireId number that stands in the image
     * @param neededBy what asks for it, for the message
     */
    Codec byWireId(int wireId, String neededBy) throws PluginMissingException;
}
