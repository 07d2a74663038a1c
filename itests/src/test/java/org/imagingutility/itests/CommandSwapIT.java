package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
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

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("command-swap", name -> true);
    }

    @Test
    public void theCommandsComeBackTheJobContinuesAndNothingOfTheOldBundleIsKept() throws Exception {
        Bundle command = Arrays.stream(context.getBundles())
                .filter(bundle -> "org.imagingutility.command".equals(bundle.getSymbolicName())).findFirst().orElseThrow();
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        // many minutes of work
        Job<ImageResult> job = jobs.submit(new ImageRequest(System.getProperty(ContainerOptions.VOLUME),
                folder.resolve("slow.skzimg").toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 16 << 10, 0), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of()), JobMonitor.NONE);
        try (Typed session = new Typed(processor, "imaging:*")) {
            assertTrue(session.type("jobs"), session.out().contains("RUNNING"));
            WeakReference<ClassLoader> old = new WeakReference<>(command.adapt(BundleWiring.class).getClassLoader());

            command.stop();
            assertFalse("there is no such command while its bundle is stopped", session.knows("imaging:jobs"));
            command.update();
            refresh(command);
            command.start();

            assertTrue("it is back", session.knows("imaging:jobs"));
            assertTrue(session.type("jobs"), session.out().contains("RUNNING"));
            assertTrue("the old class loader is still held", gone(old));
            assertEquals(JobState.RUNNING, job.status().state());
            session.type("cancel " + job.status().id());
            assertEquals("job 1 (image " + System.getProperty(ContainerOptions.VOLUME) + "): CANCELLED", session.out().strip());
        }
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue(refreshed.await(60, TimeUnit.SECONDS));
    }

    private static boolean gone(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return reference.get() == null;
    }
}
