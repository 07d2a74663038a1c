package org.imagingutility.command.mount;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.command.text.ByteSizes;

/** Which part of a device is mounted: all of it if it has no partition table, else the only partition with a file system. */
final class PartitionChoice {
    private PartitionChoice() {
    }

    /**
     * Returns the partition; empty for the whole device.
     *
     * @throws UsageException if several would do, or none
     */
    static Optional<DiskListing.Content> of(String image, DiskListing listing) throws UsageException {
        if (listing.table().isEmpty() || listing.partitions().isEmpty()) {
            return Optional.empty();
        }
        List<DiskListing.Content> known = listing.partitions().stream().filter(each -> each.fileSystem().isPresent()).toList();
        if (known.size() == 1) {
            return Optional.of(known.get(0));
        }
        List<DiskListing.Content> offered = known.isEmpty() ? listing.partitions() : known;
        throw new UsageException("\"" + image + "\" is a disk with " + (known.isEmpty() ? "no file system that is known on its partitions "
                : known.size() + " file systems on its partitions ") + offered.stream().map(PartitionChoice::described).collect(Collectors.joining(", ")),
                "name the partition: --in " + image + "#" + offered.get(0).partition().number());
    }

    private static String described(DiskListing.Content content) {
        return content.partition().number() + " (" + content.fileSystem().map(known -> known.fileSystem() + ", ").orElse("")
                + ByteSizes.format(content.partition().length()) + ")";
    }

    /** Returns the options of {@code mount} that show this part of a device. */
    static String options(Optional<DiskListing.Content> choice, boolean blockDevice) {
        if (choice.isEmpty()) {
            return blockDevice ? "ro" : "ro,loop";
        }
        return "ro,loop,offset=" + choice.get().partition().offset() + ",sizelimit=" + choice.get().partition().length();
    }
}
