package org.imagingutility.engine.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.partition.DiskAround;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.TableWrite;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.read.ImageDevice;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.source.DiskTable;
import org.imagingutility.engine.view.Layout.Origin;
import org.imagingutility.engine.view.Layout.Region;

/** Puts a partition table around a volume, so that those who only know disks take it. */
final class DiskShape {
    private static final int MOST_SECTOR = 4096;
    private static final int USUAL_SECTOR = 512;

    private DiskShape() {
    }

    /**
     * Returns the content as a disk.
     *
     * @throws UsageException if it is one already, or no plug-in makes partition tables
     */
    static OpenContent around(JobPlugins plugins, String reference, OpenContent volume) throws ImagingException {
        refuseDisk(plugins, reference, volume);
        int sectorSize = volume.sectorSize() > MOST_SECTOR ? USUAL_SECTOR : volume.sectorSize();
        String allocator = volume.images().isEmpty() ? "" : allocator(volume.images().get(0));
        Optional<DiskAround> made = plugins.ask(plugins.partitionTables(), "a table around " + reference,
                reader -> reader.around(volume.layout().length(), sectorSize, allocator, volume.identity()));
        DiskAround disk = made.orElseThrow(() -> new UsageException("no installed plug-in makes partition tables",
                "install the bundle org.imagingutility.disk"));
        List<byte[]> arrays = new ArrayList<>();
        List<Region> frame = new ArrayList<>();
        for (TableWrite write : disk.writes()) {
            byte[] bytes = new byte[write.bytes().remaining()];
            write.bytes().get(bytes);
            frame.add(new Region(write.offset(), bytes.length, Origin.BYTES, arrays.size(), 0));
            arrays.add(bytes);
        }
        return new OpenContent(volume.layout().within(disk.diskLength(), disk.volumeOffset(), frame), volume.images(), volume.files(),
                List.copyOf(arrays), sectorSize, volume.identity() + " as a disk", volume.owner());
    }

    private static String allocator(OpenImage image) {
        Metadata statistics = image.reader().info().statistics();
        return statistics.text("allocator").orElse("");
    }

    private static void refuseDisk(JobPlugins plugins, String reference, OpenContent volume) throws ImagingException {
        if (volume.identity().startsWith("set ") && !volume.identity().contains("#")) {
            throw isDisk(reference);
        }
        if (volume.images().size() == 1 && volume.layout().length() == volume.images().get(0).reader().info().spec().deviceLength()) {
            try (ImageDevice device = new ImageDevice(plugins, reference, volume.images().get(0).reader())) {
                Optional<PartitionTable> table = DiskTable.read(plugins, device).map(DiskTable::table);
                if (table.isPresent() && !table.get().partitions().isEmpty()) {
                    throw isDisk(reference);
                }
            }
        }
    }

    private static UsageException isDisk(String reference) {
        return new UsageException("\"" + reference + "\" is a disk already", "leave --as-disk away");
    }
}
