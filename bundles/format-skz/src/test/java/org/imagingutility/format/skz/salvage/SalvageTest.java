package org.imagingutility.format.skz.salvage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.SalvagedCopy;
import org.imagingutility.format.skz.support.SampleImage;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.Test;

/** What is left of damaged, cut off and unfinished images, and that no more is lost than has to be. */
class SalvageTest {
    private static final int FRAME = TestImage.FRAME;

    @Test
    void intactImageHasNoDamageAndIsCopiedByteForByte() throws ImagingException {
        for (SampleImage sample : SampleImage.all()) {
            SalvagedCopy rescue = SalvagedCopy.of(sample.bytes()).isSound(sample.source(), sample.name());
            assertThat(rescue.damages).as(sample.name()).isEmpty();
            assertThat(rescue.lost.count()).isZero();
            assertThat(rescue.finished).isTrue();
            if (!sample.streamed()) {
                assertThat(rescue.image).as(sample.name()).isEqualTo(sample.bytes());
            }
        }
    }

    @Test
    void oneDamagedPartCostsNoMoreThanItsFrame() throws ImagingException {
        Random random = new Random(5);
        for (SampleImage sample : SampleImage.all()) {
            for (ImageLayout.Part part : sample.layout().parts()) {
                for (int how = 0; how < 4; how++) {
                    byte[] damaged = sample.bytes().clone();
                    switch (how) {
                        case 0 -> damaged[part.offset()] ^= 1;
                        case 1 -> damaged[part.end() - 1] ^= (byte) 0x80;
                        case 2 -> damaged[part.offset() + random.nextInt(part.length())] ^= 4;
                        default -> Arrays.fill(damaged, part.offset(), part.end(), (byte) 0);
                    }
                    String what = sample.name() + ", " + part + ", damage " + how;
                    SalvagedCopy rescue = SalvagedCopy.of(damaged).isSound(sample.source(), what);
                    if (part.isStored()) {
                        rescue.losesOnly(sample.framesIn(part.offset(), part.end()), what);
                    } else {
                        assertThat(rescue.lost.count()).as(what).isZero();
                        assertThat(rescue.damages.isEmpty()).as(what).isEqualTo(Arrays.equals(damaged, sample.bytes()));
                        if (!sample.streamed()) {
                            assertThat(rescue.image).as(what).isEqualTo(sample.bytes());
                        }
                    }
                }
            }
        }
    }

    @Test
    void oneDamagedRegionCostsNoMoreThanItsFramesAndTheChunksItHidesWholly() throws ImagingException {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (SampleImage sample : SampleImage.all()) {
            ImageLayout layout = sample.layout();
            for (int i = 0; i < 100; i++) {
                int from = random.nextInt(sample.bytes().length);
                int to = Math.min(sample.bytes().length, from + 1 + random.nextInt(1 << random.nextInt(1, 19)));
                byte[] damaged = sample.bytes().clone();
                random.nextBytes(damaged);
                byte[] mixed = sample.bytes().clone();
                System.arraycopy(damaged, from, mixed, from, to - from);
                String what = sample.name() + ", seed " + seed + ", bytes " + from + " to " + to;
                if (from < layout.part(StructureKind.HEADER, 0).end()
                        && to > layout.part(StructureKind.HEADER, 1).offset()) {
                    continue;
                }
                SalvagedCopy.of(mixed).isSound(sample.source(), what)
                        .losesOnly(allowed(sample, layout, from, to), what);
            }
        }
    }

    /**
     * The frames in a damaged region; all of a chunk whose head and table are both in it, and of the device around chunks.
     */
    private static ExtentList allowed(SampleImage sample, ImageLayout layout, int from, int to) throws ImagingException {
        List<ImageLayout.Part> heads = layout.parts(StructureKind.CHUNK_HEAD);
        List<ImageLayout.Part> tables = layout.parts(StructureKind.CHUNK_TABLE);
        ExtentList frames = sample.framesIn(from, to);
        ExtentList chunks = sample.chunksIn(from, to);
        boolean hidden = false;
        for (int i = 0; i < heads.size(); i++) {
            hidden |= heads.get(i).end() > from && tables.get(i).offset() < to;
        }
        boolean tail = from < layout.part(StructureKind.FOOTER_COPY, 0).offset() + 24
                && to > layout.part(StructureKind.HEADER, 1).offset();
        if (sample.streamed() && hidden && tail) {
            return new ExtentList.Builder().add(0, sample.source().device().length).build();
        }
        // then nothing tells that the last chunk was the last one
        return tail ? withTail(sample, hidden ? chunks : frames) : hidden ? chunks : frames;
    }

