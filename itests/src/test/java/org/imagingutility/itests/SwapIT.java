package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.inject.Inject;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.itests.BundleSwaps.Way;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** Each bundle that a job works with is replaced in each way while the job runs; what the job makes is the same. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapIT {
    private static final String OWN = "org.imagingutility.";
    private static final int FRAME = 64 << 10;
    private static final int LENGTH = 48 * FRAME + 512;
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;
    private BundleSwaps swaps;
    private Path folder;
    private Path disk;
    /** The jobs that said that they waited. */
    private final Set<String> waited = ConcurrentHashMap.newKeySet();

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("swap", name -> true);
    }

    @Before
    public void makeDisk() throws Exception {
        swaps = new BundleSwaps(context);
        folder = Files.createTempDirectory(Path.of(System.getProperty(ContainerOptions.FOLDER)), "swap");
        byte[] content = new byte[LENGTH];
        new Random(3).nextBytes(content);
        Arrays.fill(content, 10 * FRAME, 14 * FRAME, (byte) 0);
        Arrays.fill(content, 20 * FRAME, 30 * FRAME, (byte) 'x');
        disk = Files.write(folder.resolve("disk.raw"), content);
    }

    @Test
    public void theCodecIsReplacedUnderRunningJobs() throws Exception {
        everyWay(OWN + "codec.zstd", "codec zstd", disk, true);
    }

    @Test
    public void theNativeLibraryBelowTheCodecIsReplacedUnderRunningJobs() throws Exception {
        // stopping a bundle without an activator takes nothing from those that are wired to it
        everyWay("com.github.luben.zstd-jni", null, disk, true);
    }

    @Test
    public void theDeviceProviderIsReplacedUnderRunningJobs() throws Exception {
        everyWay(OWN + "device.file", "device provider file", disk, true);
    }

    @Test
    public void theContainerFormatIsReplacedUnderRunningJobs() throws Exception {
        everyWay(OWN + "format.skz", "container format skz", disk, true);
    }

    @Test
    public void theImageStoreIsReplacedUnderRunningJobs() throws Exception {
        everyWay(OWN + "store.file", "image store file", disk, true);
    }

    @Test
    public void theAllocatorIsReplacedUnderARunningJob() throws Exception {
        everyWay(OWN + "allocator.ntfs", "allocator ntfs", Path.of(System.getProperty(ContainerOptions.VOLUME)), false);
    }

    @Test
    public void theNativeAccessThatGivesRangesBackIsReplacedUnderARunningRestore() throws Exception {
        Path image = folder.resolve("volume.skzimg");
        Path volume = Path.of(System.getProperty(ContainerOptions.VOLUME));
        service.image(request(volume, image, false), JobMonitor.NONE);
        Path quiet = full(folder.resolve("quiet.raw"), Files.size(volume));
        service.restore(new RestoreRequest(image.toString(), quiet.toString(), false, true, false, TWO), JobMonitor.NONE);
        int kept = fullBlocks(quiet);
        service.restore(discarding(image, quiet), JobMonitor.NONE);
        int left = fullBlocks(quiet);
        assertTrue(left + " of " + kept + " blocks that are not in use were not given back", left < kept / 2);
        for (Way way : Way.values()) {
            Path restored = full(folder.resolve(way + ".raw"), Files.size(volume));
            Swapping restoring = new Swapping(swaps, "com.sun.jna", way, 10);
            service.restore(discarding(image, restored), restoring);
            // who stops a bundle without an activator takes nothing from those that are wired to it
            note(restoring.check("com.sun.jna " + way, "device provider file", "restore"), "restore");
            assertEquals(way.toString(), -1, Files.mismatch(quiet, restored));
            assertEquals(way.toString(), List.of(), restoring.notices());
        }
        assertTrue("the device provider was waited for by " + waited, waited.contains("restore"));
    }

    private static RestoreRequest discarding(Path image, Path target) {
        return new RestoreRequest(image.toString(), target.toString(), false, true, true, true, TWO);
    }

    /** Makes a file without a zero. */
    private static Path full(Path file, long length) throws IOException {
        byte[] bytes = new byte[1 << 20];
        Arrays.fill(bytes, (byte) 0xff);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = length; left > 0; left -= bytes.length) {
                out.write(bytes, 0, (int) Math.min(left, bytes.length));
            }
        }
        return file;
    }

    /** Returns how many blocks are still as {@link #full} made them. */
    private static int fullBlocks(Path file) throws IOException {
        int found = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] block = in.readNBytes(4096); block.length > 0; block = in.readNBytes(4096)) {
                byte[] full = new byte[block.length];
                Arrays.fill(full, (byte) 0xff);
                found += Arrays.equals(block, full) ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    public void theCommandsAreReplacedUnderRunningJobs() throws Exception {
        everyWay(OWN + "command", null, disk, true);
    }

    private void note(boolean hasWaited, String job) {
        if (hasWaited) {
            waited.add(job);
        }
    }

    private void everyWay(String bundle, String waitsFor, Path device, boolean allBlocks) throws Exception {
        Path whole = folder.resolve("whole.skzimg");
        service.image(request(device, whole, allBlocks), JobMonitor.NONE);
        waited.clear();
        for (Way way : Way.values()) {
            String what = bundle + " " + way;
            Path image = folder.resolve(way + ".skzimg");
            Swapping imaging = new Swapping(swaps, bundle, way, 20);
            ImageResult made = service.image(request(device, image, allBlocks), imaging);
            note(imaging.check(what, waitsFor, "image"), "image");
            assertEquals(what, -1, Files.mismatch(whole, image));

            Swapping verifying = new Swapping(swaps, bundle, way, 10);
            VerifyResult verified = service.verify(new VerifyRequest(image.toString(), false, TWO), verifying);
            note(verifying.check(what, waitsFor, "verify"), "verify");
            assertEquals(what, List.of(), verified.damages());
            assertEquals(what, made.image().spec().plannedFrames(), verified.coverage().framesChecked());

            Path restored = folder.resolve(way + ".raw");
            Swapping restoring = new Swapping(swaps, bundle, way, 10);
            service.restore(new RestoreRequest(image.toString(), restored.toString(), false, false, true, TWO), restoring);
            note(restoring.check(what, waitsFor, "restore"), "restore");
            if (allBlocks) {
                assertEquals(what, -1, Files.mismatch(device, restored));
            }
            Files.delete(restored);
            Files.delete(image);
        }
        // what is back at once is waited for by nobody, so not every job in every way does; a codec may always be back in time
        if (waitsFor != null && !waitsFor.startsWith("codec")) {
            assertTrue(bundle + " was waited for by " + waited, waited.contains("image"));
        }
    }

    private static ImageRequest request(Path device, Path image, boolean allBlocks) {
        return new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(allBlocks, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                        OptionalLong.of(8 * FRAME)), TWO, List.of("sha256"));
    }
}
