package org.imagingutility.allocator.other;

import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/**
 * Names what is on a device by its signature and says that all of it is in use. Has no state.
 */
@Component
public final class OtherAllocator implements Allocator {

    /** Creates the allocator. */
    public OtherAllocator() {
    }

    @Override
    public String name() {
        return "other";
    }

    @Override
    public boolean namesOnly() {
        return true;
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        AlignedReader reader = new AlignedReader(device);
        long length = device.length();
        return named(reader, length).map(info -> new All(info, length));
    }

    private static Optional<FileSystemInfo> named(AlignedReader reader, long length) throws ImagingException {
        Optional<FileSystemInfo> found = Signatures.atBegin(new Bytes(reader.read(0, (int) Math.min(length, Signatures.HEAD))));
        for (long place : RaidMember.placesAtEnd(length)) {
            if (found.isEmpty()) {
                found = RaidMember.name(new Bytes(reader.read(place, RaidMember.LENGTH)));
            }
        }
        return found;
    }

    /**
     * All of a device.
     *
     * @param info what is known
     * @param length bytes of the device
     */
    private record All(FileSystemInfo info, long length) implements Allocation {

        @Override
        public ExtentCursor extents() {
            return new WholeDevicePass(length);
        }
    }
}
