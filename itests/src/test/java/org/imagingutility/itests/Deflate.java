package org.imagingutility.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.PluginInfo;
import org.ops4j.pax.exam.Option;

/** Somebody else's codec in the container of a test: its jars, jobs that need it, and what is listed of it. */
final class Deflate {
    static final int FRAME = 64 << 10;
    private static final String JARS = "itests.jars";

    private Deflate() {
    }

    /** Tells the container where the jars are that {@link ExampleCodec} built in {@code folder}. */
    static Option jarsIn(Path folder) {
        return systemProperty(JARS).value(folder.toString());
    }

    /** Returns the jar of a version, in the container. */
    static Path jar(String version) {
        return Path.of(System.getProperty(JARS)).resolve("deflate-" + version + ".jar");
    }

    /** Returns a request whose image has many small chunks and frames, which deflate stores. */
    static ImageRequest request(String device, Path image) {
        return new ImageRequest(device, image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.of("deflate"), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(8 * FRAME)), new PipelineOptions(2, 0, true), List.of());
    }

    /** Returns the codec as it is listed now. */
    static Optional<PluginInfo> listed(ImagingService service) {
        return service.plugins().stream().filter(plugin -> plugin.name().equals("deflate")).findFirst();
    }
}
