package org.imagingutility.api.partition;

/** What a partition is to its table. */
public enum PartitionRole {
    /** Stands in the table itself. */
    PRIMARY,
    /** Holds logical partitions and the boot records that describe them; no content of its own. */
    EXTENDED,
    /** Lies in an extended partition. */
    LOGICAL
}
