package org.imagingutility.format.skz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkPlan;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.FrameKind;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.Checksums;
import org.imagingutility.format.skz.support.ForgedImage;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;

/** What could not be read from the device is kept in the image, told from zeros that were read, and protected. */
class UnreadableTest {
    private static final long FRAME = TestImage.FRAME;
    /** Places in the structure, the table entry and the slot, by the specification. */
    private static final int COUNT_AT = 32;
    private static final int FIRST_OFFSET_AT = 36;
    private static final int FIRST_LENGTH_AT = 40;
    private static final int ENTRY_FLAGS_AT = 29;
    private static final int HEAD_FLAGS_AT = 45;
    private static final int SLOT_UNREADABLE_AT = 104;

    private final SkzFormat format = new SkzFormat();
    private final TestImage image = TestImage.unreadable(1);

    @Test
    void readsBackTheRangesOfEachFrame() throws ImagingException {
        for (boolean seekable : new boolean[] {true, false}) {
            MemoryFile file = new MemoryFile(seekable);
            image.write(file);
            try (ImageReader reader = format.open(MemoryFile.of(file.toBytes()), TestImage.CODECS)) {
                assertThat(RoundTripTest.damages(reader)).isEmpty();
                assertThat(TestImage.restore(reader)).isEqualTo(image.device());
                assertThat(reader.info().unreadableBytes()).isEqualTo(image.unreadable().totalLength());
                assertThat(reader.info().stockCommand()).contains("zstd -d");
                List<Long> bytes = new ArrayList<>();
                for (int i = 0; i < reader.chunkCount(); i++) {
                    bytes.add(reader.chunk(i).unreadableBytes());
                    for (FrameEntry entry : reader.table(i).frames()) {
                        assertThat(entry.frame().unreadable()).isEqualTo(image.unreadable()
                                .within(entry.frame().frameIndex() * FRAME, entry.frame().contentLength()));
                    }
                }
                assertThat(bytes).containsExactly(1536 + FRAME + 1024, 512L, 8192L, 0L);
            }
        }
    }

    @Test
    void tellsZerosThatWereReadFromThoseThatStandForUnreadableSectors() throws ImagingException {
        ImageDigests with = digests(image);
        ImageDigests without = digests(image.withoutUnreadable());
        assertThat(with.image()).isNotEqualTo(without.image());
        assertThat(with.content()).isNotEqualTo(without.content());
    }

    private ImageDigests digests(TestImage source) throws ImagingException {
        try (ImageReader reader = format.open(MemoryFile.of(source.bytes()), TestImage.CODECS)) {
            return reader.info().digests();
        }
    }

    @Test
    void takesNoByteMoreForAnImageWithoutUnreadableRanges() throws ImagingException {
        byte[] plain = TestImage.small(1).bytes();
        assertThat(ImageLayout.of(plain).parts(StructureKind.UNREADABLE)).isEmpty();
        for (ImageLayout.Part table : ImageLayout.of(plain).parts(StructureKind.CHUNK_TABLE)) {
            int frames = Checksums.view(plain).getInt(table.offset() + 28);
            int map = Checksums.view(plain).getInt(table.offset() + 60);
            assertThat(table.length()).isEqualTo(64 + map + 64 * frames + 32 + 4);
        }
    }

    @Test
    void refusesRangesThatAreNotThoseOfTheFrame() throws ImagingException {
        ChunkPlan plan = image.plans().get(1);
        long start = plan.deviceOffset();
        for (ExtentList wrong : List.of(ranges(start - 512, 512), ranges(start + FRAME, 512), 
                ranges(start + FRAME - 512, 1024),
                ranges(start + 4096, 512), ranges(start + 3584, 1024))) {
            try (ImageWriter writer = format.create(new MemoryFile(true), image.spec(), TestImage.CODECS)) {
                writer.beginChunk(plan);
                assertThatThrownBy(() -> writer.writeFrame(frame(plan, wrong), ByteBuffer.allocateDirect(100)))
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("unreadable range");
            }
        }
    }

