package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.mft.MftScan;
import org.imagingutility.allocator.ntfs.mft.RangeIndex;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.mft.MftTable;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;

/** Going through the table: in large blocks, and past what cannot be read. */
class MftScanTest {
    private static final long SEED = RandomSeed.get();
    private static final int LONG_TABLE = 200;
    private static final Place VOLUME = Place.start("volume", null);

    private final VolumeBuilder volume = new VolumeBuilder();

    @Test
    void readsALongTableInBlocksAndOnlyOnce() throws ImagingException {
        CountingDevice device = longTable();
        long last = LONG_TABLE * 1024L - 1;
        volume.put((int) last, (int) last, Records.fileName(Records.reference(5), 3, "last"),
                Records.nonResident(Attribute.DATA, 0, List.of(new Run(90_000, 3)), 4096, 12_000, 3));
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        device.resetCounts();

        assertThat(allocation.filesIn(range(90_001 * 4096L, 4096), 10))
                .containsExactly(new TouchedFile("\\last", 4096));
        assertThat(device.longestRead()).isEqualTo(MftScan.BLOCK_LENGTH);
        assertThat(device.bytesRead()).isLessThan((LONG_TABLE << 20) + (64 << 10));
        assertThat(device.readCount()).isLessThan(LONG_TABLE + 10);
    }

    @Test
    void endsSoonWhereNothingCanBeRead() throws ImagingException {
        CountingDevice device = longTable();
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        device.makeUnreadable(0, device.length());
        assertThat(allocation.filesIn(range(1000 * 4096L, 4096), 10)).extracting(TouchedFile::path)
                .containsExactly("$LogFile", "$MFT", "$MFTMirr", "$Volume");
        assertThat(device.failedReads()).isLessThan(LONG_TABLE + 2 * MftScan.MAX_FAILED_READS + 10);
    }

    @Test
    void asksAFewTimesOnlyForARangeThatIsKnownToBeUnreadable() throws ImagingException {
        CountingDevice device = longTable();
        Allocation allocation = new NtfsAllocator().recognise(device).orElseThrow();
        long from = 1000 * 4096L + (1 << 20) + 4096;
        for (int record : new int[] {1028, 1031, 1432}) {
            volume.put(record, record, Records.fileName(Records.reference(5), 3, "file " + record),
                    Records.nonResident(Attribute.DATA, 0, List.of(new Run(90_000 + record, 1)), 4096, 4096, 1));
        }
        // records 1028 to 1431
        ExtentList bad = new ExtentList.Builder().add(from, 404 << 10).add(91_432 * 4096L, 4096).build();
        device.makeUnreadable(from, 404 << 10);
        List<TouchedFile> files = allocation.filesIn(bad, 1000);
        assertThat(device.failedReads()).isLessThan(5);
        assertThat(files).hasSize(406).contains(new TouchedFile("$MFT record 1028", 0),
                new TouchedFile("$MFT record 1431", 0), new TouchedFile("\\file 1432", 4096));
    }

    @Test
    void givesUpNoRecordButThoseThatCannotBeRead() throws ImagingException {
        Random random = new Random(SEED);
        volume.clusters(512, 20_000);
        for (int round = 0; round < 300; round++) {
            int deviceSector = random.nextBoolean() ? 512 : 4096;
            List<Run> runs = runs(random);
            RunList list = new RunList(20_000);
            Attribute.NonResident piece = (Attribute.NonResident) Attribute.parse(ByteBuffer.wrap(
                    Arrays.copyOf(Records.nonResident(Attribute.DATA, 0, runs, 512, 0, 0), 4096))
                    .order(ByteOrder.LITTLE_ENDIAN), 0, 4096, VOLUME);
            list.append(piece, "the table");
            SparseBytes bytes = new SparseBytes();
            MftTable table = new MftTable(new DataStream(VOLUME, 512, list), 1024, list.length() / 2);
            for (long cluster = 0; cluster < list.length(); cluster++) {
                bytes.writeLong(table.stream().deviceOffset(cluster * 512), cluster);
            }
            CountingDevice device = new CountingDevice(20_000 * 512, deviceSector, bytes);
            long badSector = random.nextLong(device.length() / deviceSector - 5);
            if (random.nextInt(4) > 0) {
                badSector = table.stream().deviceOffset(random.nextLong(table.recordCount() * 1024)) / deviceSector;
            }
            ExtentList bad = range(badSector * deviceSector, (1 + random.nextInt(4)) * (long) deviceSector);
            device.makeUnreadable(bad.offset(0), bad.length(0));
            String what = "round " + round + " of seed " + SEED;
            assertPassesOver(bad, ExtentList.empty(), table, device, what);
            assertPassesOver(bad, bad, table, device, what);
            assertPassesOver(bad, range(0, device.length()), table, device, what);
        }
    }

    private static void assertPassesOver(ExtentList bad, ExtentList suspects, MftTable table, CountingDevice device,
            String what) throws ImagingException {
        RangeIndex index = new RangeIndex(bad);
        TreeSet<Long> expected = new TreeSet<>();
        for (long record = 0; record < table.recordCount(); record++) {
            if (index.overlap(table.stream(), table.position(record), 1024) > 0) {
                expected.add(record);
            }
        }
        TreeSet<Long> unreadable = new TreeSet<>();
        List<Long> read = new ArrayList<>();
        new MftScan(new AlignedReader(device), table, new RangeIndex(suspects)).run(new MftScan.Visitor() {
            @Override
            public void record(long number, byte[] bytes, int at) {
                read.add(number);
                assertThat(bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8).as(what).isEqualTo((int) (2 * number));
                assertThat(bytes[at + 512] & 0xFF | (bytes[at + 513] & 0xFF) << 8).as(what)
                        .isEqualTo((int) (2 * number + 1));
            }

            @Override
            public void unreadable(long number) {
                unreadable.add(number);
            }
        });
        assertThat(unreadable).as(what).isEqualTo(expected);
        // sorted and as many as are left: each of the others once
        assertThat(read).as(what).hasSize((int) table.recordCount() - unreadable.size()).isSorted()
                .doesNotHaveDuplicates().noneMatch(unreadable::contains);
    }

    private static List<Run> runs(Random random) {
        List<Run> runs = new ArrayList<>();
        long next = 10;
        for (int i = random.nextInt(30); i >= 0; i--) {
            long length = (runs.isEmpty() ? 2 : 1) + random.nextInt(random.nextBoolean() ? 3 : 200);
            runs.add(random.nextInt(runs.size() + 1), new Run(next, length));
            next += length + random.nextInt(20);
        }
        return runs;
    }

    private CountingDevice longTable() {
        volume.clusters(4096, 100_000);
        volume.mft = List.of(new Run(1000, LONG_TABLE * 256L));
        volume.bitmap = List.of(new Run(2, 4));
        volume.inUse.set(0, 100_000);
        return volume.build();
    }

    private static ExtentList range(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }
}
