package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.itests.BundleSwaps.Way;
import org.junit.Assume;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** The bundle that freezes a device, and the one that opens the frozen view, are replaced while the device is imaged and written to. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SnapshotSwapIT {
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 48 * FRAME + 512;
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;

    @Configuration
    public Option[] configuration() throws IOException {
        return ContainerOptions.withSharing("snapshot-disks", ContainerOptions.distribution("snapshots", name -> true));
    }

    @Test
    public void aDeviceInUseIsImagedAsItWasWhateverIsReplaced() throws Exception {
        String sharing = System.getProperty(ContainerOptions.SHARING);
        Assume.assumeTrue("there is no file system here that shares blocks between files", sharing != null);
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        byte[] content = new byte[LENGTH];
        new Random(4).nextBytes(content);
        Path disk = Files.write(Path.of(sharing, "disk.raw"), content);
        Path whole = folder.resolve("whole.skzimg");
        service.image(request(disk, whole), JobMonitor.NONE);
        List<String> waited = new ArrayList<>();
        for (String bundle : List.of("snapshot.reflink snapshot provider reflink", "device.file device provider file")) {
            String[] names = bundle.split(" ", 2);
            for (Way way : Way.values()) {
                Files.write(disk, content);
                Path image = folder.resolve(way + ".skzimg");
                Swapping swapping = new Swapping(new BundleSwaps(context), "org.imagingutility." + names[0], way, 20);
                service.image(request(disk, image), new Writing(swapping, disk));
                if (swapping.check(bundle + " " + way, names[1], "image")) {
                    waited.add(names[1]);
                }
                assertEquals(bundle + " " + way, -1, Files.mismatch(whole, image));
                Files.delete(image);
            }
        }
        assertTrue(waited.toString(), waited.contains("snapshot provider reflink"));
        try (Stream<Path> left = Files.list(disk.getParent())) {
            assertEquals(List.of(disk), left.toList());
        }
    }

    private static ImageRequest request(Path device, Path image) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0, true), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(8 * FRAME)), new PipelineOptions(2, 0, true), List.of("sha256"));
    }

    /** Replaces the content of the disk each time the job asks whether to stop, as one who uses it does. */
    private record Writing(Swapping swapping, Path disk) implements JobMonitor {
        @Override
        public boolean cancelled() {
            try {
                Files.write(disk, new byte[LENGTH]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return swapping.cancelled();
        }

        @Override
        public void state(JobState state, String reason) {
            swapping.state(state, reason);
        }

        @Override
        public void notice(String line) {
            swapping.notice(line);
        }
    }
}