    private static ExtentList withTail(SampleImage sample, ExtentList ranges) throws ImagingException {
        ExtentList last = sample.chunksIn(0, sample.bytes().length);
        long end = last.end(last.count() - 1);
        long length = sample.source().device().length;
        ExtentList.Builder all = new ExtentList.Builder();
        for (int i = 0; i < ranges.count(); i++) {
            all.add(ranges.offset(i), ranges.length(i));
        }
        return end < length ? all.add(end, length - end).build() : all.build();
    }

    @Test
    void twoDamagedPartsCostNoMoreThanTheirChunks() throws ImagingException {
        for (SampleImage sample : SampleImage.all()) {
            List<ImageLayout.Part> parts = sample.layout().parts();
            for (int i = 0; i < parts.size(); i++) {
                for (int j = i + 1; j < parts.size(); j++) {
                    ImageLayout.Part first = parts.get(i);
                    ImageLayout.Part second = parts.get(j);
                    byte[] damaged = sample.bytes().clone();
                    Arrays.fill(damaged, first.offset(), first.end(), (byte) 0);
                    Arrays.fill(damaged, second.offset(), second.end(), (byte) 0);
                    String what = sample.name() + ", " + first + " and " + second;
                    if (first.kind() == StructureKind.HEADER && second.kind() == StructureKind.HEADER) {
                        assertThatThrownBy(() -> SalvagedCopy.of(damaged)).as(what).isInstanceOf(ImageDamagedException.class)
                                .hasMessageContaining("both header and header copy are destroyed");
                        continue;
                    }
                    ExtentList.Builder chunks = new ExtentList.Builder();
                    TreeSet<Long> starts = new TreeSet<>();
                    for (ExtentList list : List.of(sample.chunksIn(first.offset(), first.end()),
                            sample.chunksIn(second.offset(), second.end()))) {
                        for (int k = 0; k < list.count(); k++) {
                            if (starts.add(list.offset(k))) {
                                chunks.add(list.offset(k), list.length(k));
                            }
                        }
                    }
                    SalvagedCopy.of(damaged).isSound(sample.source(), what).losesOnly(chunks.build(), what);
                }
            }
        }
    }

    @Test
    void bothCopiesOfIndexOrFooterCostNothing() throws ImagingException {
        for (SampleImage sample : SampleImage.all()) {
            ImageLayout layout = sample.layout();
            byte[] damaged = sample.bytes().clone();
            for (ImageLayout.Part part : layout.parts()) {
                if (part.kind() == StructureKind.INDEX || part.kind() == StructureKind.INDEX_COPY
                        || part.kind() == StructureKind.FOOTER || part.kind() == StructureKind.FOOTER_COPY) {
                    Arrays.fill(damaged, part.offset(), part.end(), (byte) 0xEE);
                }
            }
            SalvagedCopy rescue = SalvagedCopy.of(damaged).isSound(sample.source(), sample.name());
            assertThat(rescue.lost.count()).as(sample.name()).isZero();
            assertThat(rescue.damages).isNotEmpty();
        }
    }

    @Test
    void whatStandsBeforeACutIsKept() throws ImagingException {
        for (SampleImage sample : SampleImage.all()) {
            TreeSet<Integer> cuts = new TreeSet<>();
            for (ImageLayout.Part part : sample.layout().parts()) {
                cuts.addAll(List.of(part.offset(), part.offset() + 1, part.end() - 1, part.offset() + part.length() / 2));
            }
            int headerEnd = sample.layout().part(StructureKind.HEADER, 0).end();
            for (int cut : cuts.tailSet(headerEnd, true)) {
                String what = sample.name() + ", cut to " + cut;
                SalvagedCopy rescue = SalvagedCopy.of(Arrays.copyOf(sample.bytes(), cut)).isSound(sample.source(), what);
                assertThat(rescue.damages).as(what).isNotEmpty();
                for (FrameEntry entry : sample.frames()) {
                    if (entry.fileOffset() + entry.frame().storedLength() <= cut) {
                        assertThat(rescue.lost.within(entry.frame().frameIndex() * FRAME,
                                entry.frame().contentLength()).count())
                                .as(what + ", frame " + entry.frame().frameIndex()).isZero();
                    }
                }
                if (cut >= sample.layout().part(StructureKind.FOOTER_COPY, 0).offset() + 24) {
                    assertThat(rescue.lost.count()).as(what).isZero();
                }
            }
        }
    }

