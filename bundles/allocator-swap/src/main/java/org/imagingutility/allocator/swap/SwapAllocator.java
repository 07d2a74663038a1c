package org.imagingutility.allocator.swap;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.Signature;
import org.imagingutility.api.allocator.TransientFile;
import org.imagingutility.api.allocator.WholeDevicePass;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.osgi.service.component.annotations.Component;

/**
 * Knows swap areas of Linux. All of an area is in use, and what was paged out to it need not be kept: a system that starts finds
 * an empty area of the same label and UUID. Areas of other versions and byte orders, and those that a system sleeps in, are not
 * known here. Has no state.
 */
@Component
public final class SwapAllocator implements Allocator {

    /** Creates the allocator. */
    public SwapAllocator() {
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public List<Signature> signatures(Device device) throws ImagingException {
        return SwapHeader.read(new AlignedReader(device)).map(header -> List.of(new Signature(header.info(), Signature.Kind.FILE_SYSTEM,
                header.pageSize() - 10))).orElse(List.of());
    }

    @Override
    public Optional<Allocation> recognise(Device device) throws ImagingException {
        Optional<SwapHeader> header = SwapHeader.read(new AlignedReader(device));
        if (header.isPresent() && header.get().end() > device.length()) {
            throw new FileSystemException(device.info().reference(), SwapHeader.LAST_PAGE_AT, "the swap area has " + header.get().end()
                    + " bytes by its header, the device has " + device.length(), "image all blocks: --all-blocks");
        }
        return header.map(found -> new SwapArea(found, device.length()));
    }

    /**
     * All of a device with a swap area.
     *
     * @param header its header
     * @param deviceLength bytes of the device
     */
    private record SwapArea(SwapHeader header, long deviceLength) implements Allocation {

        @Override
        public FileSystemInfo info() {
            return header.info();
        }

        @Override
        public ExtentCursor extents() {
            return new WholeDevicePass(deviceLength);
        }

        @Override
        public List<TransientFile> transientFiles() {
            return List.of(new TransientFile("swap space", new ExtentList.Builder()
                    .add(header.pageSize(), header.end() - header.pageSize()).build()));
        }

        @Override
        public ExtentList telltale() {
            return new ExtentList.Builder().add(0, header.pageSize()).build();
        }
    }
}
