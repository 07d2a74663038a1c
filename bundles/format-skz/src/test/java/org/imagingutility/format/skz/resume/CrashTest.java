package org.imagingutility.format.skz.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kill, power cut and full disk: what is in the file is either complete or said to be not. */
class CrashTest {
    private final SkzFormat format = new SkzFormat();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverOpensWhatWasKilledBetweenTwoWrites(boolean seekable) throws ImagingException {
        MemoryFile file = new MemoryFile(seekable);
        TestImage.small(1).write(file);
        List<MemoryFile.Event> events = file.events();
        int lastWrite = events.size() - 1;
        for (int count = 0; count < lastWrite; count++) {
            refuses(MemoryFile.after(events, count));
        }
        assertThat(Verification.of(MemoryFile.after(events, lastWrite)).found()).isEmpty();
    }

    @Test
    void neverOpensWhatWasKilledWithinAWrite() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        TestImage.withTailGap(1).write(file);
        List<MemoryFile.Event> events = new ArrayList<>(file.events());
        for (int i = 0; i < events.size(); i++) {
            MemoryFile.Event event = events.get(i);
            for (int part = 1; !event.isForce() && part < event.bytes().length; part += 1 + event.bytes().length / 9) {
                events.set(i, new MemoryFile.Event(event.offset(), Arrays.copyOf(event.bytes(), part)));
                refuses(MemoryFile.after(events, i + 1));
            }
            events.set(i, event);
        }
    }

    /**
     * A power cut keeps all that was forced and any selection of what was written after the last force. Whatever it
     * keeps: what opens is whole, and what the index tells of is whole.
     */
    @Test
    void keepsEachCommittedChunkThroughAPowerCut() throws ImagingException {
        long seed = 20261122;
        Random random = new Random(seed);
        MemoryFile file = new MemoryFile(true);
        TestImage image = TestImage.many(6).planned(2, 6);
        image.write(file);
        List<MemoryFile.Event> events = file.events();
        int committed = 0;
        for (int cut = 1; cut <= events.size(); cut++) {
            for (int trial = 0; trial < 8; trial++) {
                byte[] left = MemoryFile.after(survivors(events, cut, random), Integer.MAX_VALUE);
                committed = Math.max(committed, requireSlotsTellTheTruth(left));
                if (cut < events.size() - 1) {
                    refuses(left);
                }
            }
        }
        assertThat(committed).as("seed %d", seed).isEqualTo(6);
    }

    /** The file can have got its full length before the bytes of the footer: then the footer copy opens it, whole. */
    @Test
    void opensWithAllThatWasForcedWhenOnlyTheFooterWasTorn() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        TestImage image = TestImage.many(6).planned(2, 6);
        image.write(file);
        List<MemoryFile.Event> events = new ArrayList<>(file.events());
        int footer = events.size() - 2;
        MemoryFile.Event whole = events.get(footer);
        Random random = new Random(20261122);
        for (int kept = 0; kept < whole.bytes().length; kept++) {
            byte[] torn = new byte[whole.bytes().length];
            if (kept % 2 == 0) {
                random.nextBytes(torn);
            }
            System.arraycopy(whole.bytes(), 0, torn, 0, kept);
            events.set(footer, new MemoryFile.Event(whole.offset(), torn));
            byte[] left = MemoryFile.after(survivors(events, footer, random), Integer.MAX_VALUE);
            refuses(left);
            byte[] extended = MemoryFile.after(events, footer + 1);
            assertThat(Verification.of(extended).found()).allMatch(damage -> damage.fileOffset() == whole.offset());
            assertThat(requireSlotsTellTheTruth(extended)).isEqualTo(6);
            try (ImageReader reader = format.open(MemoryFile.of(extended), TestImage.CODECS)) {
                assertThat(TestImage.restore(reader)).isEqualTo(image.device());
            }
        }
    }

    private static List<MemoryFile.Event> survivors(List<MemoryFile.Event> events, int cut, Random random) {
        int forced = cut;
        while (forced > 0 && !events.get(forced - 1).isForce()) {
            forced--;
        }
        List<MemoryFile.Event> left = new ArrayList<>(events.subList(0, forced));
        events.subList(forced, cut).stream().filter(event -> random.nextBoolean()).forEach(left::add);
        return left;
    }

    /** Reads the front index as a program that continues with the image would; returns how many chunks it has. */
    private static int requireSlotsTellTheTruth(byte[] left) throws ImagingException {
        if (left.length < Structure.TAGGED_LENGTH || left[0] == 0) {
            return 0;
        }
        ImageInput in = new ImageInput(MemoryFile.of(left));
        ByteBuffer headerBytes = in.structure(StructureKind.HEADER, 0, in.length());
        Header header = Header.parse(headerBytes, in.place(0));
        long imageId = SkzDigests.imageId(headerBytes);
        long offset = headerBytes.limit();
        int chunks = 0;
        long deviceEnd = 0;
        for (int number = 0; offset > 0; number++) {
            if (in.length() < offset + IndexBlock.HEAD_LENGTH || left[(int) offset] == 0) {
                return chunks;
            }
            IndexBlock block = in.indexBlock(offset, number, imageId, Long.MAX_VALUE);
            if (block.end() > in.length()) {
                return chunks;
            }
            for (int i = 0; i < block.capacity() && left[(int) block.slotOffset(i)] != 0; i++) {
                IndexSlot slot = IndexSlot.parse(in.read(block.slotOffset(i), IndexSlot.LENGTH), 0, chunks,
                        header.spec(), imageId, in.place(block.slotOffset(i)));
                ChunkWalker walker = new ChunkWalker(in, header, imageId,
                        new GapFrames(TestImage.CODECS, "memory", header));
                assertThat(walker.chunk(slot.chunk().fileOffset(), chunks, deviceEnd)).isEqualTo(slot);
                deviceEnd = slot.deviceEnd();
                chunks++;
            }
            offset = IndexSlot.continuationAt(in.read(block.slotOffset(block.capacity()), IndexSlot.LENGTH), 0, imageId);
        }
        return chunks;
    }

    @Test
    void forcesAChunkBeforeItsSlotAndAllElseBeforeTheFooter() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        TestImage.small(1).write(file);
        ImageLayout layout = ImageLayout.of(file.toBytes());
        List<MemoryFile.Event> events = file.events();
        List<Integer> forces = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).isForce()) {
                forces.add(i);
            }
        }
        ImageLayout.Part index = layout.part(StructureKind.INDEX, 0);
        assertThat(forces.get(0)).isBetween(indexOf(events, 0), 
                indexOf(events, layout.part(StructureKind.CHUNK_HEAD, 0).offset()));
        for (int chunk = 0; chunk < 4; chunk++) {
            int table = indexOf(events, layout.part(StructureKind.CHUNK_TABLE, chunk).offset());
            int slot = indexOf(events, index.offset() + IndexBlock.HEAD_LENGTH + chunk * IndexSlot.LENGTH);
            assertThat(forces).anyMatch(force -> force > table && force < slot);
        }
        int footer = indexOf(events, layout.part(StructureKind.FOOTER, 0).offset());
        assertThat(footer).isEqualTo(events.size() - 2);
        assertThat(forces).contains(footer - 1, footer + 1);
    }

    private static int indexOf(List<MemoryFile.Event> events, long offset) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (!events.get(i).isForce() && events.get(i).offset() == offset) {
                return i;
            }
        }
        throw new AssertionError("nothing was written at " + offset);
    }

    @Test
    void reportsAFullTargetWhereverItHappens() throws ImagingException {
        MemoryFile whole = new MemoryFile(true);
        TestImage.small(1).write(whole);
        long writes = whole.events().stream().filter(event -> !event.isForce()).count();
        for (long count = 0; count < writes; count++) {
            MemoryFile file = new MemoryFile(true);
            file.failAfter(count);
            assertThatThrownBy(() -> TestImage.small(1).write(file)).isInstanceOf(TargetException.class);
            refuses(file.toBytes());
        }
    }

    @Test
    void givesUpForGoodAfterAnError() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        TestImage image = TestImage.small(1);
        try (ImageWriter writer = format.create(file, image.spec(), TestImage.CODECS)) {
            file.failAfter(0);
            assertThatThrownBy(() -> writer.beginChunk(image.plans().get(0))).isInstanceOf(TargetException.class);
            assertThatThrownBy(() -> writer.finish(TestImage.STATISTICS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closesTwiceAndLeavesNothingThatOpens() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        ImageWriter writer = format.create(file, TestImage.small(1).spec(), TestImage.CODECS);
        writer.close();
        writer.close();
        refuses(file.toBytes());
    }

    private void refuses(byte[] bytes) {
        assertThatThrownBy(() -> {
            try (ImageReader reader = format.open(MemoryFile.of(bytes), TestImage.CODECS)) {
                throw new AssertionError("opened with " + reader.chunkCount() + " chunks");
            }
        }).isInstanceOf(ImageFormatException.class);
    }
}
