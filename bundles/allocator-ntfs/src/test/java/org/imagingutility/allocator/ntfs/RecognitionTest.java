package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised, what is said of it, and how cursors behave. */
class RecognitionTest {
    private final NtfsAllocator allocator = new NtfsAllocator();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 511, 512, 1000, 1L << 30})
    void doesNotRecogniseAnEmptyDevice(long length) throws ImagingException {
        assertThat(allocator.recognise(new CountingDevice(length, 4096, new SparseBytes()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-FVE-FS-", "MSDOS5.0", "EXFAT   ", "ntfs    ", "NTFS\0\0\0\0"})
    void doesNotRecogniseOtherFileSystems(String oemId) throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.write(3, oemId.getBytes(StandardCharsets.US_ASCII));
        assertThat(allocator.recognise(device)).isEmpty();
    }

    @Test
    void isAServiceThatTakesOnlyItsOwn() {
        RecognitionTest.class.getModule().addUses(Allocator.class);
        assertThat(ServiceLoader.load(Allocator.class)).singleElement().satisfies(found -> {
            assertThat(found).isInstanceOf(NtfsAllocator.class);
            assertThat(found.name()).isEqualTo("ntfs");
            assertThat(found.catchAll()).isFalse();
        });
    }

    @Test
    void passesOnThatTheDeviceCannotBeRead() {
        for (long offset : new long[] {0, 4 * 4096, 4 * 4096 + 6 * 1024, 2 * 4096}) {
            CountingDevice device = new VolumeBuilder().build();
            device.makeUnreadable(offset, 512);
            assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(DeviceException.class,
                    refusal -> assertThat(refusal.offset()).isEqualTo(offset));
        }
    }

    @Test
    void continuesWithoutVersionAndLabelIfTheirRecordIsUnreadable() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        device.makeUnreadable(volume.recordOffset(3), 512);
        assertNoFacts(device, volume);
    }

    @Test
    void continuesWithoutVersionAndLabelIfTheirRecordIsDamaged() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.bytes.write(volume.recordOffset(3) + 510, (byte) 0x55);
        assertNoFacts(device, volume);
    }

    private void assertNoFacts(CountingDevice device, VolumeBuilder volume) throws ImagingException {
        Allocation allocation = allocator.recognise(device).orElseThrow();
        assertThat(allocation.info().fileSystem()).isEqualTo("NTFS");
        assertThat(allocation.info().label()).isEmpty();
        assertThat(allocation.info().serial()).isEqualTo("0123456789ABCDEF");
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(Extents.model(volume));
    }

    @Test
    void keepsControlCharactersInALabelFromTheTerminal() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        volume.label = "Dät\u001B[31m\n";
        assertThat(allocator.recognise(volume.build()).orElseThrow().info().label()).isEqualTo("Dät\uFFFD[31m\uFFFD");
    }

    @Test
    void readsADirtyVolumeAsItIs() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        CountingDevice device = volume.build();
        volume.patchRecord(3, volume.attributeAt(3, Attribute.VOLUME_INFORMATION) + 24 + 10, (byte) 1);
        assertThat(Extents.of(device)).isEqualTo(Extents.model(volume));
    }

    @Test
    void passesAreIndependentAndEqual() throws ImagingException {
        VolumeBuilder volume = new VolumeBuilder();
        for (int i = 100; i < 900; i += 7) {
            volume.inUse.set(i);
        }
        CountingDevice device = volume.build();
        Allocation allocation = allocator.recognise(device).orElseThrow();
        try (ExtentCursor other = allocation.extents()) {
            assertThat(other.next()).isTrue();
            assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(Extents.model(volume));
            assertThat(other.next()).isTrue();
            assertThat(other.offset()).isEqualTo(Extents.model(volume).offset(1));
        }
        assertThat(ExtentsInUse.of(allocation, device)).isEqualTo(Extents.model(volume));
    }

    @Test
    void refusesUseAfterCloseAndClosesTwice() throws ImagingException {
        ExtentCursor cursor = allocator.recognise(new VolumeBuilder().build()).orElseThrow().extents();
        assertThat(cursor.next()).isTrue();
        cursor.close();
        cursor.close();
        assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("closed");
    }

    @Test
    void aPassThatFailedDoesNotLookFinished() throws ImagingException {
        CountingDevice device = new VolumeBuilder().build();
        try (ExtentCursor cursor = allocator.recognise(device).orElseThrow().extents()) {
            device.makeUnreadable(2 * 4096, 512);
            assertThatThrownBy(cursor::next).isInstanceOf(DeviceException.class);
            assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("failed");
        }
    }
}
