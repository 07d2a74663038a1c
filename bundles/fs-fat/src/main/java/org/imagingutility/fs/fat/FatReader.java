package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads the FATs that count from begin to end, holding one block of each. A FAT that cannot be read does not hinder as
 * long as there is another. For one thread.
 */
public final class FatReader {
    private final Layout layout;
    /** One for each FAT, as its buffer holds the block. */
    private final List<AlignedReader> readers = new ArrayList<>();
    private final UseBlock block;

    /** Creates a reader of the FATs on {@code device}. */
    public FatReader(Device device, Layout layout) {
        this.layout = layout;
        layout.fatOffsets().forEach(fat -> readers.add(new AlignedReader(device)));
        this.block = new UseBlock(layout.type(), layout.entryCount());
    }

    /**
     * Returns the first cluster from {@code from} on that is in use (or not), or the one behind the last if none is.
     */
    public long find(boolean inUse, long from) throws ImagingException {
        long at = from;
        while (at < layout.entryCount()) {
            if (!block.has(at)) {
                load(at / UseBlock.ENTRIES * UseBlock.ENTRIES);
            }
            at = block.find(inUse, at);
            if (at < block.end()) {
                return at;
            }
        }
        return at;
    }

    /** Returns how many FATs count. */
    public int count() {
        return readers.size();
    }

    /** Reads entry {@code entry} of FAT {@code fat}, counted among those that count. */
    public int entry(int fat, long entry) throws ImagingException {
        FatType type = layout.type();
        // with FAT12 from an even entry on, as they come in pairs
        int odd = (int) (entry % 2);
        return type.entry(read(fat, entry - odd, 2), odd);
    }

    /** Says whether {@code entry} of one of the FATs passes {@code test}; those that cannot be read do not, unless all. */
    public boolean any(long entry, IntPredicate test) throws ImagingException {
        boolean read = false;
        DeviceException failure = null;
        for (int fat = 0; fat < readers.size(); fat++) {
            try {
                if (test.test(entry(fat, entry))) {
                    return true;
                }
                read = true;
            } catch (DeviceException e) {
                failure = e;
            }
        }
        if (!read) {
            throw failure;
        }
        return false;
    }

    /** Reads entries {@code [first, first + count)} of one FAT; {@code first} is even. Valid until the FAT's next read. */
    public ByteBuffer read(int fat, long first, int count) throws ImagingException {
        return readers.get(fat).read(layout.fatOffsets().get(fat) + layout.type().byteOf(first),
                (int) layout.type().bytesFor(count));
    }

    private void load(long first) throws ImagingException {
        int count = (int) Math.min(layout.entryCount() - first, UseBlock.ENTRIES);
        block.reset(first, count);
        ByteBuffer before = null;
        DeviceException failure = null;
        for (int fat = 0; fat < readers.size(); fat++) {
            try {
                ByteBuffer bytes = read(fat, first, count);
                if (before == null || before.mismatch(bytes) >= 0) {
                    block.add(bytes);
                }
                before = bytes;
            } catch (DeviceException e) {
                failure = e;
            }
        }
        if (before == null) {
            // nothing was read, so nothing must be found in this block
            block.reset(first, 0);
            throw failure;
        }
    }
}
