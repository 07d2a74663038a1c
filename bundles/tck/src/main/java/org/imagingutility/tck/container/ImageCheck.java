package org.imagingutility.tck.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/** Compares an image that was read with the {@link SampleImage} that was written. */
final class ImageCheck {
    private final ContainerFormat format;
    private final SampleImage sample;

    ImageCheck(ContainerFormat format, SampleImage sample) {
        this.format = format;
        this.sample = sample;
    }

    /** Checks that the file holds the sample and nothing is wrong with it. */
    void expectIntact(ImageFile file, ImageDigests digests) throws ImagingException {
        Expect.that(format.recognises(file), "a complete image is not recognised");
        try (ImageReader reader = format.open(file, sample.codecs())) {
            expectInfo(reader.info(), file.length(), digests);
            expectChunks(reader);
            Optional<Digest> content = reader.computeContentDigest();
            Expect.that(content.isEmpty() || content.get().equals(digests.content()), "the content digest computed from the tables"
                    + " is %s, the image states %s", content, digests.content());
            List<Damage> damages = damages(reader);
            Expect.that(damages.isEmpty(), "damage reported in an intact image: %s", damages);
        }
    }

    private void expectInfo(ImageInfo info, long fileLength, ImageDigests digests) {
        Expect.equal(format.name(), info.formatName(), "format name");
        Expect.equal(digests, info.digests(), "digests");
        Expect.equal(sample.usedBytes(), info.usedBytes(), "used bytes");
        Expect.equal(sample.chunks().stream().mapToLong(sample::unreadableBytes).sum(), info.unreadableBytes(),
                "unreadable bytes");
        Expect.equal(fileLength, info.fileLength(), "file length");
        Expect.equal(SampleImage.STATISTICS, info.statistics(), "statistics");
        ImageSpec written = sample.spec();
        long frameCount = sample.chunks().stream().mapToLong(chunk -> sample.frames(chunk).size()).sum();
        ImageSpec expected = new ImageSpec(written.deviceLength(), written.sectorSize(), written.frameSize(),
                written.chunkSize(), written.codecName(), written.codecWireId(), written.level(), written.usedOnly(),
                written.created(), sample.chunks().size(), frameCount, written.metadata());
        Expect.equal(expected, info.spec(), "what was fixed when the image was started, with actual counts");
    }

    private void expectChunks(ImageReader reader) throws ImagingException {
        List<ChunkPlan> chunks = sample.chunks();
        Expect.equal(chunks.size(), reader.chunkCount(), "number of chunks");
        for (int i = 0; i < chunks.size(); i++) {
            ChunkPlan plan = chunks.get(i);
            expectChunk(reader.chunk(i), i, plan);
            expectTable(reader, i, plan);
            Expect.equal(i, reader.findChunk(plan.deviceOffset()), "chunk of its first byte");
            Expect.equal(i, reader.findChunk(plan.deviceOffset() + plan.deviceLength() - 1), "chunk of its last byte");
        }
        long device = sample.spec().deviceLength();
        for (ChunkPlan chunk : chunks) {
            expectCovered(reader, chunk.deviceOffset() - 1);
            expectCovered(reader, chunk.deviceOffset() + chunk.deviceLength());
        }
        expectCovered(reader, 0);
        expectCovered(reader, device - 1);
        Expect.failsSomehow("chunk -1", () -> reader.chunk(-1));
        Expect.failsSomehow("chunk behind the last", () -> reader.chunk(chunks.size()));
    }

    private void expectCovered(ImageReader reader, long at) {
        boolean covered = sample.chunks().stream()
                .anyMatch(c -> at >= c.deviceOffset() && at < c.deviceOffset() + c.deviceLength());
        if (at >= 0 && at < sample.spec().deviceLength()) {
            Expect.equal(covered, reader.findChunk(at) >= 0, "whether a chunk covers byte " + at + " of the device");
        }
    }

    private void expectChunk(ChunkInfo found, int index, ChunkPlan plan) {
        Expect.equal(index, found.chunkIndex(), "index of a chunk");
        Expect.equal(plan.deviceOffset(), found.deviceOffset(), "device offset of chunk " + index);
        Expect.equal(plan.deviceLength(), found.deviceLength(), "device length of chunk " + index);
        Expect.equal(sample.frames(plan).size(), found.frameCount(), "frame count of chunk " + index);
        Expect.equal(sample.unreadableBytes(plan), found.unreadableBytes(), "unreadable bytes of chunk " + index);
        Expect.equal(sample.spec().codecWireId(), found.codecWireId(), "codec of chunk " + index);
    }

    /** Checks that {@code reader} has all frames of the sample, with their stored bytes. */
    void expectContent(ImageReader reader, String how) throws ImagingException {
        Expect.equal(sample.chunks().size(), reader.chunkCount(), "number of chunks, opened: " + how);
        for (int i = 0; i < reader.chunkCount(); i++) {
            expectTable(reader, i, sample.chunks().get(i));
        }
    }

