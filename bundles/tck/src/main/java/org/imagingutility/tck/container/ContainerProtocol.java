package org.imagingutility.tck.container;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/** What is not complete never opens, and calls in the wrong order are refused. */
final class ContainerProtocol {
    private final ContainerFormat format;
    private final ContainerFormatContract.SampleFactory samples;

    ContainerProtocol(ContainerFormat format, ContainerFormatContract.SampleFactory samples) {
        this.format = format;
        this.samples = samples;
    }

    List<ContractCheck> checks() {
        return List.of(
                new ContractCheck("an unfinished image never opens", this::unfinished),
                new ContractCheck("after no write but the last does the image open", this::everyState),
                new ContractCheck("a full target is an error and leaves nothing that opens", this::full),
                new ContractCheck("refuses chunks and frames out of order", this::wrongOrder),
                new ContractCheck("refuses frames that are not those of the plan", this::wrongFrames),
                new ContractCheck("refuses to continue after finish and after close", this::afterTheEnd),
                new ContractCheck("leaves the file open and unpublished", this::fileStaysTheCallers),
                new ContractCheck("closes twice", this::closesTwice));
    }

    private void unfinished() throws Exception {
        SampleImage sample = samples.make(1);
        for (int chunks = 0; chunks <= sample.chunks().size(); chunks++) {
            MemoryImageFile file = new MemoryImageFile();
            try (ImageWriter writer = format.create(file, sample.spec(), sample.codecs())) {
                for (ChunkPlan chunk : sample.chunks().subList(0, chunks)) {
                    sample.write(writer, chunk);
                }
            }
            expectNotOpening(sample, file.content(), "closed without finish after " + chunks + " chunks");
        }
    }

    private void expectNotOpening(SampleImage sample, byte[] content, String how) {
        Expect.fails(ImageFormatException.class, "open of an image " + how,
                () -> format.open(MemoryImageFile.of(content), sample.codecs()).close());
    }

    private void everyState() throws Exception {
        SampleImage sample = samples.make(1);
        for (MemoryImageFile file : List.of(new MemoryImageFile(), MemoryImageFile.notSeekable())) {
            sample.write(format, file);
            byte[] complete = file.content();
            for (int i = 0; i < file.operations().size(); i++) {
                byte[] state = file.contentAfter(i);
                if (!Arrays.equals(complete, state)) {
                    expectNotOpening(sample, state, "after " + i + " of " + file.operations().size()
                            + " operations on the file");
                }
            }
        }
    }

    private void full() throws Exception {
        SampleImage sample = samples.make(1);
        int length = sample.written(format).length;
        for (int capacity = 0; capacity < length; capacity += 1 + length / 50) {
            MemoryImageFile file = MemoryImageFile.fullAt(capacity);
            Expect.fails(TargetException.class, "writing " + length + " bytes to a target of " + capacity,
                    () -> sample.write(format, file));
            expectNotOpening(sample, file.content(), "on a target that was full at " + capacity);
        }
    }

    /** Something that is done to a writer in which one chunk is written. */
    private interface Misuse {
        void to(ImageWriter writer) throws Exception;
    }

    private void refuses(SampleImage sample, String what, Misuse misuse) throws Exception {
        MemoryImageFile file = new MemoryImageFile();
        try (ImageWriter writer = format.create(file, sample.spec(), sample.codecs())) {
            sample.write(writer, sample.chunks().get(0));
            Expect.failsSomehow(what, () -> misuse.to(writer));
        }
        expectNotOpening(sample, file.content(), "after a refused call: " + what);
    }

