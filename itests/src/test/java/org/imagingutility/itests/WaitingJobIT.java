package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PipelineOptions;
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

/** A codec is taken from a job by what is typed: its bundle by number, the setting of how long the job waits, resume. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WaitingJobIT {
    private static final String CODEC = "org.imagingutility.codec.zstd";
    @Inject
    private BundleContext context;
    @Inject
    private CommandProcessor processor;
    @Inject
    private JobService jobs;
    @Inject
    private ImagingService service;
    private Typed session;
    private Bundle codec;
    private Path folder;
    private Path whole;

    @Configuration
    public Option[] configuration() {
        return Stream.concat(Arrays.stream(ContainerOptions.distribution("waiting", name -> true)),
                Stream.of(systemProperty("imaging.conf").value(Built.newFolder("conf").toString()))).toArray(Option[]::new);
    }

    @Before
    public void openASession() throws Exception {
        session = new Typed(processor, "imaging:gogo:felix:*");
        codec = new BundleSwaps(context).bundle(CODEC);
        folder = Files.createTempDirectory(Path.of(System.getProperty(ContainerOptions.FOLDER)), "waiting");
        whole = folder.resolve("whole.skzimg");
        service.image(request(whole), JobMonitor.NONE);
    }

    @After
    public void putBack() throws Exception {
        codec.start();
        type("config --reset engine.patience");
        session.close();
    }

    @Test
    public void theJobWaitsIsSuspendedWhenTheSettingSaysSoAndIsResumed() throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        Held held = new Held();
        String job = begin(image, held);
        type("stop " + codec.getBundleId());
        assertEquals(Bundle.RESOLVED, codec.getState());
        held.release();
        await(job, JobState.WAITING);
        assertTrue(type("jobs"), out().lines().anyMatch(line -> line.matches(" *" + job + " +WAITING .* codec zstd")));
        assertFalse(type("plugins"), out().lines().anyMatch(line -> line.matches("codec +zstd .*")));
        assertTrue(type("config engine.patience"), out().contains("engine.patience = 5m"));

        // the job waits already
        type("config engine.patience 1s");
        await(job, JobState.SUSPENDED);
        assertTrue(type("jobs"), out().contains("no replacement came within 1 s"));

        type("start " + codec.getBundleId());
        assertTrue(type("plugins"), out().lines().anyMatch(line -> line.matches("codec +zstd .*")));
        type("resume " + job);
        await(job, JobState.DONE);
        assertEquals(-1, Files.mismatch(whole, image));
    }

    @Test
    public void aBundleIsUpdatedRefreshedUninstalledAndInstalledByItsNumber() throws Exception {
        Path image = folder.resolve("swapped.skzimg");
        String location = codec.getLocation();
        Held held = new Held();
        String job = begin(image, held);
        type("update " + codec.getBundleId());
        type("refresh " + codec.getBundleId());
        // refresh comes back before it is done, and holds the bundle until then
        for (long end = System.nanoTime() + 60_000_000_000L; codec.getState() != Bundle.UNINSTALLED; Thread.sleep(20)) {
            assertTrue("uninstalled within 60 s", System.nanoTime() < end);
            try {
                type("uninstall " + codec.getBundleId());
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage(), e.getMessage().contains("cannot be uninstalled now"));
            }
        }
        held.release();
        await(job, JobState.WAITING);
        type("install " + location);
        codec = new BundleSwaps(context).bundle(CODEC);
        type("start " + codec.getBundleId());
        await(job, JobState.DONE);
        assertEquals(-1, Files.mismatch(whole, image));
    }

    @Test
    public void whatNamesNoBundleIsRefused() {
        for (String wrong : List.of("999999", "-1", "no-such-bundle", "99999999999999999999")) {
            try {
                type("stop " + wrong);
                throw new AssertionError("stop " + wrong + " did something");
            } catch (Exception e) {
                assertTrue(e.toString(), e.getMessage() != null);
            }
        }
        assertEquals(Bundle.ACTIVE, codec.getState());
    }

    private static ImageRequest request(Path target) {
        return new ImageRequest(System.getProperty(ContainerOptions.VOLUME), target.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(64 << 10),
                        OptionalLong.of(1 << 20)), new PipelineOptions(2, 0, true), List.of());
    }

    /** Begins a job, and returns its number when it is held. */
    private String begin(Path target, Held held) throws Exception {
        String id = jobs.submit(request(target), held).status().id();
        held.await();
        return id;
    }

    private JobStatus status(String id) {
        return jobs.jobs().stream().filter(job -> job.id().equals(id)).findFirst().orElseThrow();
    }

    private void await(String id, JobState wanted) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; status(id).state() != wanted; Thread.sleep(20)) {
            if (System.nanoTime() >= end) {
                throw new AssertionError("not " + wanted + " within 60 s: " + status(id));
            }
        }
    }

    private String type(String line) throws Exception {
        return session.type(line);
    }

    private String out() {
        return session.out();
    }
}
