package org.imagingutility.engine.write;

import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.engine.plugin.Plugins;

/**
 * How an image is divided and compressed.
 *
 * @param codec compresses the frames
 * @param level level of the codec
 * @param frameSize bytes of device in a frame
 * @param chunkSize bytes of device in a chunk
 */
public record ImageSettings(Codec codec, int level, int frameSize, long chunkSize) {

    /** Returns the settings of a new image. */
    public static ImageSettings of(Plugins plugins, Layout layout) throws ImagingException {
        Codec codec = named(plugins, layout.codec().orElse(Layout.DEFAULT_CODEC));
        return new ImageSettings(codec, checkedLevel(codec, layout.level().orElse(codec.traits().defaultLevel())),
                layout.frameSize().orElse(Layout.DEFAULT_FRAME_SIZE), layout.chunkSize().orElse(Layout.DEFAULT_CHUNK_SIZE));
    }

    /** Returns the settings to resume an image that was started with {@code spec}: its own where none are asked for. */
    public static ImageSettings resumed(Plugins plugins, Layout layout, ImageSpec spec, String image) throws ImagingException {
        if (layout.frameSize().orElse(spec.frameSize()) != spec.frameSize()) {
            throw new UsageException("the unfinished image \"" + image + "\" has frames of " + spec.frameSize()
                    + " bytes, which cannot be changed to " + layout.frameSize().getAsInt(),
                    "leave --frame-size out, or start over (--force without --resume)");
        }
        Codec codec = layout.codec().isPresent() ? named(plugins, layout.codec().get()) : ProbingCodec.asIn(spec,
                plugins.codecByWireId(spec.codecWireId(), "image \"" + image + "\" (codec " + spec.codecName() + ")"));
        int usual = codec.wireId() == spec.codecWireId() ? spec.level() : codec.traits().defaultLevel();
        long chunkSize = layout.chunkSize().orElse(spec.chunkSize());
        if (chunkSize < spec.frameSize() || chunkSize > ImageSpec.MAX_CHUNK_SIZE || chunkSize % spec.frameSize() != 0) {
            throw new UsageException("chunk size " + chunkSize + " is no multiple of the frame size " + spec.frameSize()
                    + " up to 1 TiB", "choose another --chunk-size");
        }
        if (layout.level().isEmpty() && !isLevel(codec, usual)) {
            throw new ImageFormatException(image, 0, "was started with level " + usual + " of codec " + codec.name() + ", which has "
                    + codec.traits().minLevel() + " to " + codec.traits().maxLevel(), "say which to resume with: --level");
        }
        return new ImageSettings(codec, checkedLevel(codec, layout.level().orElse(usual)), spec.frameSize(), chunkSize);
    }

    /** Returns the same with another level, if it is one of the codec. */
    public ImageSettings withLevel(int other) {
        return isLevel(codec, other) ? new ImageSettings(codec, other, frameSize, chunkSize) : this;
    }

    private static boolean isLevel(Codec codec, int level) {
        return level >= codec.traits().minLevel() && level <= codec.traits().maxLevel();
    }

    private static Codec named(Plugins plugins, String name) throws UsageException {
        return name.equals(Layout.AUTO_CODEC) ? new ProbingCodec(plugins.codecNamed(Layout.DEFAULT_CODEC)) : plugins.codecNamed(name);
    }

    private static int checkedLevel(Codec codec, int level) throws UsageException {
        if (!isLevel(codec, level)) {
            throw new UsageException("level " + level + " is not one of codec " + codec.name() + "'s: "
                    + codec.traits().minLevel() + " to " + codec.traits().maxLevel(), "choose one of those");
        }
        return level;
    }
}
