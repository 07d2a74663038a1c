package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors and bitmaps that cannot be right. Group 2 is blocks 1025..1536 and has no superblock. */
class GroupRefusalTest {
    private static final long DESCRIPTOR = 2048 + 2 * 32;
    private static final int START = 1025;

    private final VolumeBuilder volume = new VolumeBuilder();

    @BeforeEach
    void fill() {
        volume.inUse.set(1100, 1200);
    }

    @ParameterizedTest
    @CsvSource({"0, 1024, block bitmap", "0, 1537, block bitmap", "0, -1, block bitmap", "4, 0, inode bitmap",
            "4, 4000, inode bitmap", "8, 1536, inode table", "8, 2147483647, inode table"})
    void structuresOutsideTheirGroupAreRefused(int at, int value, String what) {
        volume.build(512);
        volume.bytes.writeInt(DESCRIPTOR + at, value);
        refused(DESCRIPTOR + at, what + " of group 2");
    }

    @ParameterizedTest
    @CsvSource({"0, 2, block bitmap", "4, 3000, inode bitmap", "8, 2999, inode table"})
    void structuresOutsideTheVolumeAreRefusedWhereTheyMayBeAnywhere(int at, int value, String what) {
        volume.incompat |= 0x200;
        volume.build(512);
        volume.bytes.writeInt(DESCRIPTOR + at, value);
        refused(DESCRIPTOR + at, what + " of group 2");
    }

    @Test
    void structuresOfOneGroupThatOverlapAreRefused() {
        volume.build(512);
        volume.bytes.writeInt(DESCRIPTOR + 4, volume.descriptors.get(2)[0]);
        refused(DESCRIPTOR + 8, "overlap");
    }

    @Test
    void structuresOfTwoGroupsThatOverlapAreRefused() {
        volume.incompat |= 0x200;
        volume.flexGroups = 6;
        volume.build(512);
        int first = volume.descriptors.get(1)[0];
        volume.bytes.writeInt(DESCRIPTOR, first);
        refused(first * 1024L, "block " + first + " belongs twice");
    }

    @Test
    void moreFreeClustersThanThereAreAreRefused() {
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0xC, 513);
        refused(DESCRIPTOR + 0xC, "group 2 of 512 clusters has 513 free ones");
    }

    @Test
    void anotherNumberOfFreeClustersIsRefused() {
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0xC, 100);
        refused(DESCRIPTOR + 0xC, "group 2 is said to have 100 free clusters, its bitmap (block 1025) has 408");
    }

    @Test
    void aBitmapThatHasItselfFreeIsRefused() {
        volume.forgotten.set(START + 1);
        volume.build(512);
        refused(START * 1024L, "has block 1026 free");
    }

    @Test
    void aBitmapThatHasTheJournalFreeIsRefused() {
        volume.compat |= 4;
        volume.journal = List.of(1210, 1211);
        volume.forgotten.set(1211);
        volume.build(512);
        refused(START * 1024L + (1211 - START) / 8, "has block 1211 free");
    }

    @Test
    void aBitmapThatHasStructuresOfAnotherGroupFreeIsRefused() {
        volume.incompat |= 0x200;
        volume.flexGroups = 6;
        volume.build(512);
        int foreign = volume.descriptors.get(5)[1];
        volume.descriptors.clear();
        volume.forgotten.set(foreign);
        volume.build(512);
        refused(volume.descriptors.get(0)[0] * 1024L + (foreign - 1) / 8, "has block " + foreign + " free");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x400, 0x10})
    void aChangedDescriptorWithAChecksumIsRefused(int feature) {
        volume.roCompat |= feature;
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0xE, 3);
        refused(DESCRIPTOR + 0x1E, "checksum of the descriptor of group 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2, 0x82})
    void aChangedBitmapWithAChecksumIsRefused(int incompat) {
        volume.roCompat |= 0x400;
        volume.incompat = incompat;
        volume.build(512);
        volume.bytes.write(START * 1024L + 30, (byte) 0x55);
        refused(START * 1024L, "the block bitmap of group 2 has checksum");
    }

    @Test
    void aVolumeThatWaitsForARepairIsReadAllTheSame() throws ImagingException {
        volume.state = 0;
        volume.forgotten.set(START + 1);
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0xC, 100);
        ExtentList found = Extents.of(volume.device(512));
        assertThat(found).isEqualTo(ExtentsInUse.model(volume.inUse, volume.blockCount, 1024, volume.deviceLength()));
    }

    @Test
    void withoutChecksumsOfDescriptorsTheirFlagsMeanNothing() throws ImagingException {
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0x12, 2);
        ExtentList found = Extents.of(volume.device(512));
        assertThat(found).isEqualTo(ExtentsInUse.model(volume.inUse, volume.blockCount, 1024, volume.deviceLength()));
    }

    @Test
    void aPassThatFailedDoesNotContinue() throws ImagingException {
        volume.build(512);
        volume.bytes.writeShort(DESCRIPTOR + 0xC, 100);
        Allocation allocation = new ExtAllocator().recognise(volume.device(512)).orElseThrow();
        try (ExtentCursor cursor = allocation.extents()) {
            assertThatThrownBy(() -> {
                while (cursor.next()) {
                    assertThat(cursor.length()).isPositive();
                }
            }).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void anUnreadableBitmapIsAnErrorOfTheDevice() throws ImagingException {
        volume.build(512);
        CountingDevice device = volume.device(512);
        device.makeUnreadable(START * 1024L, 512);
        assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(DeviceException.class,
                error -> assertThat(error.offset()).isEqualTo(START * 1024L));
    }

    private void refused(long offset, String reason) {
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> Extents.of(volume.device(512)));
        assertThat(refusal).isNotNull().hasMessageContaining(reason).hasMessageContaining("\"volume\"");
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
    }
}
