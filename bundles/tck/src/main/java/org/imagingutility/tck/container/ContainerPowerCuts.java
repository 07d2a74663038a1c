package org.imagingutility.tck.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;
import org.imagingutility.tck.store.MemoryImageFile.Operation;

/** Whatever a power cut leaves is whole or resumed, and nothing that was forced is lost. */
final class ContainerPowerCuts {
    private final ContainerFormat format;
    private final List<ContainerFormatContract.Sample> samples;
    private final int effort;
    private final long seed;

    /**
     * Creates the checks.
     *
     * @param effort how many states are tried at each moment
     */
    ContainerPowerCuts(ContainerFormat format, Codec codec, ContainerFormatContract.SampleFactory unreadable, int effort,
            long seed) {
        this.format = format;
        this.samples = ContainerResumes.samples(codec, unreadable);
        this.effort = effort;
        this.seed = seed;
    }

    List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        for (ContainerFormatContract.Sample sample : samples) {
            checks.add(check("power cut while writing", sample, this::whileWriting));
            checks.add(check("power cut while resuming what was killed", sample, this::afterAKill));
            checks.add(check("power cut while resuming after a power cut", sample, this::afterAPowerCut));
            checks.add(check("power cut while resuming with less than is there", sample, this::keepingLess));
        }
        return checks;
    }

    /** Tries states of a sample; returns how many. */
    private interface Simulation {
        long run(SampleImage sample) throws Exception;
    }

    private ContractCheck check(String name, ContainerFormatContract.Sample sample, Simulation simulation) {
        return new ContractCheck(name + ": " + sample.name(), () -> {
            try {
                long states = simulation.run(sample.image());
                System.getLogger(ContainerPowerCuts.class.getName()).log(System.Logger.Level.INFO,
                        "{0}, {1}: {2} states, seed {3}", name, sample.name(), states, Long.toString(seed));
                Expect.that(states > 0, "no state was tried");
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }

    private long whileWriting(SampleImage sample) throws Exception {
        RecordedJob job = RecordedJob.whole(format, sample);
        ResumeTrial trial = new ResumeTrial(format, sample, job.content());
        long[] states = new long[1];
        new PowerCuts(new byte[0], job.operations(), effort, seed).tryAll(0, (content, forced, how) -> {
            trial.run(content, job.at(forced), how);
            states[0]++;
        });
        return states[0];
    }

    /** A kill leaves all that was written, but forces nothing: that is for the one who resumes. */
    private long afterAKill(SampleImage sample) throws Exception {
        RecordedJob job = RecordedJob.whole(format, sample);
        long states = 0;
        for (int count : killPoints(job)) {
            List<Operation> before = job.operations().subList(0, count);
            RecordedJob second;
            try {
                second = RecordedJob.resumed(format, sample, PowerCuts.after(new byte[0], before));
            } catch (ImageFormatException | ImageDamagedException e) {
                Expect.that(job.at(count) == null, "killed after %d operations, cannot be resumed: %s", count, e);
                continue;
            }
            List<Operation> all = new ArrayList<>(before);
            all.addAll(second.operations());
            states += resumed(sample, new byte[0], all, count, job, second);
        }
        return states;
    }

    private List<Integer> killPoints(RecordedJob job) {
        List<Integer> points = new ArrayList<>();
        // a finished job is not resumed; the last two operations complete it
        for (int count = 0; count < job.operations().size() - 1; count++) {
            points.add(count);
        }
        return points;
    }

    /** What is left after a power cut is on stable storage. */
    private long afterAPowerCut(SampleImage sample) throws Exception {
        RecordedJob job = RecordedJob.whole(format, sample);
        Random random = new Random(seed);
        long[] states = new long[1];
        new PowerCuts(new byte[0], job.operations(), 4, seed + 1).tryAll(0, (content, forced, how) -> {
            // a sample of those that can be resumed
            if (job.at(forced) == null || random.nextInt(job.operations().size()) > effort / 4
                    || !isUnfinished(sample, content)) {
                return;
            }
            RecordedJob second = RecordedJob.resumed(format, sample, content);
            states[0] += resumed(sample, content, second.operations(), 0, null, second);
        });
        return states[0];
    }

    private boolean isUnfinished(SampleImage sample, byte[] content) throws ImagingException {
        try {
            format.reopen(MemoryImageFile.of(content), sample.codecs()).close();
            return true;
        } catch (ImageFormatException e) {
            return false;
        }
    }

    /** All chunks of an image that lacks its end are thrown away, one after another and frame by frame, and made again. */
    private long keepingLess(SampleImage sample) throws Exception {
        byte[] image = sample.written(format);
        byte[] unfinished = Arrays.copyOf(image, image.length - 1);
        long states = 0;
        for (int chunks = 0; chunks < sample.chunks().size(); chunks++) {
            for (int frames = 0; frames <= sample.frames(sample.chunks().get(chunks)).size(); frames++) {
                MemoryImageFile file = MemoryImageFile.of(unfinished);
                try (UnfinishedImage reopened = format.reopen(file, sample.codecs())) {
                    RecordedJob job = RecordedJob.resumed(reopened, sample, chunks, frames, file);
                    states += resumed(sample, unfinished, job.operations(), 0, null, job);
                }
            }
        }
        return states;
    }

    /**
     * Tries the states that begin with operation {@code first} of {@code operations}, the last of which are those of
     * {@code second}. What {@code first} had, whole and forced, stays, as does what {@code second} kept of it.
     */
    private long resumed(SampleImage sample, byte[] base, List<Operation> operations, int first, RecordedJob begun,
            RecordedJob second) throws Exception {
        byte[] complete = second.content();
        ResumeTrial trial = new ResumeTrial(format, sample, complete);
        RecordedJob.Mark kept = second.marks().get(0);
        long[] states = new long[1];
        new PowerCuts(base, operations, Math.max(2, effort / 8), seed + first).tryAll(first, (content, forced, how) -> {
            RecordedJob.Mark least = forced <= first && begun != null ? begun.at(forced) : second.at(forced - first);
            if (least == null && (begun == null || forced > first)) {
                // what is resumed from was on stable storage, or was forced before anything else
                least = kept;
            }
            trial.run(content, least, how + ", resumed after " + first);
            states[0]++;
        });
        return states[0];
    }
}
