package org.imagingutility.api.partition;

/** The kinds of partition tables. */
public enum PartitionTableKind {
    /** A master boot record, with extended boot records where there are logical partitions. */
    MBR,
    /** A GUID partition table behind a protective master boot record. */
    GPT,
    /** A GUID partition table whose master boot record shows some of the partitions once more; the former counts. */
    HYBRID
}
