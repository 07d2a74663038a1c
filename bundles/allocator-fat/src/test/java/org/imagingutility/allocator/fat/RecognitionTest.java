package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.CountingDevice;
import org.imagingutility.tck.SparseBytes;
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
    @CsvSource({"0, 33", "0, FA", "2, 91", "11, 01", "11, 0000", "11, 0001", "11, 0020", "13, 00", "13, 03",
            "14, 0000", "16, 00", "16, 03", "17, 0000", "21, F1", "21, 00", "22, 0000", "32, 00000000",
            "510, 54", "511, 55", "3, 2d4656452d46532d"})
    void aFieldOutOfRangeIsNoFat(int at, String hex) throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        // more than 65535 sectors, so that their number stands in 32 bits
        volume.sectorsPerCluster = 8;
        CountingDevice device = volume.build();
        assertThat(allocator.recognise(device)).isPresent();
        volume.bytes.write(at, HexFormat.of().parseHex(hex));
        assertThat(allocator.recognise(device)).isEmpty();
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

    @Test
    void takesTheLabelOfTheRootDirectoryBeforeTheBootSectors() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat16();
        volume.bootLabel = "IN BOOT    ";
        CountingDevice device = volume.build();
        assertThat(info(device)).isEqualTo(new FileSystemInfo("FAT16", "IN BOOT", "1A2B-3C4D", 512, 10_000));
        long root = volume.rootOffset();
        volume.writeDirectoryEntry(root, "Ax\0y\0       ", 0x0F);
        volume.writeDirectoryEntry(root + 32, "\u00E5ELETED    ", 0x08);
        volume.writeDirectoryEntry(root + 64, "FILE    TXT", 0x20);
        volume.writeDirectoryEntry(root + 96, "IN ROOT    ", 0x28);
        assertThat(info(device).label()).isEqualTo("IN ROOT");
        volume.bytes.write(root + 64, (byte) 0);
        assertThat(info(device).label()).as("behind the last entry").isEqualTo("IN BOOT");
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
        volume.bootLabel = "A\u001B[31m\u00E9B   ";
        assertThat(info(volume.build()).label()).isEqualTo("A\uFFFD[31m\uFFFDB");
    }

    @Test
    void withoutASignatureThereIsNeitherSerialNorLabel() throws ImagingException {
        VolumeBuilder volume = VolumeBuilder.fat12();
        volume.bootLabel = "LABEL      ";
        CountingDevice device = volume.build();
        volume.bytes.write(38, (byte) 0x28);
        assertThat(info(device).label()).isEmpty();
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
    void goesOnWithoutALabelIfTheRootDirectoryIsUnreadable() throws ImagingException {
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
