package org.imagingutility.format.skz.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.RoundTripTest;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.support.ImageLayout;
import org.imagingutility.format.skz.support.MemoryFile;
import org.imagingutility.format.skz.support.TestImage;
import org.imagingutility.format.skz.support.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An image whose footer is damaged: the footer copy has all that is needed, and says what is not one whole image. */
class FooterCopyTest {
    private final SkzFormat format = new SkzFormat();

    /** An image, how it is written, and what it must restore. */
    record Case(byte[] bytes, byte[] device) {
        ImageLayout.Part part(StructureKind kind) throws ImagingException {
            return ImageLayout.of(bytes).part(kind, 0);
        }
    }

    static Stream<Case> images() throws ImagingException {
        return Stream.of(of(TestImage.small(1), true), of(TestImage.small(1), false), of(TestImage.withTailGap(2), true),
                of(TestImage.many(5).planned(2, 5), true));
    }

    private static Case of(TestImage image, boolean seekable) throws ImagingException {
        MemoryFile file = new MemoryFile(seekable);
        image.write(file);
        return new Case(file.toBytes(), image.device());
    }

    @ParameterizedTest
    @MethodSource("images")
    void opensWithAnyByteOfTheFooterChangedAndReportsIt(Case image) throws ImagingException {
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        byte[] bytes = image.bytes();
        for (int i = footer.offset(); i < footer.end(); i++) {
            for (int pattern : new int[] {0x01, 0x80, 0xFF}) {
                bytes[i] ^= (byte) pattern;
                requireWholeButFor(MemoryFile.of(bytes), image.device(), footer);
                bytes[i] ^= (byte) pattern;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void opensWithAnyRangeOfTheFooterOverwritten(Case image) throws ImagingException {
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        Random random = new Random(7);
        for (int from = footer.offset(); from < footer.end(); from += 13) {
            for (int to = from + 1; to <= footer.end(); to += 29) {
                byte[] bytes = image.bytes().clone();
                Arrays.fill(bytes, from, to, (byte) random.nextInt(256));
                bytes[from] = (byte) ~image.bytes()[from];
                requireWholeButFor(MemoryFile.of(bytes), image.device(), footer);
            }
        }
    }

    @Test
    void opensWithAnUnreadableSectorInTheFooter() throws ImagingException {
        Case image = of(TestImage.many(40), true);
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        for (int from = footer.offset(); from < footer.end(); from += 13) {
            MemoryFile file = MemoryFile.of(image.bytes());
            file.refuseReads(from & -512, (from & -512) + 512);
            List<Damage> found = Verification.of(file).found();
            assertThat(found).isNotEmpty().allMatch(damage -> damage.device().isEmpty());
            assertThat(found).anyMatch(damage -> damage.fileOffset() == footer.offset());
            file.refuseReads(from, footer.end());
            requireWholeButFor(file, image.device(), footer);
        }
    }

    @Test
    void opensWithAnUnreadableHeaderOrIndexCopy() throws ImagingException {
        Case image = of(TestImage.many(40), true);
        for (StructureKind kind : List.of(StructureKind.HEADER, StructureKind.INDEX_COPY, StructureKind.FOOTER_COPY)) {
            MemoryFile file = MemoryFile.of(image.bytes());
            file.refuseReads(image.part(kind).offset() + 16, image.part(kind).offset() + 20);
            assertThat(format.recognises(file)).isTrue();
            try (ImageReader reader = format.open(file, TestImage.CODECS)) {
                assertThat(TestImage.restore(reader)).isEqualTo(image.device());
                assertThat(RoundTripTest.damages(reader)).extracting(Damage::fileOffset)
                        .containsExactly((long) image.part(kind).offset());
            }
        }
    }

    private void requireWholeButFor(MemoryFile file, byte[] device, ImageLayout.Part part) throws ImagingException {
        try (ImageReader reader = format.open(file, TestImage.CODECS)) {
            assertThat(TestImage.restore(reader)).isEqualTo(device);
            List<Damage> found = RoundTripTest.damages(reader);
            assertThat(found).extracting(Damage::fileOffset, Damage::fileLength)
                    .containsExactly(tuple((long) part.offset(), (long) part.length()));
            assertThat(found.get(0).device()).isEmpty();
            assertThat(found.get(0).reason()).startsWith("footer ");
            assertThat(reader.info().statistics()).isEqualTo(TestImage.STATISTICS);
        }
    }

    @Test
    void isReportedWhenItIsDamagedItself() throws ImagingException {
        Case image = of(TestImage.small(1), true);
        ImageLayout.Part copy = image.part(StructureKind.FOOTER_COPY);
        for (int i = copy.offset(); i < copy.end(); i++) {
            image.bytes()[i] ^= 0x20;
            requireWholeButFor(MemoryFile.of(image.bytes()), image.device(), copy);
            image.bytes()[i] ^= 0x20;
        }
    }

    @Test
    void isFoundThoughTheHeaderIsDamagedToo() throws ImagingException {
        Case image = of(TestImage.small(1), true);
        Arrays.fill(image.bytes(), 0, 60, (byte) 0);
        ImageLayout.Part footer = of(TestImage.small(1), true).part(StructureKind.FOOTER);
        Arrays.fill(image.bytes(), footer.offset(), footer.end(), (byte) 0);
        try (ImageReader reader = format.open(MemoryFile.of(image.bytes()), TestImage.CODECS)) {
            assertThat(TestImage.restore(reader)).isEqualTo(image.device());
            assertThat(RoundTripTest.damages(reader)).extracting(Damage::fileOffset)
                    .containsExactly(0L, (long) footer.offset());
        }
    }

    @Test
    void isFoundBeforeAnIndexCopyOfManyBlocksAndAHeaderThatNamesALocator() throws ImagingException {
        Metadata names = Metadata.of(Map.of("volume.label", "SKZTCPY1 SKZFCPY1 SKZFOOT1", "z", "x".repeat(100_000)));
        Case image = of(TestImage.many(1100).planned(1100, 1100).metadata(names), true);
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        int distance = footer.offset() - image.part(StructureKind.FOOTER_COPY).end();
        assertThat(distance).isGreaterThan(200_000);
        for (int shift = 0; shift < 40; shift++) {
            // the locator of the copy lies at any place of a block
            String label = "SKZTCPY1".repeat(2) + "y".repeat(64 * shift);
            MemoryFile file = new MemoryFile(true);
            TestImage other = TestImage.many(2).metadata(Metadata.of(Map.of("a", label, "b", "x".repeat(64_000))));
            other.write(file);
            byte[] bytes = file.toBytes();
            bytes[bytes.length - 1] ^= 1;
            requireWholeButFor(MemoryFile.of(bytes), other.device(),
                    ImageLayout.of(file.toBytes()).part(StructureKind.FOOTER, 0));
        }
        image.bytes()[footer.end() - 20] ^= 1;
        requireWholeButFor(MemoryFile.of(image.bytes()), image.device(), footer);
    }

    @Test
    void isNoFooterForAFileThatWasCutOrAppendedTo() throws ImagingException {
        Case image = of(TestImage.small(1), true);
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        byte[] bytes = image.bytes();
        for (int i = footer.offset(); i < footer.end(); i += 7) {
            bytes[i] ^= 0x40;
            for (int length = footer.offset(); length < bytes.length + 40; length++) {
                if (length != bytes.length) {
                    refuses(Arrays.copyOf(bytes, length));
                }
            }
            bytes[i] ^= 0x40;
        }
    }

    @Test
    void isNotThatOfAnotherImageInFront() throws ImagingException {
        byte[] first = TestImage.small(1).bytes();
        byte[] second = TestImage.small(9).bytes();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        for (int at : new int[] {first.length - 1, first.length + second.length - 1, first.length + second.length - 10}) {
            byte[] bytes = both.toByteArray();
            bytes[at] ^= 1;
            refuses(bytes);
        }
    }

    @Test
    void cannotReplaceAFooterWhenBothAreDamaged() throws ImagingException {
        Case image = of(TestImage.small(1), true);
        ImageLayout.Part footer = image.part(StructureKind.FOOTER);
        ImageLayout.Part copy = image.part(StructureKind.FOOTER_COPY);
        image.bytes()[footer.offset() + 40] ^= 1;
        image.bytes()[copy.offset() + 40] ^= 1;
        assertThatThrownBy(() -> format.open(MemoryFile.of(image.bytes()), TestImage.CODECS))
                .isInstanceOfSatisfying(ImageDamagedException.class, e -> {
                    assertThat(e.offset()).isEqualTo(footer.offset());
                    assertThat(e.getSuppressed()).singleElement().isInstanceOfSatisfying(ImageDamagedException.class,
                            other -> assertThat(other.offset()).isEqualTo(copy.offset()));
                });
    }

    @Test
    void isNotSearchedForEverOnAFileThatCannotBeRead() throws ImagingException {
        MemoryFile file = new MemoryFile(true);
        TestImage image = TestImage.many(2).metadata(Metadata.of(Map.of("a", "x".repeat(1_000_000))));
        try (ImageWriter writer = format.create(file, image.spec(), TestImage.CODECS)) {
            image.writeChunks(writer);
            writer.finish(Metadata.empty());
        }
        file.refuseReads(2000, (int) file.length());
        assertThatThrownBy(() -> format.open(file, TestImage.CODECS)).isInstanceOf(ImageReadException.class);
    }

    private void refuses(byte[] bytes) {
        assertThatThrownBy(() -> format.open(MemoryFile.of(bytes), TestImage.CODECS)).as("%d bytes", bytes.length)
                .isInstanceOfAny(ImageFormatException.class, ImageDamagedException.class);
    }
}
