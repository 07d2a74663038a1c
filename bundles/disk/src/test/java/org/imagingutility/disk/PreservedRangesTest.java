package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

/** What is kept of disks that hold more than the list of their partitions tells. */
class PreservedRangesTest {
    private static final int EXTENDED = 10_000;
    /** Large enough that free space between partitions is not kept for its own sake. */
    private final DiskBuilder disk = new DiskBuilder(100_000, 512);
    private final MbrGptReader reader = new MbrGptReader();

    private ExtentList essentials() throws ImagingException {
        Device device = new MemoryDevice(disk.bytes);
        return reader.essentials(device, table(device));
    }

    private PartitionTable table(Device device) throws ImagingException {
        return reader.read(device).orElseThrow();
    }

    /** The sectors of a range that are kept. */
    private long kept(int first, int count) throws ImagingException {
        return essentials().within(first * 512L, count * 512L).totalLength() / 512;
    }

    @Test
    void freeSpaceIsLeftOut() throws ImagingException {
        disk.entry(0, 0, 0, 0x83, 100, 100).entry(0, 1, 0, 0x83, 50_000, 100);
        assertThat(kept(10_000, 30_000)).isZero();
    }

    @Test
    void allOfASecondExtendedPartitionIsKept() throws ImagingException {
        disk.entry(0, 0, 0, 0x83, 100, 100).entry(0, 1, 0, 5, EXTENDED, 10_000).entry(0, 2, 0, 0x0F, 40_000, 20_000)
                .entry(EXTENDED, 0, 0, 0x83, 8, 100).entry(40_000, 0, 0, 0x83, 8, 15_000);
        assertThat(kept(40_000, 20_000)).isEqualTo(20_000);
        assertThat(kept(15_000, 5_000)).isZero();
    }

    @Test
    void aSecondExtendedPartitionMayEndBehindTheDisk() throws ImagingException {
        disk.entry(0, 0, 0, 5, EXTENDED, 10_000).entry(0, 1, 0, 5, 90_000, 20_000).entry(0, 2, 0, 5, 200_000, 20_000)
                .signRecord(EXTENDED);
        assertThat(kept(90_000, 10_000)).isEqualTo(10_000);
    }

    @Test
    void aSecondPartitionOfAnExtendedBootRecordIsKept() throws ImagingException {
        disk.entry(0, 0, 0, 5, EXTENDED, 60_000).entry(EXTENDED, 0, 0, 0x83, 8, 100)
                .entry(EXTENDED, 2, 0, 0x83, 20_000, 10_000);
        assertThat(kept(EXTENDED + 20_000, 10_000)).isEqualTo(10_000);
        assertThat(kept(EXTENDED + 32_000, 10_000)).isZero();
    }

    @Test
    void theTrackBehindAnExtendedBootRecordIsKeptWhereverItsGapBegins() throws ImagingException {
        disk.entry(0, 0, 0, 0x83, 100, 100).entry(0, 1, 0, 5, EXTENDED + 30_000, 20_000)
                .entry(EXTENDED + 30_000, 0, 0, 0x83, 2048, 100);
        assertThat(kept(EXTENDED + 30_000, 2048)).isEqualTo(2048);
    }

    @Test
    void whatOnlyTheBootRecordOfAHybridDiskShowsIsKept() throws ImagingException {
        disk.entry(0, 0, 0, 0xEE, 1, 63).entry(0, 1, 0, 0x83, 60_000, 10_000).gpt().partition(0, 100, 5_000);
        assertThat(kept(60_000, 10_000)).isEqualTo(10_000);
        assertThat(kept(75_000, 5_000)).isZero();
        Device device = new MemoryDevice(disk.bytes);
        assertThat(reader.shortestDisk(device, table(device))).isGreaterThan(70_000 * 512L);
    }

    @Test
    void aProtectiveEntryIsNotTakenForContent() throws ImagingException {
        disk.protective().entry(0, 1, 0, 0x83, 100, 4_901).gpt().partition(0, 100, 5_000);
        assertThat(kept(20_000, 60_000)).isZero();
    }
}
