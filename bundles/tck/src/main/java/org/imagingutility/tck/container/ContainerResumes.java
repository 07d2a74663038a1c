package org.imagingutility.tck.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/** What was started and not finished is resumed, and becomes what it would have become. */
final class ContainerResumes {
    private static final int FRAME = SampleImage.FRAME;

    private final ContainerFormat format;
    private final List<ContainerFormatContract.Sample> samples;

    ContainerResumes(ContainerFormat format, Codec codec, ContainerFormatContract.SampleFactory unreadable) {
        this.format = format;
        this.samples = samples(codec, unreadable);
    }

    /** Samples with whole and partial chunks, gaps, and more chunks than planned. */
    static List<ContainerFormatContract.Sample> samples(Codec codec, ContainerFormatContract.SampleFactory unreadable) {
        ExtentList gaps = new ExtentList.Builder().add(FRAME, 512).add(2 * FRAME + 512, 3 * FRAME)
                .add(9 * FRAME, 3 * FRAME).add(14 * FRAME, 1024).build();
        ExtentList three = new ExtentList.Builder().add(0, 3 * FRAME).build();
        return List.of(
                new ContainerFormatContract.Sample("gaps", new SampleImage(codec, 16 * FRAME + 512, 6, gaps, 1)),
                new ContainerFormatContract.Sample("unreadable ranges", unreadable.make(1)),
                new ContainerFormatContract.Sample("more chunks than planned",
                        new SampleImage(codec, 3 * FRAME, 1, three, 1, 1)));
    }

