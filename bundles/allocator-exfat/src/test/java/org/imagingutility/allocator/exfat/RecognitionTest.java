package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised, what is said of it, and how cursors behave. */
class RecognitionTest {
    private final ExfatAllocator allocator = new ExfatAllocator();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 1000, 1L << 30})
    void doesNotRecogniseAnEmptyDevice(long length) throws ImagingException {
        assertThat(allocator.recognise(new CountingDevice(length, 4096, new SparseBytes()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NTFS    ", "MSDOS5.0", "-FVE-FS-", "exfat   "})
    void doesNotRecogniseOtherFileSystems(String name) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.write(3, name.getBytes(StandardCharsets.US_ASCII));
        assertThat(allocator.recognise(device)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xFF})
    void aVolumeWhoseMainBootSectorIsLostIsReadByTheBackup(int filler) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        byte[] lost = new byte[512];
        Arrays.fill(lost, (byte) filler);
        volume.bytes.write(0, lost);
        Allocation allocation = allocation(device);
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(volume.expected());
        assertThat(allocation.warnings()).singleElement().asString().contains("main boot region", "its backup is used");
        // another file system may have been made over it since
        assertThat(allocator.signatures(device)).singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Signature.Kind.WEAK));
        volume.bytes.write(12L * volume.sectorSize() + 600, (byte) 1);
        assertThat(allocator.recognise(device)).as("the backup is damaged too").isEmpty();
        assertThat(allocator.signatures(device)).isEmpty();
    }

    @Test
    void isAServiceThatTakesOnlyItsOwn() {
        RecognitionTest.class.getModule().addUses(Allocator.class);
        assertThat(ServiceLoader.load(Allocator.class)).singleElement().satisfies(found -> {
            assertThat(found).isInstanceOf(ExfatAllocator.class);
            assertThat(found.name()).isEqualTo("exfat");
            assertThat(found.catchAll()).isFalse();
        });
    }

    @Test
    void saysWhatVolumeItIs() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        assertThat(allocation(volume.build()).info()).isEqualTo(new FileSystemInfo("exFAT", "", "1A2B-3C4D", 4096, 4096));
        volume.label = "Dät\u001B[31m";
        assertThat(allocation(volume.build()).info().label()).isEqualTo("Dät\uFFFD[31m");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "2, was not unmounted in order (byte 106)", "4, medium had read or write errors (byte 106)",
            "8, ''"})
    void saysInWhatStateTheVolumeIs(int flags, String warning) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.flags = flags;
        List<String> warnings = allocation(volume.build()).warnings();
        if (warning.isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().asString().contains(warning, "\"volume\"");
        }
    }

    @Test
    void aVolumeWithoutAnUpcaseTableIsTakenWithAWarning() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.write(volume.entryOffset(1), (byte) 0x02);
        Allocation allocation = allocation(device);
        assertThat(allocation.warnings()).singleElement().asString().contains("no up-case table");
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(volume.expected());
    }

    @Test
    void passesOnThatTheDeviceCannotBeRead() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.build();
        for (long offset : new long[] {0, volume.fat(0), volume.entryOffset(0), volume.clusterOffset(2)}) {
            CountingDevice device = volume.build();
            device.makeUnreadable(offset, 512);
            assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(DeviceException.class,
                    refusal -> assertThat(refusal.offset()).isEqualTo(offset));
        }
    }

    @Test
    void refusesUseAfterCloseAndClosesTwice() throws ImagingException {
        ExtentCursor cursor = allocation(new VolumeBuilder().build()).extents();
        assertThat(cursor.next()).isTrue();
        cursor.close();
        cursor.close();
        assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("closed");
    }

    @Test
    void aPassThatFailedDoesNotLookFinished() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        try (ExtentCursor cursor = allocation(device).extents()) {
            device.makeUnreadable(volume.clusterOffset(2), 512);
            assertThatThrownBy(cursor::next).isInstanceOf(DeviceException.class);
            assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("failed");
        }
    }

    private Allocation allocation(CountingDevice device) throws ImagingException {
        return allocator.recognise(device).orElseThrow();
    }
}