    @Test
    void refusesMoreRangesInAChunkThanATableMayHold() throws ImagingException {
        ExtentList.Builder builder = new ExtentList.Builder();
        for (int i = 0; i < FRAME; i += 2) {
            builder.add(i, 1);
        }
        ExtentList most = builder.build();
        int frames = Limits.UNREADABLE_PER_CHUNK / most.count() + 1;
        TestImage many = TestImage.oneChunk(frames);
        MemoryFile file = new MemoryFile(true);
        try (ImageWriter writer = format.create(file, many.spec(), TestImage.CODECS)) {
            writer.beginChunk(many.plans().get(0));
            for (int i = 0; i < frames - 1; i++) {
                writer.writeFrame(shifted(most, i), ByteBuffer.allocateDirect(100));
            }
            assertThatThrownBy(() -> writer.writeFrame(shifted(most, frames - 1), ByteBuffer.allocateDirect(100)))
                    .isInstanceOf(UsageException.class).hasMessageContaining("1048576");
        }
    }

    private static FrameInfo shifted(ExtentList ranges, int frame) {
        ExtentList.Builder there = new ExtentList.Builder();
        for (int i = 0; i < ranges.count(); i++) {
            there.add(frame * FRAME + ranges.offset(i), ranges.length(i));
        }
        return new FrameInfo(frame, FrameKind.DATA, (int) FRAME, 100, 0, TestImage.sha(new byte[1]), there.build());
    }

    private static FrameInfo frame(ChunkPlan plan, ExtentList unreadable) {
        return new FrameInfo(plan.deviceOffset() / FRAME, FrameKind.DATA, (int) FRAME, 100, 0, TestImage.sha(new byte[1]),
                unreadable);
    }

    private static ExtentList ranges(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }

    @Test
    void reportsEachValueOfTheStructureThatIsNotTheTables() throws ImagingException {
        byte[] whole = image.bytes();
        ImageLayout.Part ranges = ImageLayout.of(whole).part(StructureKind.UNREADABLE, 0);
        for (int at : new int[] {24, COUNT_AT, FIRST_OFFSET_AT, FIRST_LENGTH_AT}) {
            byte[] changed = whole.clone();
            changed[ranges.offset() + at] += 1;
            Checksums.structure(changed, ranges);
            assertThat(Verification.of(changed).locates(ranges)).as("value at %d", at).isTrue();
        }
    }

