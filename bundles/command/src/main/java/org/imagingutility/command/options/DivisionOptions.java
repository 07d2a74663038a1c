package org.imagingutility.command.options;

import java.util.OptionalInt;
import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import picocli.CommandLine.Option;

/** How the division of a disk is taken. */
public final class DivisionOptions {
    @Option(names = "--unpartitioned", order = 10, paramLabel = "auto|all|ends", defaultValue = "auto",
            description = "What is kept of the space in no partition: auto all but ranges of more than 1 GiB in which, read to their "
                    + "end, nothing known is found; all everything; ends the first MiB of each range and the end of the disk. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Unpartitioned unpartitioned;

    @Option(names = "--sector-size", order = 11, paramLabel = "512|4096",
            description = "Bytes of the sectors the partition table counts in. If left out, table, device, or what lies on the "
                    + "partitions tells.")
    private Integer sectorSize;

    /** Returns what was asked for. */
    public Division division() {
        return new Division(unpartitioned, sectorSize == null ? OptionalInt.empty() : OptionalInt.of(sectorSize));
    }
}
