package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.itests.ExampleCodec.Variant;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Somebody else's codec is updated to another version while a job runs: one that fits is used, one that does not is refused. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CodecReplacementIT {
    private static final int FRAME = 64 << 10;
    private static final PipelineOptions TWO = new PipelineOptions(2, 0, true);
    private static final String RIGHT = "1.0.0";
    private static final String FASTER = "1.1.0";
    private static final String OTHER_WIRE_ID = "2.0.0";
    private static final String LOSSY = "3.0.0";
    private static final String PREFERRED = "1.2.0";
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;
    @Inject
    private JobService jobs;
    private Path folder;
    private Path disk;
    private Path whole;
    private ImageResult undisturbed;
    private Bundle codec;

    @Configuration
    public Option[] configuration() {
        Path jars = Built.newFolder("codecs");
        ExampleCodec.build(jars, RIGHT);
        ExampleCodec.build(jars, FASTER, Variant.FASTER);
        ExampleCodec.build(jars, OTHER_WIRE_ID, Variant.OTHER_WIRE_ID);
        ExampleCodec.build(jars, LOSSY, Variant.LOSSY);
        ExampleCodec.build(jars, PREFERRED, Variant.PREFERRED);
        return Stream.concat(Arrays.stream(ContainerOptions.distribution("replaced", name -> true)),
                Stream.of(Deflate.jarsIn(jars))).toArray(Option[]::new);
    }

    @Before
    public void makeAnImageThatNothingDisturbs() throws Exception {
        folder = Files.createTempDirectory(Path.of(System.getProperty(ContainerOptions.FOLDER)), "replaced");
        byte[] content = new byte[40 * FRAME + 512];
        Random random = new Random(11);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) random.nextInt(8);
        }
        Arrays.fill(content, 10 * FRAME, 14 * FRAME, (byte) 0);
        disk = Files.write(folder.resolve("disk.raw"), content);
        codec = install(RIGHT);
        whole = folder.resolve("whole.skzimg");
        undisturbed = service.image(request(whole), JobMonitor.NONE);
    }

    @After
    public void removeTheCodecs() throws Exception {
        for (Bundle bundle : context.getBundles()) {
            if (ExampleCodec.NAME.equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
    }

    @Test
    public void oneOfAnotherWireIdIsRefusedAndTheRightOneContinues() throws Exception {
        refusedAndBack(OTHER_WIRE_ID, "its wire id is 40002, the job needs 40001");
    }

    @Test
    public void oneThatDoesNotGiveBackWhatItStoresIsRefusedAndTheRightOneContinues() throws Exception {
        refusedAndBack(LOSSY, "a frame of the job gives other content with it");
    }

    private void refusedAndBack(String wrong, String reason) throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        Held held = new Held();
        Job<ImageResult> job = jobs.submit(request(image), held);
        held.await();
        update(wrong);
        held.release();
        held.awaitNotice();
        PluginInfo listed = deflate();
        update(RIGHT);
        job.await();
        assertEquals(List.of("codec deflate (" + ExampleCodec.NAME + " " + wrong + ") is refused: " + reason), held.notices());
        assertTrue(held.states().toString(), held.states().contains("WAITING codec deflate"));
        assertEquals("RUNNING", held.states().get(held.states().size() - 1));
        assertEquals("ACTIVE refused", listed.state());
        assertEquals(wrong, listed.version());
        assertEquals("ACTIVE", deflate().state());
        assertEquals("nothing of the refused one is in the image", -1, Files.mismatch(whole, image));
    }

    @Test
    public void anotherVersionContinuesWithTheImage() throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        Held held = new Held();
        Job<ImageResult> job = jobs.submit(request(image), held);
        held.await();
        update(FASTER);
        held.release();
        ImageInfo made = job.await().image();
        assertEquals(List.of(), held.notices());
        assertEquals(FASTER, deflate().version());
        assertNotEquals("frames are stored by both versions", -1, Files.mismatch(whole, image));
        assertEquals(undisturbed.image().digests().content(), made.digests().content());
        assertEquals("deflate", made.spec().codecName());
        assertEquals(40_001, made.spec().codecWireId());
        assertTrue(service.verify(new VerifyRequest(image.toString(), false, TWO), JobMonitor.NONE).intact());
        Path restored = folder.resolve("restored.raw");
        service.restore(new RestoreRequest(image.toString(), restored.toString(), false, false, true, TWO), JobMonitor.NONE);
        assertEquals(-1, Files.mismatch(disk, restored));
    }

    @Test
    public void ofTwoVersionsTheRankingDecidesAndTheOtherStepsIn() throws Exception {
        Bundle preferred = install(PREFERRED);
        Path image = folder.resolve("swapped.skzimg");
        Held held = new Held();
        Job<ImageResult> job = jobs.submit(request(image), held);
        held.await();
        List<String> used = service.plugins().stream().filter(plugin -> plugin.name().equals("deflate"))
                .map(plugin -> plugin.version() + plugin.users()).toList();
        preferred.stop();
        held.release();
        job.await();
        assertEquals(List.of(PREFERRED + "[job " + job.status().id() + "]", RIGHT + "[]"), used);
        assertEquals("nobody waits where another one is there", List.of(), held.states());
        assertEquals(-1, Files.mismatch(whole, image));
    }

    private ImageRequest request(Path image) {
        return Deflate.request(disk.toString(), image);
    }

    private Bundle install(String version) throws Exception {
        Bundle bundle = context.installBundle(Deflate.jar(version).toUri().toString());
        bundle.start();
        return bundle;
    }

    private void update(String version) throws Exception {
        try (InputStream jar = Files.newInputStream(Deflate.jar(version))) {
            codec.update(jar);
        }
    }

    private PluginInfo deflate() {
        return Deflate.listed(service).orElseThrow();
    }
}