    /** Checks what is whole of an image of the sample that was not finished. */
    void expectWhole(UnfinishedImage image) throws ImagingException {
        for (int i = 0; i < image.chunkCount(); i++) {
            ChunkPlan plan = sample.chunks().get(i);
            ChunkTable table = image.table(i);
            expectChunk(table.chunk(), i, plan);
            Expect.equal(plan.extents(), table.extents(), "extents of chunk " + i);
            Expect.equal(sample.frames(plan), table.frames().stream().map(FrameEntry::frame).toList(), "frames of chunk " + i);
            expectStored(image, table.frames());
        }
        ChunkPlan plan = sample.chunks().get(image.chunkCount());
        PartialChunk partial = image.partialChunk().orElseThrow(() -> new AssertionError("no partial chunk"));
        Expect.equal(plan, partial.plan(), "plan of the partial chunk");
        Expect.equal(sample.spec().codecWireId(), partial.codecWireId(), "codec of the partial chunk");
        Expect.equal(sample.spec().level(), partial.level(), "level of the partial chunk");
        Expect.equal(sample.frames(plan).subList(0, 1), partial.frames().stream().map(FrameEntry::frame).toList(),
                "frames of the partial chunk");
        expectStored(image, partial.frames());
    }

    private void expectStored(UnfinishedImage image, List<FrameEntry> frames) throws ImagingException {
        for (FrameEntry entry : frames) {
            ByteBuffer target = ByteBuffer.allocateDirect(entry.frame().storedLength());
            image.readStored(entry, target);
            Expect.equalBytes(sample.stored(entry.frame()), Content.bytes(target.flip()), "stored bytes of frame "
                    + entry.frame().frameIndex());
        }
    }

    private void expectTable(ImageReader reader, int index, ChunkPlan plan) throws ImagingException {
        ChunkTable table = reader.table(index);
        Expect.equal(reader.chunk(index), table.chunk(), "chunk of table " + index);
        Expect.equal(plan.extents(), table.extents(), "extents of chunk " + index);
        List<FrameInfo> expected = sample.frames(plan);
        Expect.equal(expected, table.frames().stream().map(FrameEntry::frame).toList(), "frames of chunk " + index);
        for (FrameEntry entry : table.frames()) {
            Expect.equalBytes(sample.stored(entry.frame()), stored(reader, entry), "stored bytes of frame "
                    + entry.frame().frameIndex());
        }
    }

    private static byte[] stored(ImageReader reader, FrameEntry entry) throws ImagingException {
        ByteBuffer target = ByteBuffer.allocateDirect(entry.frame().storedLength());
        reader.readStored(entry, target);
        Expect.equal(0, target.remaining(), "bytes not read of frame " + entry.frame().frameIndex());
        return Content.bytes(target.flip());
    }

    /** Returns what the checks of the format report. */
    static List<Damage> damages(ImageReader reader) throws ImagingException {
        List<Damage> damages = new ArrayList<>();
        reader.checkStructure(damages::add);
        for (int i = 0; i < reader.chunkCount(); i++) {
            reader.checkChunk(reader.table(i), damages::add);
        }
        return damages;
    }

    /**
     * Checks an image that was tampered with: it must be found out, by an ImagingException, by a reported damage or by
     * stored bytes that do not match their CRC-32C; and whatever is read without an error must be what was written.
     *
     * @return where the damage was found, for messages
     */
    String expectDetected(byte[] bytes, String how) {
        try {
            return detect(MemoryImageFile.of(bytes), how);
        } catch (ImagingException e) {
            return e.getMessage();
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            throw new AssertionError("image " + how + ": expected an ImagingException, found " + e, e);
        }
    }

    private String detect(ImageFile file, String how) throws ImagingException {
        try (ImageReader reader = format.open(file, sample.codecs())) {
            List<String> found = new ArrayList<>();
            expectNothingWrong(reader, how, found);
            reader.checkStructure(damage -> found.add(damage.toString()));
            for (int i = 0; i < reader.chunkCount(); i++) {
                inspectChunk(reader, i, found);
            }
            Expect.that(!found.isEmpty(), "image %s: nobody noticed", how);
            return found.get(0);
        }
    }

    private void expectNothingWrong(ImageReader reader, String how, List<String> found) {
        ImageSpec spec = reader.info().spec();
        Expect.equal(sample.spec().deviceLength(), spec.deviceLength(), "image " + how + ", opened: device length");
        Expect.equal(sample.spec().frameSize(), spec.frameSize(), "image " + how + ", opened: frame size");
        Expect.equal(sample.chunks().size(), reader.chunkCount(), "image " + how + ", opened: number of chunks");
        for (int i = 0; i < reader.chunkCount(); i++) {
            ChunkPlan plan = sample.chunks().get(i);
            try {
                ChunkTable table = reader.table(i);
                Expect.equal(plan.extents(), table.extents(), "image " + how + ", opened: extents of chunk " + i);
                Expect.equal(sample.frames(plan), table.frames().stream().map(FrameEntry::frame).toList(),
                        "image " + how + ", opened: frames of chunk " + i);
            } catch (ImagingException e) {
                found.add(e.getMessage());
            }
        }
    }

    private static void inspectChunk(ImageReader reader, int index, List<String> found) throws ImagingException {
        ChunkTable table = reader.table(index);
        reader.checkChunk(table, damage -> found.add(damage.toString()));
        for (FrameEntry entry : table.frames()) {
            if (SampleImage.crc32c(stored(reader, entry)) != entry.frame().storedCrc32c()) {
                found.add("CRC-32C of frame " + entry.frame().frameIndex());
            }
        }
    }
}
