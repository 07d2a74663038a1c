package org.imagingutility.allocator.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Superblocks, nodes and copies that are damaged or say what is not supported. */
class RefusalTest {
    private static final int SUPERBLOCK = 65_536;
    private static final int COPY = 64 << 20;
    private static final int NODE = 16_384;

    private final SparseBytes bytes = new SparseBytes();
    private final long length = Volumes.load("dup-crc32c", bytes);
    private final BtrfsAllocator allocator = new BtrfsAllocator();

    private CountingDevice device() {
        return new CountingDevice(length, 512, bytes);
    }

    private void refused(long offset, String reason) {
        assertThatThrownBy(() -> ExtentsInUse.of(allocator, device())).isInstanceOfSatisfying(FileSystemException.class,
                e -> assertThat(e.offset()).isEqualTo(offset)).hasMessageContaining(reason);
    }

    /** Returns the places of the two copies of the root node of the tree of roots. */
    private long[] copiesOfRoot() {
        long logical = number(SUPERBLOCK + 0x50);
        long[] found = new long[2];
        int count = 0;
        for (long offset = 1 << 20; offset < length && count < 2; offset += 4096) {
            if (bytes.isWritten(offset, 1) && number(offset + 0x30) == logical && number(offset + 0x20) == number(SUPERBLOCK + 0x20)
                    && number(offset + 0x50) == number(SUPERBLOCK + 0x48)) {
                found[count++] = offset;
            }
        }
        assertThat(count).isEqualTo(2);
        return found;
    }

    private long number(long at) {
        return ByteBuffer.wrap(bytes.read(at, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @ParameterizedTest
    @CsvSource({"12, zoned", "13, extent-tree-v2", "14, raid-stripe-tree", "40, unknown (incompat bit 40)"})
    void refusesFeaturesThatAreNotSupportedByName(int bit, String name) {
        bytes.writeLong(SUPERBLOCK + 0xBC, number(SUPERBLOCK + 0xBC) | 1L << bit);
        Volumes.sum(bytes, SUPERBLOCK, 4096);
        refused(SUPERBLOCK + 0xBC, name);
    }

    @ParameterizedTest
    @CsvSource({"32, is a seed of other file systems", "33, is a dump of metadata", "36, is about to get another UUID",
        "38, is about to get or lose a block-group tree", "50, has the unknown flag of bit 50"})
    void refusesStatesInWhichTreesAreNotThoseOfTheDevice(int bit, String reason) {
        bytes.writeLong(SUPERBLOCK + 0x38, number(SUPERBLOCK + 0x38) | 1L << bit);
        Volumes.sum(bytes, SUPERBLOCK, 4096);
        refused(SUPERBLOCK + 0x38, reason);
    }

    @ParameterizedTest
    @CsvSource({"144, 1000, the sector size is 1000", "148, 131072, the node size is 131072", "160, 4096, the array of chunks has 4096",
        "196, 9, checksums of type 9"})
    void refusesMeasuresThatNoneHas(int at, int value, String reason) {
        bytes.writeShort(SUPERBLOCK + at, value);
        bytes.writeShort(SUPERBLOCK + at + 2, at == 196 ? 0 : value >>> 16);
        Volumes.sum(bytes, SUPERBLOCK, 4096);
        refused(SUPERBLOCK + at, reason);
    }

    @Test
    void takesAllBlocksOfAVolumeWithErrors() throws ImagingException {
        bytes.writeLong(SUPERBLOCK + 0x38, number(SUPERBLOCK + 0x38) | 4);
        Volumes.sum(bytes, SUPERBLOCK, 4096);
        assertThat(ExtentsInUse.of(allocator, device()).totalLength()).isEqualTo(length);
        assertThat(allocator.recognise(device()).orElseThrow().state().conditions()).isEqualTo("errors");
    }

    @Test
    void refusesADeviceThatIsTooShort() {
        CountingDevice shorter = new CountingDevice(length - 4096, 512, bytes);
        assertThatThrownBy(() -> allocator.recognise(shorter)).isInstanceOf(FileSystemException.class)
                .hasMessageContaining("134217728 bytes on this device, which has 134213632");
    }

    @Test
    void countsWhatLiesBehindTheFileSystem() throws ImagingException {
        CountingDevice longer = new CountingDevice(length + 512, 512, bytes);
        assertThat(ExtentsInUse.of(allocator, longer).totalLength())
                .isEqualTo(Volumes.expected("dup-crc32c").totalLength() + 512);
    }

    @Test
    void aSuperblockWhoseSumDoesNotHoldIsANearMiss() throws ImagingException {
        bytes.write(SUPERBLOCK + 0x12B, (byte) 'x');
        assertThat(allocator.signatures(device())).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Signature.Kind.NEAR_MISS);
            assertThat(found.flaw()).contains("byte 65536", "crc32c");
        });
        refused(SUPERBLOCK, "the crc32c of the superblock does not hold");
    }

    @Test
    void aLostSuperblockIsANearMissThatNamesItsCopy() throws ImagingException {
        bytes.write(SUPERBLOCK, new byte[4096]);
        assertThat(allocator.recognise(device())).isEmpty();
        assertThat(allocator.signatures(device())).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Signature.Kind.NEAR_MISS);
            assertThat(found.offset()).isEqualTo(COPY + 64);
            assertThat(found.flaw()).contains("is at byte 67108864");
        });
        bytes.write(COPY + 64, (byte) 0);
        assertThat(allocator.signatures(device())).isEmpty();
    }

    @Test
    void refusesASuperblockThatIsOlderThanItsCopy() {
        bytes.writeLong(COPY + 0x48, number(COPY + 0x48) + 1);
        Volumes.sum(bytes, COPY, 4096);
        refused(SUPERBLOCK + 0x48, "its copy at byte 67108864");
    }

    @Test
    void aCopyThatCannotBeReadIsNoReasonToFail() throws ImagingException {
        CountingDevice device = device();
        device.makeUnreadable(COPY, 4096);
        assertThat(ExtentsInUse.of(allocator, device)).isEqualTo(Volumes.expected("dup-crc32c"));
    }

    @Test
    void takesTheOtherCopyOfANodeThatIsDamagedOrUnreadable() throws ImagingException {
        long[] copies = copiesOfRoot();
        CountingDevice device = device();
        device.makeUnreadable(copies[0], NODE);
        assertThat(ExtentsInUse.of(allocator, device)).isEqualTo(Volumes.expected("dup-crc32c"));
        bytes.write(copies[0] + 5000, (byte) ~bytes.read(copies[0] + 5000, 1)[0]);
        assertThat(ExtentsInUse.of(allocator, device())).isEqualTo(Volumes.expected("dup-crc32c"));
        bytes.write(copies[1] + 5000, (byte) ~bytes.read(copies[1] + 5000, 1)[0]);
        refused(copies[0], "the crc32c of a node does not hold");
    }
}