    private void wrongOrder() throws Exception {
        SampleImage sample = samples.make(1);
        ChunkPlan first = sample.chunks().get(0);
        ChunkPlan second = sample.chunks().get(1);
        refuses(sample, "a frame outside a chunk", writer -> sample.write(writer, sample.frames(second).get(0)));
        refuses(sample, "the end of a chunk that was not started", ImageWriter::endChunk);
        refuses(sample, "a chunk before the last one", writer -> writer.beginChunk(first));
        refuses(sample, "a chunk within a chunk", writer -> {
            writer.beginChunk(second);
            writer.beginChunk(sample.chunks().get(2));
        });
        refuses(sample, "finish within a chunk", writer -> {
            writer.beginChunk(second);
            writer.finish(Metadata.empty());
        });
        refuses(sample, "the end of a chunk without its frames", writer -> {
            writer.beginChunk(second);
            writer.endChunk();
        });
    }

    private void wrongFrames() throws Exception {
        SampleImage sample = samples.make(1);
        ChunkPlan second = sample.chunks().get(1);
        List<FrameInfo> frames = sample.frames(second);
        FrameInfo frame = frames.get(0);
        refuses(sample, "the second frame first", writer -> {
            writer.beginChunk(second);
            sample.write(writer, frames.get(1));
        });
        refuses(sample, "a frame more than planned", writer -> {
            writer.beginChunk(second);
            for (FrameInfo each : frames) {
                sample.write(writer, each);
            }
            sample.write(writer, frames.get(frames.size() - 1));
        });
        refuses(sample, "a frame of another content length", writer -> {
            writer.beginChunk(second);
            writer.writeFrame(new FrameInfo(frame.frameIndex(), frame.kind(), frame.contentLength() - 1,
                    frame.storedLength(), frame.storedCrc32c(), frame.contentDigest()), buffer(sample, frame, 0));
        });
        for (int more : List.of(-1, 1)) {
            refuses(sample, "a frame with " + more + " stored bytes more than it says", writer -> {
                writer.beginChunk(second);
                writer.writeFrame(frame, buffer(sample, frame, more));
            });
        }
        refuses(sample, "a chunk that begins inside a frame", writer -> writer.beginChunk(
                new ChunkPlan(second.deviceOffset() + 512, second.deviceLength() - 512, second.extents())));
    }

    private static ByteBuffer buffer(SampleImage sample, FrameInfo frame, int more) {
        byte[] stored = sample.stored(frame);
        return SampleImage.direct(Arrays.copyOf(stored, stored.length + more));
    }

    private void afterTheEnd() throws Exception {
        SampleImage sample = samples.make(1);
        MemoryImageFile file = new MemoryImageFile();
        ImageWriter writer = format.create(file, sample.spec(), sample.codecs());
        for (ChunkPlan chunk : sample.chunks()) {
            sample.write(writer, chunk);
        }
        writer.finish(SampleImage.STATISTICS);
        byte[] complete = file.content();
        Expect.failsSomehow("a second finish", () -> writer.finish(SampleImage.STATISTICS));
        Expect.failsSomehow("a chunk after finish", () -> writer.beginChunk(sample.chunks().get(0)));
        writer.close();
        Expect.failsSomehow("a chunk after close", () -> writer.beginChunk(sample.chunks().get(0)));
        Expect.equalBytes(complete, file.content(), "the image after refused calls");
    }

    private void fileStaysTheCallers() throws Exception {
        SampleImage sample = samples.make(1);
        MemoryImageFile file = new MemoryImageFile();
        sample.write(format, file);
        Expect.that(file.operations().stream().noneMatch(o -> o.kind() == MemoryImageFile.OperationKind.PUBLISH),
                "the writer published the file");
        format.open(file, sample.codecs()).close();
        Expect.that(file.length() > 0, "the file is empty");
    }

    private void closesTwice() throws Exception {
        SampleImage sample = samples.make(1);
        MemoryImageFile file = new MemoryImageFile();
        ImageWriter writer = format.create(file, sample.spec(), sample.codecs());
        writer.close();
        writer.close();
        ImageReader reader = format.open(MemoryImageFile.of(sample.written(format)), sample.codecs());
        reader.close();
        reader.close();
    }
}
