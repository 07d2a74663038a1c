package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.layout.Checksums;
import org.imagingutility.fs.ext.layout.Superblock;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes that are not in order, with bitmaps that lag behind: nothing that an inode refers to is left out. */
class ForgottenBlocksTest {
    private static final int INODE = 12;

    private final VolumeBuilder volume = new VolumeBuilder();

    @TempDir
    private Path folder;

    static List<String> volumes() {
        return FixturesTest.volumes();
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void everythingInUseIsTakenWhateverTheBitmapsForgot(String name) throws IOException, ImagingException {
        Path file = Fixtures.unpack(name, folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            CountingDevice device = new CountingDevice(Files.size(file), 512, FixturesTest.contentOf(channel));
            ExtAllocation sound = (ExtAllocation) new ExtAllocator().recognise(device).orElseThrow();
            ExtentList expected = ExtentsInUse.of(sound, device);
            setState(channel, 0);
            // one after the other: what is forgotten stays so
            for (int percent : new int[] {1, 30, 100}) {
                forget(channel, sound.volume(), new DescriptorReader(new AlignedReader(device), sound.volume()), percent,
                        new Random(percent));
                Allocation dirty = new ExtAllocator().recognise(device).orElseThrow();
                assertThat(dirty.state().conditions()).isEqualTo("dirty");
                assertThat(ExtentsInUse.of(dirty, device)).as(name + ", " + percent + " %").isEqualTo(expected);
            }
        }
    }

    private static void setState(FileChannel channel, int state) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Superblock.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(bytes, Superblock.OFFSET);
        bytes.flip().putShort(Superblock.STATE_AT, (short) state);
        bytes.putInt(0x3FC, Checksums.plain(bytes.slice(0, 0x3FC)));
        channel.write(bytes, Superblock.OFFSET);
    }

