package org.imagingutility.itests;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.Job;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.PipelineOptions;

/** A program that runs a job; started by {@link KilledJobIT} in a JVM of its own. */
final class JobsMain {
    /** Some chunks, of 16 frames each, are written by then. */
    private static final int FRAMES_BEFORE_HOLD = 60;

    private JobsMain() {
    }

    /** {@code submit DEVICE IMAGE}, {@code hold DEVICE IMAGE}, {@code list} or {@code resume ID}. */
    public static void main(String[] args) throws Exception {
        JobService jobs = ServiceLoader.load(JobService.class).findFirst().orElseThrow();
        switch (args[0]) {
            case "submit" -> {
                Job<?> job = jobs.submit(request(args[1], args[2]), JobMonitor.NONE);
                job.await();
                print(job.status());
            }
            case "hold" -> {
                Held held = new Held(FRAMES_BEFORE_HOLD);
                Job<?> job = jobs.submit(request(args[1], args[2]), held);
                held.await();
                System.out.println("held");
                job.await();
            }
            case "list" -> jobs.jobs().forEach(JobsMain::print);
            case "resume" -> {
                Job<?> job = jobs.job(args[1]).orElseThrow();
                job.resume();
                job.await();
                print(job.status());
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void print(JobStatus job) {
        System.out.println(job.id() + " " + job.request().kind() + " " + job.state() + " " + job.reason());
    }

    private static ImageRequest request(String device, String image) {
        return new ImageRequest(device, image, ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(256 << 10),
                        OptionalLong.of(4L << 20)), PipelineOptions.DEFAULT, List.of("sha256"));
    }
}