    @Test
    void refusesATableWhoseRangesDoNotFitFramesExtentsAndSlot() throws ImagingException {
        byte[] whole = image.bytes();
        ImageLayout layout = ImageLayout.of(whole);
        ImageLayout.Part table = layout.part(StructureKind.CHUNK_TABLE, 0);
        int entries = table.offset() + 64 + Checksums.view(whole).getInt(table.offset() + 60);
        int count = entries + 4 * 64;
        assertThat(Checksums.view(whole).getInt(count)).isEqualTo(5);
        int copy = layout.part(StructureKind.INDEX_COPY, 0).offset() + IndexCopy.HEAD_LENGTH;
        refuses(layout, bytes -> bytes[entries + ENTRY_FLAGS_AT] = 1, "no unreadable range");
        refuses(layout, bytes -> bytes[entries + 64 + ENTRY_FLAGS_AT] = 0, "in no frame|not in frame");
        refuses(layout, bytes -> bytes[entries + 64 + ENTRY_FLAGS_AT] = 3, "flags 3 are unknown");
        refuses(layout, bytes -> Checksums.view(bytes).putInt(count, -1), "count of unreadable ranges");
        refuses(layout, bytes -> Checksums.view(bytes).putInt(count, 0), "count of unreadable ranges");
        refuses(layout, bytes -> Checksums.view(bytes).putInt(count, 4), "fields|no unreadable range");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(count + 4, FRAME), "not in frame");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(count + 4, -1), "offset of an unreadable range");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(count + 12, 1024), "not behind the one before it");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(count + 12, 0), "length of an unreadable range");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(count + 12, 513), "unreadable bytes, the index");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(copy + SLOT_UNREADABLE_AT, 1), "unreadable bytes, the index");
        refuses(layout, bytes -> Checksums.view(bytes).putLong(copy + SLOT_UNREADABLE_AT, -1), "values do not fit");
    }

    private interface Change {
        void to(byte[] bytes);
    }

    private void refuses(ImageLayout layout, Change change, String message) throws ImagingException {
        byte[] changed = image.bytes();
        change.to(changed);
        ForgedImage.all(changed, layout);
        assertThatThrownBy(() -> {
            // the index copy decides: without it the slots at the front, which were not changed, would
            ImageLayout.Part front = layout.part(StructureKind.INDEX, 0);
            changed[front.offset()] ^= 1;
            try (ImageReader reader = format.open(MemoryFile.of(changed), TestImage.CODECS)) {
                ChunkTable table = reader.table(0);
                throw new AssertionError("has " + table.frames());
            }
        }).isInstanceOf(ImagingException.class).hasMessageFindingMatch(message);
    }

    /** A program that has no table finds frames by their heads: the heads and what stands before them have to agree. */
    @Test
    void walksByTheHeadsOnlyIfTheyAgreeWithTheRangesBeforeThem() throws ImagingException {
        byte[] whole = image.bytes();
        ImageLayout layout = ImageLayout.of(whole);
        assertThat(walk(whole).chunk().unreadableBytes()).isEqualTo(1536 + FRAME + 1024);
        ImageLayout.Part first = layout.part(StructureKind.FRAME_HEAD, 0);
        ImageLayout.Part second = layout.part(StructureKind.FRAME_HEAD, 1);
        ImageLayout.Part ranges = layout.part(StructureKind.UNREADABLE, 0);
        refusesToWalk(first, bytes -> bytes[first.offset() + HEAD_FLAGS_AT] = 1, "do not fit the 0 unreadable ranges");
        refusesToWalk(second, bytes -> bytes[second.offset() + HEAD_FLAGS_AT] = 0, "do not fit the 3 unreadable ranges");
        refusesToWalk(second, bytes -> bytes[second.offset() + HEAD_FLAGS_AT] = 5, "flags 5 are unknown");
        refusesToWalk(ranges, bytes -> Checksums.view(bytes).putInt(ranges.offset() + COUNT_AT, -1), "count of ranges");
        refusesToWalk(ranges, bytes -> Checksums.view(bytes).putInt(ranges.offset() + COUNT_AT, 2), "more than its fields");
        refusesToWalk(ranges, bytes -> Checksums.view(bytes).putInt(ranges.offset() + FIRST_OFFSET_AT, -1),
                "offset of a range");
        refusesToWalk(ranges, bytes -> Checksums.view(bytes).putInt(ranges.offset() + FIRST_LENGTH_AT, 1024), "not behind");
    }

    private void refusesToWalk(ImageLayout.Part part, Change change, String message) throws ImagingException {
        byte[] changed = image.bytes();
        change.to(changed);
        Checksums.structure(changed, part);
        assertThatThrownBy(() -> walk(changed)).isInstanceOf(ImagingException.class).hasMessageContaining(message);
    }

    private static IndexSlot walk(byte[] bytes) throws ImagingException {
        ImageInput in = new ImageInput(MemoryFile.of(bytes));
        ByteBuffer headerBytes = in.structure(StructureKind.HEADER, 0, in.length());
        Header header = Header.parse(headerBytes, in.place(0));
        long imageId = SkzDigests.imageId(headerBytes);
        long chunk = in.indexBlock(headerBytes.limit(), 0, imageId, in.length()).end();
        return new ChunkWalker(in, header, imageId, new GapFrames(TestImage.CODECS, "memory", header)).chunk(chunk, 0, 0);
    }
}
