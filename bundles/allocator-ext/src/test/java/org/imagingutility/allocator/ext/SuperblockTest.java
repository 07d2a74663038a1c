package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the superblock says, and what is made of it when it says nonsense. */
class SuperblockTest {
    private static final int WIDE = 0x80;

    private final VolumeBuilder volume = new VolumeBuilder();

    @ParameterizedTest
    @CsvSource({"0, 0x2, 0x1, ext2", "0x4, 0x2, 0x3, ext3", "0x4, 0x6, 0x1, ext3", "0x4, 0x42, 0x1, ext4",
            "0, 0x2, 0x9, ext4", "0x200, 0x12, 0, ext2"})
    void theNameFollowsFromTheFeatures(String compat, String incompat, String roCompat, String name)
            throws ImagingException {
        volume.compat = Integer.decode(compat);
        volume.incompat = Integer.decode(incompat);
        volume.roCompat = Integer.decode(roCompat);
        assertThat(allocation().info()).isEqualTo(new FileSystemInfo(name, "a label",
                "01020304-0506-0708-090a-0b0c0d0e0f10", 1024, 3000));
    }

    @Test
    void aVolumeOfTheFirstRevisionHasNoFeatures() throws ImagingException {
        volume.incompat = 0;
        volume.roCompat = 0;
        volume.build(512);
        volume.bytes.writeInt(1024 + 0x4C, 0);
        volume.bytes.writeInt(1024 + 0x60, -1);
        volume.bytes.writeShort(1024 + 0x58, 0);
        assertThat(new ExtAllocator().recognise(volume.device(512)).orElseThrow().info().fileSystem()).isEqualTo("ext2");
    }

    @Test
    void controlCharactersOfALabelAreNotShown() throws ImagingException {
        volume.build(512);
        volume.bytes.write(1024 + 0x78, "\u001b[1mü\u0000x".getBytes(StandardCharsets.UTF_8));
        assertThat(new ExtAllocator().recognise(volume.device(512)).orElseThrow().info().label()).isEqualTo("\uFFFD[1mü");
    }

    @ParameterizedTest
    @CsvSource({"1, ", "0, not unmounted in order", "3, having errors", "2, not unmounted in order"})
    void whatTheStateSaysIsPassedOn(int state, String warning) throws ImagingException {
        volume.state = state;
        Allocation allocation = allocation();
        if (warning == null) {
            assertThat(allocation.warnings()).isEmpty();
        } else {
            assertThat(allocation.warnings()).first().asString().contains("ext2 on \"volume\"", warning, "e2fsck");
        }
        assertThat(ExtentsInUse.of(allocation, volume.device(512))).isEqualTo(
                ExtentsInUse.model(volume.inUse, volume.blockCount, volume.blockSize, volume.deviceLength()));
    }

