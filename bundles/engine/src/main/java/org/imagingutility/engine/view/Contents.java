package org.imagingutility.engine.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.read.ImageDevice;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.source.DiskTable;
import org.imagingutility.engine.view.Layout.Origin;

/** Opens single images: the whole device, or one partition of a disk. */
final class Contents {
    private Contents() {
    }

    /** Closes several things, the last one first; keeps the first error and attaches the others. */
    static final class Closer implements ContentKeeper.Kept {
        private final Deque<ContentKeeper.Kept> open = new ArrayDeque<>();

        <T extends ContentKeeper.Kept> T add(T closing) {
            open.push(closing);
            return closing;
        }

        @Override
        public void close() throws ImagingException {
            ImagingException first = null;
            for (ContentKeeper.Kept each = open.poll(); each != null; each = open.poll()) {
                try {
                    each.close();
                } catch (ImagingException e) {
                    if (first == null) {
                        first = e;
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        }

        /** Closes all because of {@code error}, which is thrown then. */
        void after(Throwable error) {
            try {
                close();
            } catch (ImagingException closing) {
                error.addSuppressed(closing);
            }
        }
    }

    /**
     * Opens an image.
     *
     * @param before what it said of itself when it was opened first; empty for the first time
     * @param partition number of a partition of the disk that the image is of
     */
    static OpenContent image(JobPlugins plugins, String reference, Optional<ImageInfo> before, OptionalInt partition)
            throws ImagingException {
        OpenImage image = before.isPresent() ? OpenImage.reopen(plugins, before.get(), reference, false)
                : OpenImage.open(plugins, reference);
        try {
            ImageInfo info = image.reader().info();
            long length = info.spec().deviceLength();
            Layout whole = new Layout.Builder(length).put(0, length, Origin.IMAGE, 0, 0).build();
            Layout layout = partition.isEmpty() ? whole : partition(plugins, reference, image, whole, partition.getAsInt());
            return new OpenContent(layout, List.of(image), List.of(), List.of(), info.spec().sectorSize(), identity(info), image::close);
        } catch (ImagingException | RuntimeException | Error e) {
            Closer closer = new Closer();
            closer.add(image::close);
            closer.after(e);
            throw e;
        }
    }

    /** Returns what tells an image from any other, as far as its format has anything. */
    static String identity(ImageInfo info) {
        return info.formatName() + " " + info.spec().deviceLength() + " " + info.spec().created() + " " + info.digests().image();
    }

    private static Layout partition(Plugins plugins, String reference, OpenImage image, Layout whole, int number) throws ImagingException {
        try (Device disk = new ImageDevice(plugins, reference, image.reader())) {
            Optional<PartitionTable> table = DiskTable.find(plugins, disk, OptionalInt.empty()).map(DiskTable::table);
            if (table.isEmpty()) {
                throw new UsageException("\"" + reference + "\" is no image of a disk: there is no partition table in it, so no partition "
                        + number, "leave #" + number + " away");
            }
            Optional<Partition> found = table.get().partition(number);
            if (found.isEmpty()) {
                throw new UsageException("the disk in \"" + reference + "\" has no partition " + number + " (it has "
                        + String.join(", ", table.get().partitions().stream().map(each -> Integer.toString(each.number())).toList())
                        + ")", null);
            }
            if (found.get().end() > whole.length()) {
                throw new ImageFormatException(reference, -1, "partition " + number + " ends behind the disk", null);
            }
            return whole.slice(found.get().offset(), found.get().length());
        }
    }
}
