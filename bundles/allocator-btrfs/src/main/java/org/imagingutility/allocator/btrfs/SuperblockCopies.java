package org.imagingutility.allocator.btrfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.SuperblockParser;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/** The copies of a superblock, of which drivers read none, but tools that repair. */
final class SuperblockCopies {
    private SuperblockCopies() {
    }

    /**
     * A copy that is sound.
     *
     * @param offset byte of the device
     * @param generation number of the transaction that wrote it
     * @param fsid UUID of the file system
     */
    record Copy(long offset, long generation, UUID fsid) {
    }

    /** Returns the copies that are sound. One that cannot be read is missing as one that was overwritten. */
    static List<Copy> sound(Device device) throws ImagingException {
        AlignedReader reader = new AlignedReader(device);
        List<Copy> found = new ArrayList<>();
        for (long offset : Superblock.places()) {
            if (offset == Superblock.OFFSET || offset > device.length() - Superblock.LENGTH) {
                continue;
            }
            try {
                ByteBuffer bytes = reader.read(offset, Superblock.LENGTH);
                if (SuperblockParser.isSound(bytes, offset)) {
                    found.add(new Copy(offset, SuperblockParser.generation(bytes), SuperblockParser.fsid(bytes)));
                }
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
            }
        }
        return found;
    }

    /** Returns the one that was written last. */
    static Optional<Copy> newest(Device device) throws ImagingException {
        return sound(device).stream().max(Comparator.comparing(Copy::generation, Long::compareUnsigned));
    }
}