    @Test
    void unfinishedImagesAreSavedAtEachPointOfTheirMaking() throws ImagingException {
        TestImage source = TestImage.small(6).planned(2, 9);
        MemoryFile file = new MemoryFile(true);
        source.write(file);
        List<MemoryFile.Event> events = file.events();
        for (int count = 1; count < events.size(); count++) {
            String what = "after " + count + " of " + events.size() + " calls";
            SalvagedCopy.of(MemoryFile.after(events, count)).isSound(source, what);
        }
    }

    @Test
    void chunksBehindADamagedOneOfAnUnfinishedImageAreFound() throws ImagingException {
        TestImage source = TestImage.many(6);
        byte[] bytes = source.bytes();
        ImageLayout layout = ImageLayout.of(bytes);
        ImageLayout.Part head = layout.part(StructureKind.CHUNK_HEAD, 2);
        byte[] damaged = Arrays.copyOf(bytes, layout.part(StructureKind.CHUNK_TABLE, 4).end());
        Arrays.fill(damaged, layout.part(StructureKind.INDEX, 0).offset(), layout.part(StructureKind.INDEX, 0).end(),
                (byte) 0);
        Arrays.fill(damaged, head.offset(), layout.part(StructureKind.CHUNK_TABLE, 2).end(), (byte) 0);
        SalvagedCopy rescue = SalvagedCopy.of(damaged).isSound(source, "without index and chunk 2");
        assertThat(rescue.finished).isFalse();
        assertThat(rescue.lost).isEqualTo(new ExtentList.Builder().add(2L * FRAME, FRAME).add(5L * FRAME, FRAME).build());
    }

    @Test
    void appendedBytesAndAnImageAppendedToItselfCostNothing() throws ImagingException {
        for (SampleImage sample : SampleImage.all()) {
            byte[] longer = Arrays.copyOf(sample.bytes(), sample.bytes().length + 100_000);
            byte[] twice = Arrays.copyOf(sample.bytes(), 2 * sample.bytes().length);
            System.arraycopy(sample.bytes(), 0, twice, sample.bytes().length, sample.bytes().length);
            for (byte[] damaged : List.of(longer, twice)) {
                SalvagedCopy rescue = SalvagedCopy.of(damaged).isSound(sample.source(), sample.name());
                assertThat(rescue.lost.count()).as(sample.name()).isZero();
                assertThat(rescue.damages).hasSize(1);
                assertThat(rescue.damages.get(0).reason()).contains("bytes follow the end of the image");
            }
        }
    }

    @Test
    void partsOnBadSectorsAreAsLostAsDamagedOnes() throws ImagingException {
        SampleImage sample = SampleImage.all().get(0);
        for (ImageLayout.Part part : sample.layout().parts()) {
            MemoryFile file = MemoryFile.of(sample.bytes());
            file.refuseReads(part.offset(), part.end());
            String what = "unreadable " + part;
            SalvagedCopy.of(file).isSound(sample.source(), what)
                    .losesOnly(part.isStored() ? sample.framesIn(part.offset(), part.end()) : ExtentList.empty(), what);
        }
    }

    @Test
    void anImageWithinAStoredFrameIsNotTakenForTheFile() {
        assertThatThrownBy(() -> {
            byte[] inner = TestImage.small(1).bytes();
            byte[] file = new byte[inner.length + 5000];
            System.arraycopy(inner, 0, file, 5000, inner.length);
            new SkzFormat().salvage(MemoryFile.of(file), TestImage.CODECS, SearchMonitor.NONE);
        }).isInstanceOf(ImageFormatException.class).hasMessageContaining("neither header, header copy nor footer");
    }
}