    @Test
    void aMereJournalIsNoFileSystem() throws ImagingException {
        volume.incompat |= 0x8;
        assertThat(new ExtAllocator().recognise(volume.build(512))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 'NTFS    '", "3, 'EXFAT   '", "0, XFSB", "512, LABELONE", "0, LUKS\u00BA\u00BE"})
    void whatWasWrittenInFrontOfAnOldSuperblockGoesFirst(int offset, String mark) throws ImagingException {
        volume.build(512);
        volume.bytes.write(offset, mark.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(new ExtAllocator().recognise(volume.device(512))).isEmpty();
    }

    @Test
    void aPartitionTableInFrontOfAnOldSuperblockGoesFirst() throws ImagingException {
        volume.build(512);
        volume.bytes.write(446 + 16 + 4, (byte) 0x83);
        volume.bytes.writeInt(446 + 16 + 8, 2048);
        volume.bytes.writeInt(446 + 16 + 12, 2000);
        assertThat(new ExtAllocator().recognise(volume.device(512))).as("without its signature").isPresent();
        volume.bytes.writeShort(510, 0xAA55);
        assertThat(new ExtAllocator().recognise(volume.device(512))).isEmpty();
        volume.bytes.write(446, (byte) 0xEB);
        assertThat(new ExtAllocator().recognise(volume.device(512))).as("code instead of a table").isPresent();
    }

    @Test
    void aBootLoaderInFrontIsLeftAlone() throws ImagingException {
        volume.build(512);
        volume.bytes.write(0, "\u00EBX\u0090EXTLINUX".getBytes(StandardCharsets.ISO_8859_1));
        volume.bytes.writeShort(510, 0xAA55);
        assertThat(new ExtAllocator().recognise(volume.device(512))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, 0x7FFFFFFF, 'the volume has 2147483647 inodes, but 6 groups of 16'",
        "0x00, 0, 'the volume has 0 inodes'",
        "0x04, 3001, 'the volume has 3001 blocks of 1024 bytes, the device only 3072000 bytes'",
        "0x04, 0xFFFFFFFF, 'the volume has 4294967295 blocks'",
        "0x04, 1, 'the volume has 1 blocks'",
        "0x04, 0, 'the volume has 0 blocks'",
        "0x14, 0, 'the first data block is 0'",
        "0x14, 2, 'the first data block is 2'",
        "0x18, 7, 'to the power of 7, the highest is 6'",
        "0x18, 0xFFFFFFFF, 'to the power of 4294967295'",
        "0x1C, 1, 'without the feature bigalloc'",
        "0x1C, 0xFFFFFFFF, 'cluster size is given'",
        "0x20, 0, 'a group has 0 blocks'",
        "0x20, 7, 'a group has 7 blocks'",
        "0x20, 8193, 'a group has 8193 blocks'",
        "0x20, 0xFFFFFFFF, 'a group has 4294967295 blocks'",
        "0x28, 0, 'a group has 0 inodes'",
        "0x28, 7, 'a group has 7 inodes'",
        "0x28, 8193, 'a group has 8193 inodes'",
        "0x4C, 2, 'revision of the superblock is 2'",
        "0x4C, 0xFFFFFFFF, 'revision of the superblock is 4294967295'",
        "0x60, 0x1, 'not known here: incompatible 0x1'",
        "0x60, 0x40000002, 'not known here: incompatible 0x40000000'",
        "0x64, 0x80001, 'not known here: read-only compatible 0x80000'"})
    void nonsenseIsRefused(String at, String value, String reason) {
        volume.build(512);
        volume.bytes.writeInt(1024 + Integer.decode(at), Long.decode(value).intValue());
        refused(1024 + Integer.decode(at), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0x58, 0, 'inodes have 0 bytes'", "0x58, 64, 'inodes have 64 bytes'", "0x58, 129, 'inodes have 129 bytes'",
        "0x58, 2048, 'inodes have 2048 bytes'", "0xCE, 600, '600 reserved ones do not fit'",
        "0xFE, 0, 'group descriptors have 0 bytes'", "0xFE, 32, 'group descriptors have 32 bytes'",
        "0xFE, 65, 'group descriptors have 65 bytes'", "0xFE, 2048, 'group descriptors have 2048 bytes'",
        "0x150, 1, 'the volume has 4294970296 blocks'", "0x152, 0x8000, 'the volume has 9223372036854778808 blocks'"})
    void nonsenseInLateFieldsIsRefused(String at, String value, String reason) {
        volume.incompat |= WIDE;
        volume.build(512);
        volume.bytes.writeShort(1024 + Integer.decode(at), Integer.decode(value));
        int field = Integer.decode(at);
        refused(1024 + (field >= 0x150 ? 0x04 : field), reason);
    }

    @Test
    void aMetaBlockGroupOutsideIsRefused() {
        volume.incompat |= 0x10;
        volume.build(512);
        volume.bytes.writeInt(1024 + 0x104, 2);
        refused(1024 + 0x104, "the first meta block group is 2 of 1");
    }

    @Test
    void clustersThatDoNotMakeUpTheGroupAreRefused() {
        volume.roCompat |= 0x200;
        volume.clusterShift = 2;
        volume.build(512);
        volume.bytes.writeInt(1024 + 0x24, 127);
        refused(1024 + 0x24, "a group has 127 clusters, but 512 blocks in clusters of 4");
    }

    @Test
    void aChangedSuperblockWithAChecksumIsRefused() {
        volume.roCompat |= 0x400;
        volume.build(512);
        volume.bytes.writeInt(1024 + 0x30, 5);
        refused(1024 + 0x3FC, "checksum of the superblock");
    }

    @Test
    void anUnknownKindOfChecksumIsRefused() {
        volume.roCompat |= 0x400;
        volume.build(512);
        volume.bytes.write(1024 + 0x175, (byte) 2);
        refused(1024 + 0x175, "type of checksums is 2");
    }

    @Test
    void aJournalThatIsNoInodeIsRefused() {
        volume.compat |= 0x4;
        volume.build(512);
        volume.bytes.writeInt(1024 + 0xE0, 97);
        refused(1024 + 0xE0, "inode 97 of 96");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024, 2047})
    void aDeviceTooShortForASuperblockIsNotRecognised(int length) throws ImagingException {
        volume.build(512);
        assertThat(new ExtAllocator().recognise(new CountingDevice(length, 512, volume.bytes))).isEmpty();
    }

    private Allocation allocation() throws ImagingException {
        return new ExtAllocator().recognise(volume.build(512)).orElseThrow();
    }

    private void refused(long offset, String reason) {
        FileSystemException refusal = catchThrowableOfType(FileSystemException.class,
                () -> new ExtAllocator().recognise(volume.device(512)));
        assertThat(refusal).isNotNull().hasMessageContaining(reason).hasMessageContaining("\"volume\"");
        assertThat(refusal.offset()).isEqualTo(offset);
        assertThat(refusal.remedy()).hasValue("image all blocks instead (--all-blocks)");
    }
}
