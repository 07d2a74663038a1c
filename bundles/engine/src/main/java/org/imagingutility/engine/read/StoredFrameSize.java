package org.imagingutility.engine.read;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.engine.plugin.Plugins;

/** How large the buffers for stored frames of an image must be. */
public final class StoredFrameSize {
    private StoredFrameSize() {
    }

    /** Returns the most bytes a frame of the image can be stored as; fails if a codec it needs is not installed. */
    public static int largest(Plugins plugins, OpenImage image) throws PluginMissingException {
        return largest(plugins, image.reference(), image.reader());
    }

    /** Returns the most bytes a frame of image {@code reference} can be stored as; fails like the other. */
    public static int largest(Plugins plugins, String reference, ImageReader reader) throws PluginMissingException {
        int frameSize = reader.info().spec().frameSize();
        int largest = 1;
        int known = -1;
        for (int i = 0; i < reader.chunkCount(); i++) {
            int wireId = reader.chunk(i).codecWireId();
            if (wireId != known) {
                Codec codec = plugins.codecByWireId(wireId, neededBy(reference, reader, wireId));
                largest = Math.max(largest, codec.maxStoredLength(frameSize));
                known = wireId;
            }
        }
        return largest;
    }

    private static String neededBy(String reference, ImageReader reader, int wireId) {
        ImageSpec spec = reader.info().spec();
        return "image \"" + reference + "\"" + (wireId == spec.codecWireId() ? " (codec " + spec.codecName() + ")" : "");
    }
}
