package org.imagingutility.disk;

import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;

/** What a table of a master boot record needs of a disk: room for what it points to. Nothing in it knows the disk's length. */
final class MbrFit {
    private MbrFit() {
    }

    /** Says whether a partition is but the place of a GPT. */
    static boolean isProtective(Partition entry) {
        return entry.type().equals("0xee");
    }

    static long shortestDisk(PartitionTable table) {
        // a partition that ends behind its disk has no true end
        return table.partitions().stream().filter(partition -> partition.end() <= table.diskLength())
                .mapToLong(Partition::end).max().orElse(table.sectorSize());
    }
}
