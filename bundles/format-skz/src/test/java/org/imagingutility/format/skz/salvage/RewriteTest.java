package org.imagingutility.format.skz.salvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ForgedImage;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.SalvagedCopy;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** Structures are made again in the file itself, byte for byte, and a crash on the way costs nothing. */
class RewriteTest {

    private static List<TestImage> samples() {
        return List.of(TestImage.small(1), TestImage.withTailGap(2), TestImage.unreadable(3),
                TestImage.many(7).planned(2, 7));
    }

    private static List<Damage> rewrite(MemoryFile file) throws ImagingException {
        List<Damage> rewritten = new ArrayList<>();
        try (SalvagedImage image = new SkzFormat().salvage(file, TestImage.CODECS, SearchMonitor.NONE)) {
            assertThat(image.obstacle()).isEmpty();
            image.rewrite(rewritten::add);
        }
        return rewritten;
    }

    private static byte[] zeroed(byte[] image, List<ImageLayout.Part> parts) {
        byte[] damaged = image.clone();
        parts.forEach(part -> Arrays.fill(damaged, part.offset(), part.end(), (byte) 0));
        return damaged;
    }

    @Test
    void eachStructureComesBackByteForByte() throws ImagingException {
        Random random = new Random(7);
        for (TestImage source : samples()) {
            byte[] original = source.bytes();
            for (ImageLayout.Part part : ImageLayout.of(original).parts()) {
                byte[] flipped = original.clone();
                flipped[part.offset() + random.nextInt(part.length())] ^= 0x10;
                for (byte[] damaged : List.of(flipped, zeroed(original, List.of(part)))) {
                    MemoryFile file = MemoryFile.of(damaged.clone());
                    List<Damage> rewritten = rewrite(file);
                    if (part.isStored()) {
                        assertThat(file.toBytes()).as("stored bytes stay as they are").isEqualTo(damaged);
                    } else {
                        assertThat(file.toBytes()).as(part.toString()).isEqualTo(original);
                        assertThat(rewritten).as(part.toString()).allMatch(
                                damage -> damage.fileOffset() >= part.offset() && damage.fileOffset() < part.end());
                    }
                }
            }
        }
    }

    @Test
    void streamedImagesToo() throws ImagingException {
        MemoryFile made = new MemoryFile(false);
        TestImage.small(4).write(made);
        byte[] original = made.toBytes();
        for (ImageLayout.Part part : ImageLayout.of(original).parts()) {
            if (!part.isStored()) {
                MemoryFile file = MemoryFile.of(zeroed(original, List.of(part)));
                rewrite(file);
                assertThat(file.toBytes()).as(part.toString()).isEqualTo(original);
            }
        }
    }

    @Test
    void manyStructuresAtOnceAsLongAsOneOfEachPairIsLeft() throws ImagingException {
        for (TestImage source : samples()) {
            byte[] original = source.bytes();
            byte[] damaged = zeroed(original, oneOfEachPair(ImageLayout.of(original)));
            MemoryFile file = MemoryFile.of(damaged);
            rewrite(file);
            assertThat(file.toBytes()).isEqualTo(original);
        }
    }

    private static List<ImageLayout.Part> oneOfEachPair(ImageLayout layout) {
        List<ImageLayout.Part> parts = new ArrayList<>();
        parts.add(layout.part(StructureKind.HEADER, 0));
        parts.addAll(layout.parts(StructureKind.INDEX));
        parts.addAll(layout.parts(StructureKind.INDEX_COPY));
        parts.addAll(layout.parts(StructureKind.FOOTER));
        boolean tables = true;
        for (ImageLayout.Part part : layout.parts()) {
            if (part.kind() == StructureKind.CHUNK_TABLE) {
                tables = !tables;
                if (tables) {
                    parts.add(part);
                }
            } else if (tables && (part.kind() == StructureKind.CHUNK_HEAD || part.kind() == StructureKind.FRAME_HEAD)) {
                parts.add(part);
            }
        }
        return parts;
    }

