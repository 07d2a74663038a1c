package org.imagingutility.allocator.btrfs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.SuperblockParser;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/**
 * Recognises devices of btrfs file systems and reads from the extent tree which bytes of them are in use. A device whose
 * superblock is damaged is refused, one whose superblock is lost is not recognised, since no driver mounts either; a copy of a
 * lost superblock is named. Safe for use by several threads.
 */
@Component
public final class BtrfsAllocator implements Allocator {

    /** Creates the allocator. */
    public BtrfsAllocator() {
    }

    @Override
    public String name() {
        return "btrfs";
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        if (device.length() < Superblock.OFFSET + Superblock.LENGTH) {
            return Optional.empty();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer bytes = reader.read(Superblock.OFFSET, Superblock.LENGTH);
        if (!SuperblockParser.hasMagic(bytes)) {
            return Optional.empty();
        }
        Superblock volume = SuperblockParser.parse(bytes, device.length(), new Place(reader.deviceName(), Superblock.OFFSET));
        return Optional.of(new VolumeScan(device, volume).allocation());
    }

    /** Returns what the superblock claims, as libblkid takes it; or that it is lost, where only a copy of it is there. */
    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        if (device.length() < Superblock.OFFSET + Superblock.LENGTH) {
            return List.of();
        }
        AlignedReader reader = new AlignedReader(device);
        ByteBuffer bytes = reader.read(Superblock.OFFSET, Superblock.LENGTH);
        if (!SuperblockParser.hasMagic(bytes)) {
            return SuperblockCopies.newest(device).map(copy -> List.of(Signature.nearMiss("btrfs",
                    copy.offset() + Superblock.MAGIC_AT, "byte " + (Superblock.OFFSET + Superblock.MAGIC_AT)
                    + ": the superblock is lost, a copy of generation " + copy.generation() + " is at byte " + copy.offset()
                    + " (btrfs rescue super-recover)"))).orElse(List.of());
        }
        Optional<String> flaw = SuperblockParser.flaw(bytes, new Place(reader.deviceName(), Superblock.OFFSET));
        FileSystemInfo info = SuperblockParser.claimedInfo(bytes);
        long at = Superblock.OFFSET + Superblock.MAGIC_AT;
        return List.of(flaw.isPresent() ? Signature.nearMiss(info.fileSystem(), at, flaw.get())
                : new Signature(info, Signature.Kind.FILE_SYSTEM, at));
    }
}
