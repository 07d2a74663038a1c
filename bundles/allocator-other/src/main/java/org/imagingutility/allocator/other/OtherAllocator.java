package org.imagingutility.allocator.other;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/**
 * Names what is on a device by its signatures, and says that all of it is in use. What it names, and what it does not take for
 * a signature, is what libblkid and the kernel do: see the classes for each kind. Has no state.
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

    /** Returns the signatures in the order in which libblkid looks for them: what it would name comes first. */
    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        DeviceBytes bytes = new DeviceBytes(device);
        Found found = new Found();
        LinuxRaid.find(bytes, found);
        FirmwareRaid.find(bytes, found);
        Containers.find(bytes, found);
        Plain.findContainers(bytes, found);
        Swap.find(bytes, found);
        FileSystems.find(bytes, found);
        Discs.find(bytes, found);
        Zfs.find(bytes, found);
        UnixFileSystems.find(bytes, found);
        FileSystems.findLast(bytes, found);
        Plain.findFileSystems(bytes, found);
        if (found.isEmpty()) {
            Containers.findCopies(bytes, found);
            // where something is named, a place that cannot be read changes nothing: all blocks are taken as it is
            bytes.checkAllRead();
        }
        return found.all();
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        List<Signature> found = signatures(device);
        return found.isEmpty() ? Optional.empty() : Optional.of(new All(found.get(0).info(), device.length()));
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
