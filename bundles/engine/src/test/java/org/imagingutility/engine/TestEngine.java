package org.imagingutility.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.engine.plugin.PluginSet;
import org.imagingutility.engine.plugin.Plugins;

/** The engine with the plug-ins of this project, as a plain module path finds them. */
public final class TestEngine extends StandaloneEngine {

    /** Returns the plug-ins. */
    public Plugins installed() {
        return plugins;
    }

    /** Takes all codecs away, as when their bundles are stopped. */
    public void removeCodecs() {
        for (Codec codec : plugins.codecs().all()) {
            plugins.codecs().remove(codec);
        }
    }

    /** Returns the allocators, to add one. */
    public PluginSet<Allocator> allocators() {
        return plugins.allocators();
    }

    /** Returns a request with small frames and chunks, so that small volumes have several of each. */
    public static ImageRequest request(Path device, Path image, boolean allBlocks, int workers) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(allBlocks, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(256 << 10),
                        OptionalLong.of(4L << 20)),
                new PipelineOptions(workers, 0, true), List.of("sha256"));
    }

    /** Returns a request to verify all of an image. */
    public static VerifyRequest verify(Path image) {
        return new VerifyRequest(image.toString(), false, PipelineOptions.DEFAULT);
    }

    /** Returns a request to restore to a new file. */
    public static RestoreRequest restore(Path image, Path target) {
        return new RestoreRequest(image.toString(), target.toString(), false, false, true, PipelineOptions.DEFAULT);
    }
}
