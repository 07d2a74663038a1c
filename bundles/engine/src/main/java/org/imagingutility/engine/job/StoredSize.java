package org.imagingutility.engine.job;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.engine.plugin.Plugins;

/** How large the buffers for stored frames of an image must be. */
final class StoredSize {
    private StoredSize() {
    }

    /** Returns the most bytes a frame of the image can be stored as; fails if a codec it needs is not installed. */
    static int largest(Plugins plugins, OpenImage image) throws PluginMissingException {
        ImageReader reader = image.reader();
        int frameSize = reader.info().spec().frameSize();
        int largest = 1;
        int known = -1;
        for (int i = 0; i < reader.chunkCount(); i++) {
            int wireId = reader.chunk(i).codecWireId();
            if (wireId != known) {
                Codec codec = plugins.codecByWireId(wireId, neededBy(image, wireId));
                largest = Math.max(largest, codec.maxStoredLength(frameSize));
                known = wireId;
            }
        }
        return largest;
    }

    private static String neededBy(OpenImage image, int wireId) {
        ImageSpec spec = image.reader().info().spec();
        return "image \"" + image.reference() + "\"" + (wireId == spec.codecWireId() ? " (codec " + spec.codecName() + ")" : "");
    }
}