    private static void forget(FileChannel channel, Superblock volume, DescriptorReader descriptors, int percent,
            Random random) throws IOException, ImagingException {
        for (long group = 0; group < volume.geometry().groupCount(); group++) {
            long bitmap = volume.geometry().offset(descriptors.read(group).blockBitmap());
            byte[] bits = new byte[volume.geometry().clustersPerGroup() / 8];
            channel.read(ByteBuffer.wrap(bits), bitmap);
            for (int bit = 0; bit < bits.length * 8; bit++) {
                if (random.nextInt(100) < percent) {
                    bits[bit / 8] &= (byte) ~(1 << bit % 8);
                }
            }
            channel.write(ByteBuffer.wrap(bits), bitmap);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, dirty, union", "3, errors, union", "2, 'dirty, errors', union"})
    void theStateIsSaid(int state, String conditions, String basis) throws ImagingException {
        volume.state = state;
        volume.build(512);
        Allocation allocation = allocation();
        assertThat(allocation.state().conditions()).isEqualTo(conditions);
        assertThat(allocation.state().basis().word()).isEqualTo(basis);
    }

    @Test
    void orphansMakeInodesCount() throws ImagingException {
        volume.build(512);
        volume.bytes.writeInt(1024 + 0xE8, 12);
        assertThat(allocation().state().conditions()).isEqualTo("check-pending");
        assertThat(allocation().state().basis()).isEqualTo(AllocationBasis.UNION);
        volume.bytes.writeInt(1024 + 0xE8, 0);
        volume.bytes.writeInt(1024 + 0x64, 0x1 | 0x1_0000);
        assertThat(allocation().state().conditions()).isEqualTo("check-pending");
    }

    @Test
    void pointersOfAllLevelsAreFollowed() throws ImagingException {
        dirty();
        inode(0x81A4, 1, 0);
        pointer(0, 700);
        pointer(11, 702);
        pointer(12, 710);
        list(710, 5, 720);
        pointer(13, 711);
        list(711, 9, 712);
        list(712, 255, 730);
        pointer(14, 713);
        list(713, 0, 714);
        list(714, 3, 715);
        list(715, 7, 740);
        assertTaken(700, 702, 710, 720, 711, 712, 730, 713, 714, 715, 740);
    }

    @Test
    void extentTreesAreFollowed() throws ImagingException {
        volume.incompat |= 0x40;
        dirty();
        inode(0x81A4, 1, 0x8_0000);
        node(inodeOffset() + 0x28, 2, 800);
        node(800 * 1024, 1, 801);
        long leaf = 801 * 1024;
        volume.bytes.writeShort(leaf, 0xF30A);
        volume.bytes.writeShort(leaf + 2, 2);
        extent(leaf + 12, 3, 810);
        // not written yet, but allocated
        extent(leaf + 24, 0x8000 + 2, 820);
        assertTaken(800, 801, 810, 811, 812, 820, 821);
    }

    @Test
    void attributesOfAFileAndLongLinksCount() throws ImagingException {
        dirty();
        inode(0xA1FF, 1, 0);
        volume.bytes.writeInt(inodeOffset() + 4, 200);
        volume.bytes.writeInt(inodeOffset() + 0x1C, 4);
        volume.bytes.writeInt(inodeOffset() + 0x68, 705);
        pointer(0, 706);
        assertTaken(705, 706);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA1FF, 0x21A4, 0x61A4, 0x11A4, 0xC1A4})
    void whatIsNoMapIsNotFollowed(int mode) throws ImagingException {
        dirty();
        inode(mode, 1, 0);
        volume.bytes.writeInt(inodeOffset() + 4, 8);
        volume.bytes.write(inodeOffset() + 0x28, "a/text/b".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertTaken();
    }

    @Test
    void deletedFilesDoNotCountButOrphansDo() throws ImagingException {
        dirty();
        inode(0x81A4, 0, 0);
        pointer(0, 700);
        volume.bytes.writeInt(inodeOffset() + 0x14, 1_700_000_000);
        assertTaken();
        volume.bytes.writeInt(inodeOffset() + 0x14, 13);
        assertTaken(700);
    }

    @Test
    void inodesThatCannotBeFollowedAreRefused() throws ImagingException {
        dirty();
        inode(0x81A4, 1, 0);
        pointer(3, 3000);
        assertRefused("1 blocks at 3000");
        pointer(3, 0);
        inode(0x81A4, 1, 0x8_0000);
        assertRefused("node of an extent tree has magic number 0x0000");
    }

    @Test
    void inodesThatReferToTheVolumeManyTimesOverAreRefused() throws ImagingException {
        volume.incompat |= 0x40;
        dirty();
        inode(0x81A4, 1, 0x8_0000);
        long root = inodeOffset() + 0x28;
        volume.bytes.writeShort(root, 0xF30A);
        volume.bytes.writeShort(root + 2, 4);
        for (int i = 0; i < 4; i++) {
            extent(root + 12 + 12 * i, 2900, 50);
        }
        assertRefused("more blocks than the volume has several times over");
    }

    @Test
    void treesThatLeadInCirclesEnd() throws ImagingException {
        dirty();
        inode(0x81A4, 1, 0);
        pointer(14, 713);
        for (int i = 0; i < 256; i++) {
            list(713, i, 713);
        }
        assertTaken(713);
    }

    private void dirty() {
        volume.state = 0;
        volume.build(512);
    }

    private long inodeOffset() {
        return volume.descriptors.get(0)[2] * 1024L + (INODE - 1) * 128;
    }

    private void inode(int mode, int links, int flags) {
        volume.bytes.writeShort(inodeOffset(), mode);
        volume.bytes.writeShort(inodeOffset() + 0x1A, links);
        volume.bytes.writeInt(inodeOffset() + 0x20, flags);
    }

    private void pointer(int index, int block) {
        volume.bytes.writeInt(inodeOffset() + 0x28 + 4L * index, block);
    }

    private void list(int listBlock, int index, int block) {
        volume.bytes.writeInt(listBlock * 1024L + 4L * index, block);
    }

    private void node(long at, int depth, int child) {
        volume.bytes.writeShort(at, 0xF30A);
        volume.bytes.writeShort(at + 2, 1);
        volume.bytes.writeShort(at + 6, depth);
        volume.bytes.writeInt(at + 12 + 4, child);
    }

    private void extent(long at, int length, int block) {
        volume.bytes.writeShort(at + 4, length);
        volume.bytes.writeInt(at + 8, block);
    }

    private void assertTaken(int... blocks) throws ImagingException {
        for (int block : blocks) {
            volume.inUse.set(block);
        }
        assertThat(ExtentsInUse.of(allocation(), volume.device(512))).isEqualTo(
                ExtentsInUse.model(volume.inUse, volume.blockCount, volume.blockSize, volume.deviceLength()));
    }

    private void assertRefused(String reason) throws ImagingException {
        Allocation allocation = allocation();
        assertThatThrownBy(() -> ExtentsInUse.of(allocation, volume.device(512))).isInstanceOf(FileSystemException.class)
                .hasMessageContaining(reason);
    }

    private Allocation allocation() throws ImagingException {
        return new ExtAllocator().recognise(volume.device(512)).orElseThrow();
    }
}
