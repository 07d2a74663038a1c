package org.imagingutility.api.allocator;

/**
 * What an allocator learned of the file system.
 *
 * @param fileSystem name as users know it ({@code NTFS 3.1}, {@code unknown})
 * @param label volume label, empty if none
 * @param serial volume serial number in the usual spelling, empty if none
 * @param clusterSize bytes of one cluster, or 0 if the word has no meaning here
 * @param clusterCount number of clusters, or 0
 */
public record FileSystemInfo(String fileSystem, String label, String serial, long clusterSize, long clusterCount) {
}