    @Test
    void aRewriteThatWasStoppedAnywhereCanBeDoneAgain() throws ImagingException {
        TestImage source = TestImage.small(9);
        byte[] original = source.bytes();
        byte[] damaged = zeroed(original, oneOfEachPair(ImageLayout.of(original)));
        MemoryFile whole = MemoryFile.of(damaged.clone());
        rewrite(whole);
        List<MemoryFile.Event> events = whole.events();
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int count = 0; count <= events.size(); count++) {
            byte[] stopped = damaged.clone();
            for (int i = 0; i < count; i++) {
                MemoryFile.Event event = events.get(i);
                if (!event.isForce()) {
                    // the last one may be torn
                    int bytes = i == count - 1 ? random.nextInt(event.bytes().length + 1) : event.bytes().length;
                    System.arraycopy(event.bytes(), 0, stopped, (int) event.offset(), bytes);
                }
            }
            String what = "seed " + seed + ", stopped after " + count + " of " + events.size() + " calls";
            assertThat(SalvagedCopy.of(stopped).isSound(source, what).lost.count()).as(what).isZero();
            MemoryFile again = MemoryFile.of(stopped);
            rewrite(again);
            assertThat(again.toBytes()).as(what).isEqualTo(original);
        }
    }

    @Test
    void copiesAreNotWrittenWithoutAForceBetweenThem() throws ImagingException {
        TestImage source = TestImage.small(9);
        byte[] original = source.bytes();
        ImageLayout layout = ImageLayout.of(original);
        MemoryFile file = MemoryFile.of(zeroed(original, List.of(layout.part(StructureKind.INDEX, 0),
                layout.part(StructureKind.INDEX_COPY, 0))));
        rewrite(file);
        assertThat(file.toBytes()).isEqualTo(original);
        int copyAt = layout.part(StructureKind.INDEX_COPY, 0).offset();
        boolean forced = false;
        for (MemoryFile.Event event : file.events()) {
            forced |= event.isForce();
            if (!event.isForce()) {
                assertThat(forced).isEqualTo(event.offset() >= copyAt);
            }
        }
    }

    @Test
    void bytesBehindTheEndAreCutOff() throws ImagingException {
        byte[] original = TestImage.small(1).bytes();
        MemoryFile file = MemoryFile.of(Arrays.copyOf(original, original.length + 777));
        rewrite(file);
        assertThat(file.toBytes()).isEqualTo(original);
    }

    @Test
    void aLostEndBehindTheFooterCopyComesBack() throws ImagingException {
        for (TestImage source : samples()) {
            byte[] original = source.bytes();
            MemoryFile file = MemoryFile.of(Arrays.copyOf(original,
                    ImageLayout.of(original).part(StructureKind.FOOTER_COPY, 0).end() + 3));
            rewrite(file);
            assertThat(file.toBytes()).isEqualTo(original);
        }
    }

    @Test
    void anImageWithoutItsEndIsNotTouched() throws ImagingException {
        byte[] original = TestImage.small(1).bytes();
        ImageLayout layout = ImageLayout.of(original);
        for (int cut : List.of(layout.part(StructureKind.FOOTER_COPY, 0).offset(),
                layout.part(StructureKind.CHUNK_HEAD, 2).offset())) {
            MemoryFile file = MemoryFile.of(Arrays.copyOf(original, cut));
            try (SalvagedImage image = new SkzFormat().salvage(file, TestImage.CODECS, SearchMonitor.NONE)) {
                assertThat(image.obstacle()).isPresent();
                assertThatThrownBy(() -> image.rewrite(damage -> { })).isInstanceOf(IllegalStateException.class);
            }
            assertThat(file.events()).isEmpty();
        }
    }

    @Test
    void featuresThatAreNotKnownForbidIt() throws ImagingException {
        byte[] original = TestImage.small(1).bytes();
        ImageLayout layout = ImageLayout.of(original);
        original[24] |= 4;
        ForgedImage.all(original, layout);
        try (SalvagedImage image = new SkzFormat().salvage(MemoryFile.of(original), TestImage.CODECS, SearchMonitor.NONE)) {
            assertThat(image.obstacle()).hasValueSatisfying(reason -> assertThat(reason).contains("features 0x4"));
        }
    }
}