    List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        for (ContainerFormatContract.Sample sample : samples) {
            checks.add(new ContractCheck("killed anywhere and resumed, nothing written is lost: " + sample.name(),
                    () -> killed(sample.image())));
            checks.add(new ContractCheck("cut off anywhere and resumed: " + sample.name(), () -> cutOff(sample.image())));
            checks.add(new ContractCheck("keeps as much as is asked for: " + sample.name(), () -> keepsLess(sample.image())));
        }
        checks.add(new ContractCheck("a begin that is not whole holds nothing", this::begins));
        checks.add(new ContractCheck("a damaged image or another file holds something", this::somethingElse));
        checks.add(new ContractCheck("reads what is whole of an unfinished image", this::reads));
        checks.add(new ContractCheck("continues with other chunk sizes and levels", this::otherSettings));
        checks.add(new ContractCheck("no changed byte of an unfinished image goes unnoticed", this::flips));
        checks.add(new ContractCheck("does not continue with what is complete or no image", this::refuses));
        checks.add(new ContractCheck("refuses resume points that there are not", this::wrongPoints));
        checks.add(new ContractCheck("changes nothing before it continues, and continues once", this::onlyOnce));
        return checks;
    }

    private void killed(SampleImage sample) throws Exception {
        RecordedJob job = RecordedJob.whole(format, sample);
        byte[] state = new byte[0];
        for (int count = 0; count < job.operations().size(); count++) {
            RecordedJob.Mark mark = job.at(count);
            goesOnOrHoldsNothing(new ResumeTrial(format, sample, job.content()), state, mark, "killed after " + count
                    + " operations");
            state = PowerCuts.after(state, job.operations().subList(count, count + 1));
        }
    }

    private void cutOff(SampleImage sample) throws Exception {
        byte[] image = sample.written(format);
        int step = 1 + image.length / 3000;
        for (int length = 0; length < image.length; length += step) {
            goesOnOrHoldsNothing(new ResumeTrial(format, sample, image), Arrays.copyOf(image, length), null, "cut off at "
                    + length);
        }
    }

    /** Whatever was stopped at any moment is resumed, or has nothing in it and is made again: nobody is left with a file. */
    private static void goesOnOrHoldsNothing(ResumeTrial trial, byte[] state, RecordedJob.Mark least, String how)
            throws ImagingException {
        Expect.that(trial.run(state, least, how) || trial.holdsNothing(state), "%s: can neither be resumed nor is it said"
                + " to hold nothing", how);
    }

    /** The begin of an image, whatever of it a power cut lets arrive, holds nothing as long as it is not whole. */
    private void begins() throws Exception {
        SampleImage sample = samples.get(0).image();
        RecordedJob job = RecordedJob.whole(format, sample);
        int begun = job.marks().get(0).operations();
        byte[] begin = PowerCuts.after(new byte[0], job.operations().subList(0, begun));
        ResumeTrial trial = new ResumeTrial(format, sample, job.content());
        for (int length = 0; length < begin.length; length++) {
            byte[] cut = Arrays.copyOf(begin, length);
            goesOnOrHoldsNothing(trial, cut, null, "begin cut off at " + length);
            goesOnOrHoldsNothing(trial, new byte[length], null, length + " zeros");
            if (length % PowerCuts.SECTOR == 0) {
                goesOnOrHoldsNothing(trial, Arrays.copyOf(cut, begin.length), null, "zeros in the begin from " + length);
            }
        }
    }

    private void somethingElse() throws Exception {
        SampleImage sample = samples.get(0).image();
        byte[] unfinished = unfinished(sample, 1);
        ResumeTrial trial = new ResumeTrial(format, sample, sample.written(format));
        for (int at = 0; at < unfinished.length; at++) {
            byte[] damaged = unfinished.clone();
            damaged[at] ^= 0x40;
            Expect.that(!trial.holdsNothing(damaged), "an image with byte %d changed is said to hold nothing", at);
        }
        Random random = new Random(7);
        for (int length : new int[] {1, 20, 600, 100_000}) {
            byte[] foreign = new byte[length];
            random.nextBytes(foreign);
            foreign[0] = 'x';
            Expect.that(!trial.holdsNothing(foreign), "%d bytes of something else are said to be nothing", length);
            foreign[0] = 0;
            foreign[length - 1] = 'x';
            Expect.that(!trial.holdsNothing(foreign), "%d bytes of something else are said to be nothing", length);
        }
    }

    private void keepsLess(SampleImage sample) throws Exception {
        byte[] image = sample.written(format);
        byte[] unfinished = unfinished(sample, sample.chunks().size());
        for (int chunks = 0; chunks <= sample.chunks().size(); chunks++) {
            int most = chunks < sample.chunks().size() ? sample.frames(sample.chunks().get(chunks)).size() : 0;
            for (int frames = 0; frames <= most; frames++) {
                MemoryImageFile file = MemoryImageFile.of(unfinished);
                try (UnfinishedImage reopened = format.reopen(file, sample.codecs())) {
                    Expect.equal(sample.chunks().size(), reopened.chunkCount(), "whole chunks");
                    Expect.equalBytes(image, RecordedJob.resumed(reopened, sample, chunks, frames, file).content(),
                            "resumed with " + chunks + " chunks and " + frames + " frames");
                }
            }
        }
    }

    /** Returns an image that was given up after {@code chunkCount} chunks and one frame of the next. */
    private byte[] unfinished(SampleImage sample, int chunkCount) throws ImagingException {
        MemoryImageFile file = new MemoryImageFile();
        try (ImageWriter writer = format.create(file, sample.spec(), sample.codecs())) {
            for (ChunkPlan chunk : sample.chunks().subList(0, chunkCount)) {
                sample.write(writer, chunk);
            }
            if (chunkCount < sample.chunks().size()) {
                ChunkPlan next = sample.chunks().get(chunkCount);
                writer.beginChunk(next);
                sample.write(writer, sample.frames(next).get(0));
            }
        }
        return file.content();
    }

    private void reads() throws Exception {
        for (ContainerFormatContract.Sample each : samples) {
            SampleImage sample = each.image();
            byte[] content = unfinished(sample, 2);
            try (UnfinishedImage image = format.reopen(MemoryImageFile.of(content), sample.codecs())) {
                Expect.equal(sample.spec(), image.spec(), "what was fixed when the image was started");
                Expect.equal(2, image.chunkCount(), "whole chunks");
                Expect.that(image.damage().isEmpty(), "damage in an image that was given up: %s", image.damage());
                Expect.equal((long) content.length, image.wholeLength(), "length of what is whole");
                new ImageCheck(format, sample).expectWhole(image);
            }
        }
    }

    private void otherSettings() throws Exception {
        SampleImage sample = samples.get(0).image();
        MemoryImageFile whole = new MemoryImageFile();
        ImageDigests digests = sample.write(format, whole);
        byte[] image = whole.content();
        for (int framesPerChunk : List.of(1, 2, 16)) {
            for (int chunks = 0; chunks <= sample.chunks().size(); chunks++) {
                expectSameContent(sample, unfinished(sample, chunks), chunks, framesPerChunk, digests);
                // much is cut off, and with larger chunks the image becomes shorter than it was
                expectSameContent(sample, Arrays.copyOf(image, image.length - 1), chunks, framesPerChunk, digests);
            }
        }
    }

    private void expectSameContent(SampleImage sample, byte[] unfinished, int keptChunks, int framesPerChunk,
            ImageDigests digests) throws ImagingException {
        MemoryImageFile file = MemoryImageFile.of(unfinished);
        ImageDigests resumed = resume(sample, file, keptChunks, framesPerChunk);
        Expect.equal(digests.content(), resumed.content(), "content digest with chunks of " + framesPerChunk
                + " frames after " + keptChunks + " chunks");
        try (ImageReader reader = format.open(MemoryImageFile.of(file.content()), sample.codecs())) {
            Expect.equal(resumed, reader.info().digests(), "digests of the resumed image");
            Expect.equal(List.of(), ImageCheck.damages(reader), "damages of the resumed image");
        }
    }

    private ImageDigests resume(SampleImage sample, MemoryImageFile file, int kept, int framesPerChunk)
            throws ImagingException {
        long size = (long) framesPerChunk * FRAME;
        try (UnfinishedImage image = format.reopen(file, sample.codecs())) {
            int frames = kept < image.chunkCount() ? 0 : image.partialChunk().map(partial -> partial.frames().size()).orElse(0);
            ResumePoint point = new ResumePoint(kept, frames, sample.spec().codecWireId(), sample.spec().level() + 1, size);
            long end = kept == 0 ? 0 : sample.end(kept - 1);
            try (ImageWriter writer = image.resume(point)) {
                if (frames > 0) {
                    List<FrameInfo> all = sample.frames(sample.chunks().get(kept));
                    for (FrameInfo frame : all.subList(frames, all.size())) {
                        sample.write(writer, frame);
                    }
                    writer.endChunk();
                    end = sample.end(kept);
                }
                for (ChunkPlan chunk : sample.plan(end, size)) {
                    sample.write(writer, chunk);
                }
                return writer.finish(SampleImage.STATISTICS);
            }
        }
    }

    /** A changed byte is found when the image is reopened or, in what was forced before, when the finished image is read. */
    private void flips() throws Exception {
        SampleImage sample = samples.get(0).image();
        byte[] image = sample.written(format);
        byte[] unfinished = unfinished(sample, 2);
        Random random = new Random(1);
        for (int at = 0; at < unfinished.length; at++) {
            byte[] damaged = unfinished.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            String how = "unfinished, with byte " + at + " changed";
            try {
                byte[] finished = RecordedJob.resumed(format, sample, damaged).content();
                if (!Arrays.equals(image, finished)) {
                    new ImageCheck(format, sample).expectDetected(finished, how);
                }
            } catch (ImagingException e) {
                Expect.that(e.getMessage() != null, "image %s: an error that says nothing: %s", how, e);
            }
        }
    }

    private void refuses() throws Exception {
        SampleImage sample = samples.get(0).image();
        byte[] complete = sample.written(format);
        refuses(sample, MemoryImageFile.of(complete), "a complete image");
        refuses(sample, MemoryImageFile.of(new byte[0]), "an empty file");
        refuses(sample, MemoryImageFile.of(new byte[10_000]), "a file of zeros");
        refuses(sample, MemoryImageFile.of(Content.random(10_000, 1)), "a file of random bytes");
    }

    private void refuses(SampleImage sample, MemoryImageFile file, String what) throws Exception {
        Expect.fails(ImageFormatException.class, "reopening " + what, () -> format.reopen(file, sample.codecs()).close());
        Expect.equal(List.of(), file.operations(), "what was done to " + what);
    }

    private void wrongPoints() throws Exception {
        SampleImage sample = samples.get(0).image();
        int codec = sample.spec().codecWireId();
        long size = sample.spec().chunkSize();
        for (ResumePoint point : List.of(new ResumePoint(3, 0, codec, 1, size), new ResumePoint(2, 2, codec, 1, size),
                new ResumePoint(0, 6, codec, 1, size), new ResumePoint(1, 0, codec, 1, size + 1),
                new ResumePoint(1, 0, codec, 1, 0), new ResumePoint(1, 0, codec, 1, 2L << 40))) {
            byte[] unfinished = unfinished(sample, 2);
            MemoryImageFile file = MemoryImageFile.of(unfinished);
            try (UnfinishedImage image = format.reopen(file, sample.codecs())) {
                Expect.failsSomehow("resuming at " + point, () -> image.resume(point).close());
            }
            Expect.equal(List.of(), file.operations(), "what was done to the file before " + point + " was refused");
        }
    }

    private void onlyOnce() throws Exception {
        SampleImage sample = samples.get(0).image();
        MemoryImageFile file = MemoryImageFile.of(unfinished(sample, 2));
        UnfinishedImage image = format.reopen(file, sample.codecs());
        image.table(0);
        Expect.equal(List.of(), file.operations(), "what was done to a file that was reopened");
        ResumePoint point = new ResumePoint(1, 0, sample.spec().codecWireId(), 1, sample.spec().chunkSize());
        try (ImageWriter writer = image.resume(point)) {
            Expect.that(writer.length() < file.content().length + 1, "the writer's length is %d", writer.length());
            Expect.failsSomehow("resuming again", () -> image.resume(point).close());
            Expect.failsSomehow("reading what is written again", () -> image.table(0));
        }
        image.close();
        image.close();
    }
}
