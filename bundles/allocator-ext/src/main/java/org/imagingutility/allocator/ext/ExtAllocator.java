package org.imagingutility.allocator.ext;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/**
 * Recognises ext2, ext3 and ext4 and reads from their block bitmaps which blocks are in use. On a volume that was
 * not unmounted in order, has errors or a journal that was not replayed, what its inodes refer to counts as well, and what
 * its journal will write. Devices that hold
 * nothing but the journal of another volume are not recognised. Safe for use by several threads.
 */
@Component
public final class ExtAllocator implements Allocator {

    /** Creates the allocator. */
    public ExtAllocator() {
    }

    @Override
    public String name() {
        return "ext";
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        if (device.length() < Superblock.OFFSET + Superblock.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(device);
        if (OtherFormat.begins(reader.read(0, OtherFormat.LENGTH))) {
            return Optional.empty();
        }
        ByteBuffer bytes = reader.read(Superblock.OFFSET, Superblock.LENGTH);
        if (!Superblock.isExt(bytes)) {
            return Optional.empty();
        }
        Superblock volume = Superblock.parse(bytes, device.length(),
                new Place(reader.deviceName(), Superblock.OFFSET));
        return Optional.of(new VolumeScan(device, reader, volume).allocation());
    }
}
