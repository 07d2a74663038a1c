package org.imagingutility.command.options;

import org.imagingutility.api.job.BackupRequest.Division;
import org.imagingutility.api.job.BackupRequest.Unpartitioned;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the division of a disk is taken. */
public final class DivisionOptions {
    @Option(names = "--unpartitioned", order = 10, paramLabel = "auto|all|ends", defaultValue = "auto",
            description = "What is kept of the space in no partition: auto all but ranges of more than 1 GiB in which, read to their "
                    + "end, nothing known is found; all everything; ends the first MiB of each range and the end of the disk. "
                    + "Default: ${DEFAULT-VALUE}.")
    private Unpartitioned unpartitioned;

    @Mixin
    private SectorSizeOption sectorSize = new SectorSizeOption();

    /** Returns what was asked for. */
    public Division division() {
        return new Division(unpartitioned, sectorSize.value());
    }
}
