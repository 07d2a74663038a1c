package org.imagingutility.engine.guard;

import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.partition.DiskAround;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableReader;
import org.imagingutility.api.partition.TableFit;
import org.imagingutility.api.partition.TableWrite;

/** Guards a {@link PartitionTableReader}. */
public final class CheckedPartitionTableReader implements PartitionTableReader {
    private final GuardedPlugin plugin;
    private final PartitionTableReader reader;

    /** Creates the guard; asks the plug-in nothing. */
    public CheckedPartitionTableReader(GuardedPlugin plugin, PartitionTableReader reader) {
        this.plugin = plugin;
        this.reader = reader;
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Optional<PartitionTable> read(Device device) throws ImagingException {
        try {
            Optional<PartitionTable> table = plugin.present("PartitionTableReader.read", reader.read(device));
            if (table.isPresent() && table.get().diskLength() != device.length()) {
                throw plugin.violated("PartitionTableReader.read", "returned a table for a disk of " + table.get().diskLength()
                        + " bytes, the device has " + device.length());
            }
            return table;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("PartitionTableReader.read", e);
        }
    }

    @Override
    public ExtentList essentials(Device disk, PartitionTable table) throws ImagingException {
        try {
            ExtentList kept = plugin.present("PartitionTableReader.essentials", reader.essentials(disk, table));
            checkEnd("PartitionTableReader.essentials", kept, disk.length());
            return kept;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("PartitionTableReader.essentials", e);
        }
    }

    @Override
    public ExtentList structures(Device disk, PartitionTable table) throws ImagingException {
        try {
            ExtentList places = plugin.present("PartitionTableReader.structures", reader.structures(disk, table));
            checkEnd("PartitionTableReader.structures", places, disk.length());
            return places;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("PartitionTableReader.structures", e);
        }
    }

    @Override
    public long shortestDisk(Device disk, PartitionTable table) throws ImagingException {
        try {
            return plugin.inRange("PartitionTableReader.shortestDisk", reader.shortestDisk(disk, table), 0, Long.MAX_VALUE);
        } catch (RuntimeException | Error e) {
            throw plugin.failed("PartitionTableReader.shortestDisk", e);
        }
    }

    @Override
    public TableFit fit(Device disk, PartitionTable table, long length) throws ImagingException {
        try {
            TableFit fit = plugin.present("PartitionTableReader.fit", reader.fit(disk, table, length));
            for (TableWrite write : fit.writes()) {
                plugin.inRange("PartitionTableReader.fit", write.offset(), 0, length - write.bytes().remaining());
            }
            checkEnd("PartitionTableReader.fit", fit.obsolete(), disk.length());
            return fit;
        } catch (RuntimeException | Error e) {
            throw plugin.failed("PartitionTableReader.fit", e);
        }
    }

    @Override
    public Optional<DiskAround> around(long volumeLength, int sectorSize, String allocator, String identity) {
        String call = "PartitionTableReader.around";
        try {
            Optional<DiskAround> made = plugin.present(call, reader.around(volumeLength, sectorSize, allocator, identity));
            if (made.isPresent()) {
                long volumeEnd = made.get().volumeOffset() + volumeLength;
                plugin.inRange(call, volumeEnd, 0, made.get().diskLength());
                for (TableWrite write : made.get().writes()) {
                    long end = plugin.inRange(call, write.offset() + write.bytes().remaining(), write.offset(), made.get().diskLength());
                    if (end > made.get().volumeOffset() && write.offset() < volumeEnd) {
                        throw plugin.violated(call, "returned bytes that lie in the volume");
                    }
                }
            }
            return made;
        } catch (PluginException | RuntimeException | Error e) {
            throw plugin.carried(call, e);
        }
    }

    private void checkEnd(String call, ExtentList ranges, long length) throws PluginException {
        if (ranges.count() > 0 && ranges.end(ranges.count() - 1) > length) {
            throw plugin.violated(call, "returned " + ranges + ", which ends behind the disk (" + length + " bytes)");
        }
    }
}
