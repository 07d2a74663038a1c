package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised, what is said of it, and how cursors behave. */
class RecognitionTest {
    private final FatAllocator allocator = new FatAllocator();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 1000, 1L << 30})
    void doesNotRecogniseAnEmptyDevice(long length) throws ImagingException {
        assertThat(allocator.recognise(new CountingDevice(length, 4096, new SparseBytes()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"11, 01", "11, 0000", "11, 0001", "11, 0020", "13, 00", "13, 03", "14, 0000", "16, 00", "16, 05", "17, 0000",
            "21, F1", "21, 00", "22, 0000", "32, 00000000", "3, 2d4656452d46532d", "54, 4a46532020202020",
            "54, 4850465320202020"})
    void aFieldOutOfRangeIsNoFat(int at, String hex) throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        // more than 65535 sectors, so that their number stands in 32 bits
        volume.sectorsPerCluster = 8;
        CountingDevice device = volume.build();
        assertThat(allocator.recognise(device)).isPresent();
        volume.bytes.write(at, HexFormat.of().parseHex(hex));
        assertThat(allocator.recognise(device)).isEmpty();
    }

    /** As Linux takes it; partclone and fsck.fat do not ask for these either. */
    @ParameterizedTest
    @CsvSource({"0, 33", "0, FA", "0, 000000", "2, 91", "510, 54", "511, 55", "510, 0000"})
    void aBootSectorWithoutItsMarksIsTakenIfAllFatsFitIt(int at, String hex) throws ImagingException {
        for (VolumeBuilder volume : List.of(VolumeBuilder.fat12().use(9, 3), VolumeBuilder.fat16().use(9, 3),
                VolumeBuilder.fat32().use(9, 3))) {
            CountingDevice device = volume.build();
            volume.bytes.write(at, HexFormat.of().parseHex(hex));
            assertThat(Extents.of(device)).isEqualTo(volume.expected());
            assertThat(allocator.signatures(device)).singleElement()
                    .satisfies(found -> assertThat(found.kind()).isEqualTo(Signature.Kind.FILE_SYSTEM));
            volume.setEntry(1, 0, volume.allOnes() & ~0xFFL | 0xF0);
            assertThat(allocator.recognise(device)).as("another media byte in the second FAT").isEmpty();
            volume.setEntry(1, 0, volume.allOnes() & ~0xFFL | volume.media);
            volume.setEntry(0, 1, 7);
            assertThat(allocator.recognise(device)).as("no mark of an end in entry 1").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void threeAndFourFatsAreReadAsOne(int fatCount) throws ImagingException {
        for (VolumeBuilder volume : List.of(VolumeBuilder.fat12(), VolumeBuilder.fat16(), VolumeBuilder.fat32())) {
            volume.fatCount = fatCount;
            CountingDevice device = volume.use(20, 2).build();
            assertThat(Extents.of(device)).isEqualTo(volume.expected());
            assertThat(allocator.recognise(device).orElseThrow().warnings()).isEmpty();
            volume.entry(77, volume.allOnes());
            volume.setEntry(fatCount - 1, 77, volume.allOnes());
            assertThat(Extents.of(device)).as("in use in the last FAT only").isEqualTo(volume.expected());
            assertThat(allocator.recognise(device).orElseThrow().warnings()).singleElement().asString()
                    .contains("has FATs that differ", "cluster 77");
        }
    }

    @ParameterizedTest
    @CsvSource({"11, 0001, 'bytes per sector (byte 11) is 256'", "13, 03, 'sectors per cluster (byte 13) is 3'",
            "14, 0000, 'number of reserved sectors (byte 14) is 0'", "16, 05, 'number of FATs (byte 16) is 5, not 1 to 4'",
            "21, 00, 'media byte (byte 21) is 0, not 240'", "22, 0000, 'number of entries of the root directory (byte 17) is 512, not 0 where'"})
    void aNearMissSaysWhichFieldIsWrong(int at, String hex, String flaw) throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        CountingDevice device = volume.build();
        volume.bytes.write(at, HexFormat.of().parseHex(hex));
        List<Signature> found = allocator.signatures(device);
        assertThat(found.get(found.size() - 1).kind()).isEqualTo(Signature.Kind.NEAR_MISS);
        assertThat(found.get(found.size() - 1).flaw()).startsWith(flaw);
    }

    @Test
    void aBootSectorWithoutItsFatClaimsFatAndSaysWhyItIsNone() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        CountingDevice device = volume.build();
        volume.setEntry(0, 0, 0x0123);
        volume.setEntry(1, 0, 0x0123);
        assertThat(allocator.signatures(device)).extracting(Signature::kind).containsExactly(Signature.Kind.FILE_SYSTEM,
                Signature.Kind.NEAR_MISS);
        assertThat(allocator.signatures(device).get(1).flaw()).isEqualTo("the FAT at byte " + volume.fatOffset(0)
                + " begins with the entry 0x123, not with the media byte 0xF8");
    }

    @Test
    void whatHasNothingOfFatIsNoNearMiss() throws ImagingException {
        assertThat(allocator.signatures(new MemoryDevice(new byte[1 << 20]))).isEmpty();
        assertThat(allocator.signatures(new MemoryDevice(Content.random(1 << 20, 7)))).isEmpty();
        byte[] bootRecord = new byte[1 << 20];
        System.arraycopy(HexFormat.of().parseHex("eb6390"), 0, bootRecord, 0, 3);
        System.arraycopy(HexFormat.of().parseHex("55aa"), 0, bootRecord, 510, 2);
        assertThat(allocator.signatures(new MemoryDevice(bootRecord))).isEmpty();
    }

    @Test
    void aRootDirectoryBeforeTheClustersIsNoFat32() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32();
        CountingDevice device = volume.build();
        volume.bytes.writeShort(17, 1);
        assertThat(allocator.recognise(device)).isEmpty();
    }

    @Test
    void aBootSectorWithoutItsFatIsNoFat() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32();
        CountingDevice device = volume.build();
        volume.setEntry(0, 0, 0);
        assertThat(allocator.recognise(device)).as("the second FAT is there").isPresent();
        volume.setEntry(1, 0, 0x0FFF_FEF8);
        assertThat(allocator.recognise(device)).isEmpty();
    }

    @Test
    void anEncryptedRemovableVolumeIsNoFat() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32();
        CountingDevice device = volume.build();
        volume.bytes.write(424, HexFormat.of().parseHex("3bd66749292ed84a8399f6a339e3d001"));
        assertThat(allocator.recognise(device)).isEmpty();
    }

    @Test
    void aDiskWithAPartitionTableIsNoFat() throws ImagingException {
        SparseBytes disk = new SparseBytes();
        disk.write(0, HexFormat.of().parseHex("eb6390"));
        disk.write(446, HexFormat.of().parseHex("80202100" + "0cfeffff" + "00080000" + "00000800"));
        disk.write(510, (byte) 0x55, (byte) 0xAA);
        assertThat(allocator.recognise(new CountingDevice(1 << 30, 512, disk))).isEmpty();
    }

    @Test
    void isAServiceThatTakesOnlyItsOwn() {
        RecognitionTest.class.getModule().addUses(Allocator.class);
        assertThat(ServiceLoader.load(Allocator.class)).singleElement().satisfies(found -> {
            assertThat(found).isInstanceOf(FatAllocator.class);
            assertThat(found.name()).isEqualTo("fat");
            assertThat(found.catchAll()).isFalse();
        });
    }

    /** As libblkid and Windows do: nobody keeps the copy in the boot sector up. */
    @Test
    void takesTheLabelOfTheRootDirectoryAndNotThatOfTheBootSector() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        volume.bootLabel = "IN BOOT    ";
        CountingDevice device = volume.build();
        assertThat(info(device)).isEqualTo(new FileSystemInfo("FAT16", "", "1A2B-3C4D", 512, 10_000));
        long root = volume.rootOffset();
        volume.writeDirectoryEntry(root, "Ax\0y\0       ", 0x0F);
        volume.writeDirectoryEntry(root + 32, "\u00E5ELETED    ", 0x08);
        volume.writeDirectoryEntry(root + 64, "FOLDER     ", 0x18);
        volume.writeDirectoryEntry(root + 96, "HAS CONTENT", 0x08);
        volume.bytes.writeShort(root + 96 + 26, 5);
        volume.writeDirectoryEntry(root + 128, "IN ROOT    ", 0x2B);
        assertThat(info(device).label()).isEqualTo("IN ROOT");
        volume.bytes.write(root + 96, (byte) 0);
        assertThat(info(device).label()).as("behind the last entry").isEmpty();
    }

    @Test
    void followsTheChainOfTheRootDirectoryToTheLabel() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().entry(2, 900).entry(900, 50).entry(50, 0x0FFF_FFF8L);
        CountingDevice device = volume.build();
        for (int i = 0; i < 16; i++) {
            volume.writeDirectoryEntry(volume.clusterOffset(2) + i * 32, "FILE    TXT", 0x20);
            volume.writeDirectoryEntry(volume.clusterOffset(900) + i * 32, "FILE    TXT", 0x20);
        }
        assertThat(info(device).label()).as("no label").isEmpty();
        volume.writeDirectoryEntry(volume.clusterOffset(50), "THIRD      ", 0x08);
        assertThat(info(device).label()).isEqualTo("THIRD");
    }

    @Test
    void aRootDirectoryThatRunsInACircleEnds() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32().entry(2, 3).entry(3, 2);
        CountingDevice device = volume.build();
        for (int i = 0; i < 32; i++) {
            volume.writeDirectoryEntry(volume.clusterOffset(2) + i * 32, "FILE    TXT", 0x20);
        }
        assertThat(info(device).label()).isEmpty();
        assertThat(device.bytesRead()).isLessThan(16 << 20);
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
    }

    @Test
    void keepsControlCharactersInALabelFromTheTerminal() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat12();
        CountingDevice device = volume.build();
        volume.writeDirectoryEntry(volume.rootOffset(), "A\u001B[31m\u00E9B   ", 0x08);
        assertThat(info(device).label()).isEqualTo("A\uFFFD[31m\uFFFDB");
    }

    @Test
    void withoutASignatureFat12AndFat16HaveNoSerial() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat12();
        CountingDevice device = volume.build();
        volume.bytes.write(38, (byte) 0x28);
        assertThat(info(device).serial()).isEqualTo("1A2B-3C4D");
        volume.bytes.write(38, (byte) 0);
        assertThat(info(device).serial()).isEmpty();
    }

    @Test
    void theTextInTheBootSectorDoesNotMakeTheKind() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat12();
        CountingDevice device = volume.build();
        volume.bytes.write(54, "FAT16   ".getBytes(StandardCharsets.US_ASCII));
        assertThat(info(device).fileSystem()).isEqualTo("FAT12");
    }

    @Test
    void passesOnThatTheBootSectorOrAllFatsCannotBeRead() {
        VolumeBuilder volume = VolumeBuilder.fat16();
        CountingDevice boot = volume.build();
        boot.makeUnreadable(0, 512);
        assertThatThrownBy(() -> Extents.of(boot)).isInstanceOf(DeviceException.class);
        CountingDevice fats = volume.build();
        fats.makeUnreadable(volume.fatOffset(0), volume.fatSectors() * 1024);
        assertThatThrownBy(() -> Extents.of(fats)).isInstanceOf(DeviceException.class);
    }

    @Test
    void continuesWithoutALabelIfTheRootDirectoryIsUnreadable() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16().use(7, 3);
        CountingDevice device = volume.build();
        device.makeUnreadable(volume.rootOffset(), 512);
        assertThat(info(device).label()).isEmpty();
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
    }

    @Test
    void refusesUseAfterCloseAndClosesTwice() throws ImagingException {
        ExtentCursor cursor = allocator.recognise(VolumeBuilder.fat12().build()).orElseThrow().extents();
        assertThat(cursor.next()).isTrue();
        cursor.close();
        cursor.close();
        assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("closed");
    }

    @Test
    void aPassThatFailedDoesNotLookFinished() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat32();
        volume.fatCount = 1;
        CountingDevice device = volume.build();
        try (ExtentCursor cursor = allocator.recognise(device).orElseThrow().extents()) {
            device.makeUnreadable(volume.fatOffset(0) + 4096, 512);
            assertThatThrownBy(cursor::next).isInstanceOf(DeviceException.class);
            assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("failed");
        }
    }

    private FileSystemInfo info(CountingDevice device) throws ImagingException {
        return allocator.recognise(device).orElseThrow().info();
    }
}
