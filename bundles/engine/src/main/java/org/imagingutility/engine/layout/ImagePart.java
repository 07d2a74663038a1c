package org.imagingutility.engine.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.probe.DiskInspector;
import org.imagingutility.engine.read.ImageDevice;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.source.DiskTable;
import org.imagingutility.engine.source.PartitionDevice;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.source.SourceDevices;

/**
 * What of an image is read: all of it, or one partition of the disk that it was made of, which {@code IMAGE#N} names.
 *
 * @param image reference of the image
 * @param partition the partition, which lies on the device in whole sectors; empty for all of the device
 */
public record ImagePart(String image, Optional<Partition> partition) {

    /** Finds out what {@code reference} names: what is an image as it stands is one; else a number behind {@code #} is that of a partition. */
    public static ImagePart of(JobPlugins plugins, String reference) throws ImagingException {
        Optional<PartitionReference> part = PartitionReference.of(reference);
        if (part.isEmpty()) {
            return new ImagePart(reference, Optional.empty());
        }
        OpenImage opened;
        try {
            opened = OpenImage.open(plugins, part.get().disk());
        } catch (UsageException | ImageFormatException | ImageReadException | NotPermittedException | TargetException e) {
            // no image in front of the number: an image in a repository may have one for its name
            return new ImagePart(reference, Optional.empty());
        }
        try (OpenImage image = opened; Device device = new ImageDevice(plugins, part.get().disk(), image.reader())) {
            DiskTable table = DiskTable.find(plugins, device, OptionalInt.empty()).orElseThrow(() -> new DeviceException(reference, -1, "\""
                    + part.get().disk() + "\" has no partition table", "leave #" + part.get().number() + " away", null));
            Partition partition = SourceDevices.partition(part.get(), table.table());
            PartitionDevice.of(device, table.table(), partition);
            return new ImagePart(part.get().disk(), Optional.of(partition));
        }
    }

    /** Looks at the disk that an image was made of: its partitions, and what is on them; only the one that {@code IMAGE#N} names. */
    public static DiskListing disk(JobPlugins plugins, String reference) throws ImagingException {
        ImagePart part = of(plugins, reference);
        try (OpenImage image = OpenImage.open(plugins, part.image()); Device device = new ImageDevice(plugins, part.image(), image.reader())) {
            DiskListing disk = DiskInspector.of(plugins, device, OptionalInt.empty());
            return part.isWhole() ? disk : new DiskListing(disk.device(), disk.table(), disk.partitions().stream()
                    .filter(content -> content.partition().equals(part.partition().get())).toList(), disk.fileSystem(), disk.problem());
        }
    }

    /** Says whether all of the device is meant. */
    public boolean isWhole() {
        return partition.isEmpty();
    }

    /** Returns its first byte on the device. */
    public long offset() {
        return partition.map(Partition::offset).orElse(0L);
    }

    /** Returns the first byte behind it on the device of the image. */
    public long end(ImageSpec spec) {
        return partition.map(Partition::end).orElse(spec.deviceLength());
    }

    /** Returns how many bytes it has. */
    public long length(ImageSpec spec) {
        return end(spec) - offset();
    }

    /** Returns what users should know of what is done to a part only; nothing if all is meant. */
    public List<String> notice(String done) {
        return partition.map(part -> List.of("only partition " + part.number() + " of \"" + image + "\" is " + done + ", bytes " + part.offset()
                + " to " + (part.end() - 1) + " of the disk")).orElse(List.of());
    }
}
