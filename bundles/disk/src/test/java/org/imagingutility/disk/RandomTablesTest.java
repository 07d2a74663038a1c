package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;

/** Tables of any shape, against a list of what was written. */
class RandomTablesTest {

    /** Each pair of numbers is the free space before a partition and its length, in sectors. */
    @Property(tries = 200)
    void readsEveryPartitionOfAGpt(@ForAll @Size(max = 20) List<@IntRange(min = 1, max = 60) Integer> numbers,
            @ForAll boolean large) throws ImagingException {
        int sectorSize = large ? 4096 : 512;
        DiskBuilder disk = new DiskBuilder(1400, sectorSize).protective().gpt();
        List<String> written = new ArrayList<>();
        long sector = 34;
        for (int i = 0; i + 1 < numbers.size(); i += 2) {
            long first = sector + numbers.get(i);
            sector = first + numbers.get(i + 1);
            disk.partition(i, first, sector - 1);
            written.add((i + 1) + ":" + first * sectorSize + "-" + sector * sectorSize);
        }
        assertThat(shapes(disk.read().orElseThrow())).isEqualTo(written);
    }

    @Property(tries = 200)
    void readsEveryLogicalPartition(@ForAll @Size(max = 30) List<@IntRange(min = 2, max = 60) Integer> lengths)
            throws ImagingException {
        DiskBuilder disk = new DiskBuilder(2100, 512).entry(0, 3, 0, 0x0F, 10, 2080).signRecord(10);
        List<String> written = new ArrayList<>(List.of("4:" + 10 * 512 + "-" + 2090 * 512));
        int record = 10;
        for (int i = 0; i < lengths.size(); i++) {
            int length = lengths.get(i);
            disk.entry(record, 0, 0, 0x83, 1, length - 1);
            written.add((5 + i) + ":" + (record + 1) * 512 + "-" + (record + length) * 512);
            if (i + 1 < lengths.size()) {
                disk.entry(record, 1, 0, 5, record + length - 10, lengths.get(i + 1));
            }
            record += length;
        }
        assertThat(shapes(disk.read().orElseThrow())).isEqualTo(written);
    }

    private static List<String> shapes(PartitionTable table) {
        return table.partitions().stream().map(p -> p.number() + ":" + p.offset() + "-" + p.end()).toList();
    }
}
