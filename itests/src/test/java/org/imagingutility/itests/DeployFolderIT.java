package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.PluginInfo;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The deploy folder while the container runs: a plug-in of somebody else comes, is replaced and goes. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DeployFolderIT {
    private static final String DEPLOY = "felix.fileinstall.dir";
    private static final String PATIENCE = "the folder is looked at twice a second; nothing changed within a minute";
    @Inject
    private ImagingService service;
    @Inject
    private JobService jobs;
    @Inject
    private CommandProcessor processor;
    /** What the last command printed. */
    private String text = "";

    @Configuration
    public Option[] configuration() {
        Path folder = Built.newFolder("deploy");
        ExampleCodec.build(folder, "1.0.0");
        ExampleCodec.build(folder, "1.1.0");
        ExampleCodec.build(folder, "2.0.0", ExampleCodec.Variant.OTHER_WIRE_ID);
        Option[] files = {Deflate.jarsIn(folder),
            systemProperty(DEPLOY).value(Built.newFolder("deployed").toString()),
            systemProperty("felix.fileinstall.poll").value("500"),
            systemProperty("felix.fileinstall.filter").value(".*\\.jar"),
            systemProperty("felix.fileinstall.noInitialDelay").value("true"),
            systemProperty("felix.fileinstall.log.level").value("0")};
        return Stream.concat(Arrays.stream(ContainerOptions.distribution("deploy", name -> true)), Arrays.stream(files))
                .toArray(Option[]::new);
    }

    @Test
    public void aJarIsUsedReplacedAndRemovedWithoutARestart() throws Exception {
        Path jar = Path.of(System.getProperty(DEPLOY)).resolve("deflate.jar");
        String device = System.getProperty(ContainerOptions.VOLUME);
        Path image = Path.of(System.getProperty(ContainerOptions.FOLDER)).resolve("deflate.skzimg");
        assertEquals(Optional.empty(), deflate());

        drop("1.0.0", jar);
        await("1.0.0");
        execute("imaging:plugins");
        assertTrue(text, text.contains("com.example.imaging.codec.deflate"));
        execute("image --device '" + device + "' --out '" + image + "' --codec deflate --verify");
        execute("info --in '" + image + "'");
        assertTrue(text, text.contains("deflate"));

        drop("1.1.0", jar);
        await("1.1.0");
        execute("verify --in '" + image + "'");
        assertTrue(text, text.stripTrailing().endsWith("OK"));

        Files.delete(jar);
        await("");
        Exception failure = assertThrows(Exception.class, () -> execute("verify --in '" + image + "'"));
        assertEquals("verify ended with exit code 5", failure.getMessage());
    }

    @Test
    public void aJobContinuesWithAJarThatIsDroppedWhileItRunsAndRefusesAWrongOne() throws Exception {
        Path jar = Path.of(System.getProperty(DEPLOY)).resolve("deflate.jar");
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        drop("1.0.0", jar);
        await("1.0.0");
        service.image(request(folder.resolve("undisturbed.skzimg")), JobMonitor.NONE);
        Held held = new Held();
        Job<ImageResult> job = jobs.submit(request(folder.resolve("swapped.skzimg")), held);
        held.await();
        drop("2.0.0", jar);
        await("2.0.0");
        held.release();
        held.awaitNotice();
        drop("1.1.0", jar);
        job.await();
        assertEquals("1.1.0", deflate().orElseThrow().version());
        assertEquals(List.of("codec deflate (" + ExampleCodec.NAME
                + " 2.0.0) is refused: its wire id is 40002, the job needs 40001"), held.notices());
        assertTrue(held.states().toString(), held.states().contains("WAITING codec deflate"));
        assertEquals(-1, Files.mismatch(folder.resolve("undisturbed.skzimg"), folder.resolve("swapped.skzimg")));
        Files.delete(jar);
        await("");
    }

    private static ImageRequest request(Path target) {
        return Deflate.request(System.getProperty(ContainerOptions.VOLUME), target);
    }

    /** Puts a jar there in one step, as a careful user would. */
    private static void drop(String version, Path jar) throws IOException {
        Path arriving = jar.resolveSibling("deflate.arriving");
        Files.copy(Deflate.jar(version), arriving, StandardCopyOption.REPLACE_EXISTING);
        Files.move(arriving, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void await(String version) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!deflate().map(PluginInfo::version).orElse("").equals(version)) {
            assertTrue(PATIENCE + ": " + deflate(), System.nanoTime() < deadline);
            Thread.sleep(50);
        }
    }

    private Optional<PluginInfo> deflate() {
        return Deflate.listed(service);
    }

    private void execute(String line) throws Exception {
        try (Typed session = new Typed(processor, "imaging:*")) {
            text = session.type(line);
        }
    }
}
