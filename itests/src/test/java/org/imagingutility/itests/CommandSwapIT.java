package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The command bundle is replaced while a session is open and a job runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CommandSwapIT {
    @Inject
    private BundleContext context;
    @Inject
    private CommandProcessor processor;
    @Inject
    private JobService jobs;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("command-swap", name -> true);
    }

    @Test
    public void theCommandsComeBackTheJobGoesOnAndNothingOfTheOldBundleIsKept() throws Exception {
        Bundle command = Arrays.stream(context.getBundles())
                .filter(bundle -> "org.imagingutility.command".equals(bundle.getSymbolicName())).findFirst().orElseThrow();
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        // some seconds of work
        Job<ImageResult> job = jobs.submit(new ImageRequest(System.getProperty(ContainerOptions.VOLUME),
                folder.resolve("slow.skzimg").toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 2 << 20, 0), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        try (CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.put("SCOPE", "imaging:*");
            assertTrue(run(session, "jobs"), text().contains("RUNNING"));
            WeakReference<ClassLoader> old = new WeakReference<>(command.adapt(BundleWiring.class).getClassLoader());

            command.stop();
            assertNull("there is no such command while its bundle is stopped", session.get("imaging:jobs"));
            command.update();
            refresh(command);
            command.start();

            assertNotNull("it is back", session.get("imaging:jobs"));
            assertTrue(run(session, "jobs"), text().contains("RUNNING"));
            assertTrue("the old class loader is still held", gone(old));
            assertEquals(JobState.RUNNING, job.status().state());
            run(session, "cancel " + job.status().id());
            assertEquals("job 1 (image " + System.getProperty(ContainerOptions.VOLUME) + "): CANCELLED", text().strip());
        }
    }

    private String run(CommandSession session, String line) throws Exception {
        out.reset();
        session.execute(line);
        return text();
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue(refreshed.await(20, TimeUnit.SECONDS));
    }

    private static boolean gone(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return reference.get() == null;
    }
}
