/**
 * Reads partition tables: the master boot record (MBR) with extended and logical partitions, the GUID partition table (GPT)
 * with its two copies, and hybrids of both.
 *
 * <p>The way to the answer: the first sector ({@code BootRecord}). With an entry of type 0xEE in it the disk has a GPT
 * ({@code GptReader}: {@code GptHeader}, {@code GptEntries}), and what else stands in the record is a second view of it.
 * Without one it is an MBR ({@code MbrReader}, {@code ExtendedChain}), unless the sector is the boot sector of a file system.
 *
 * <p>Facts on the layout are those of the UEFI specification, version 2.10, sections 5.2 ("LBA 0 Format") and 5.3 ("GUID
 * Partition Table (GPT) Disk Layout"). It says nothing of extended boot records: what is said of them here is what all
 * partitioning tools and operating systems do. All numbers on the disk are little endian and unsigned.
 *
 * <p>Refused is what cannot be gone by: a GPT both of whose copies are damaged. A single bad entry or the broken end of a chain
 * of extended boot records leaves the rest of the table sound: it is left out and told as a warning. What cannot be true
 * together (partitions that share sectors, or that hold the table) is told as a contradiction.
 */
package org.imagingutility.disk;
