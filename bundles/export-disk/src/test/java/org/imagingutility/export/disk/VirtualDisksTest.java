package org.imagingutility.export.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.imagingutility.api.Digest;
import org.imagingutility.api.export.VirtualDiskFormat;
import org.imagingutility.api.export.VirtualDiskSpec;
import org.imagingutility.api.export.VirtualDiskWriter;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.export.VirtualDiskFormatContract;
import org.imagingutility.tck.store.MemoryImageFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualDisksTest {

    @TestFactory
    Stream<DynamicTest> eachFormatKeepsTheContract() {
        return Stream.of(checks(new FixedVhdFormat(), VhdReader::read), checks(new DynamicVhdFormat(), VhdReader::read),
                checks(new VhdxFormat(), VhdxReader::read), checks(new Qcow2Format(), Qcow2Reader::read)).flatMap(all -> all);
    }

    private static Stream<DynamicTest> checks(VirtualDiskFormat format, VirtualDiskFormatContract.DiskReader reader) {
        return new VirtualDiskFormatContract(format, reader).checks().stream()
                .map(check -> DynamicTest.dynamicTest(format.name() + ": " + check.name(), check.action()::run));
    }

    private static VirtualDiskSpec spec(long length, int sectorSize, String identity) {
        return new VirtualDiskSpec(length, sectorSize, Digest.ofHex(identity.repeat(32)), Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static byte[] written(VirtualDiskFormat format, VirtualDiskSpec spec, byte[] content) throws Exception {
        MemoryImageFile file = new MemoryImageFile();
        try (VirtualDiskWriter writer = format.create(file, spec)) {
            writer.write(0, ByteBuffer.wrap(content));
            writer.finish();
        }
        return file.content();
    }

    @Test
    void zerosInsideContentAreNotStored() throws Exception {
        byte[] content = new byte[32 << 20];
        content[5] = 1;
        content[content.length - 1] = 1;
        assertThat(written(new DynamicVhdFormat(), spec(content.length, 512, "11"), content).length).isLessThan(5 << 20);
        assertThat(written(new VhdxFormat(), spec(content.length, 512, "11"), content).length).isEqualTo(6 << 20);
        assertThat(written(new Qcow2Format(), spec(content.length, 512, "11"), content).length).isEqualTo(7 << 16);
    }

    @Test
    void aVhdxKeepsSectorsOf4096Bytes() throws Exception {
        assertThat(VhdxReader.sectorSize(written(new VhdxFormat(), spec(8192, 4096, "11"), new byte[8192]))).isEqualTo(4096);
        assertThat(VhdxReader.sectorSize(written(new VhdxFormat(), spec(8192, 2048, "11"), new byte[8192]))).isEqualTo(512);
    }

    @Test
    void anotherImageGetsOtherIdentifiers() throws Exception {
        byte[] content = Content.random(4096, 1);
        for (VirtualDiskFormat format : new VirtualDiskFormat[] {new FixedVhdFormat(), new DynamicVhdFormat(), new VhdxFormat()}) {
            byte[] one = written(format, spec(4096, 512, "11"), content);
            byte[] other = written(format, spec(4096, 512, "22"), content);
            assertThat(Arrays.equals(one, other)).as(format.name()).isFalse();
        }
    }

    /** A file that only counts: what stands there is of no interest when a disk is huge. */
    @Test
    void theLongestDisksTakeLittleRoomWhenThereIsLittleOnThem() throws Exception {
        for (VirtualDiskFormat format : new VirtualDiskFormat[] {new DynamicVhdFormat(), new VhdxFormat(), new Qcow2Format()}) {
            long length = Math.min(format.maxDiskLength(), 64L << 40);
            MemoryImageFile file = new MemoryImageFile();
            try (VirtualDiskWriter writer = format.create(file, spec(length, 512, "11"))) {
                assertThat(writer.diskLength()).isEqualTo(length);
                writer.write(0, ByteBuffer.wrap(Content.random(512, 1)));
                writer.write(length / 2, ByteBuffer.wrap(Content.random(512, 2)));
                writer.write(length - 512, ByteBuffer.wrap(Content.random(512, 3)));
                writer.finish();
            }
            assertThat(file.length()).as(format.name()).isLessThan(130L << 20);
        }
    }

    /** Sectors, and cylinders, heads, sectors per track by the specification's algorithm, computed by hand. */
    @ParameterizedTest
    @CsvSource({"1, 0, 4, 17", "69632, 140, 16, 31", "81920, 963, 5, 17", "2097152, 2080, 16, 63", "33554432, 33288, 16, 63",
        "66059280, 16191, 16, 255", "4278190080, 65535, 16, 255"})
    void theGeometryFollowsTheSpecification(long sectors, int cylinders, int heads, int perTrack) {
        assertThat(VhdFooter.geometry(sectors)).isEqualTo(cylinders << 16 | heads << 8 | perTrack);
    }
}
