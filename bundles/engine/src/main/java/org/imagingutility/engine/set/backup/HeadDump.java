package org.imagingutility.engine.set.backup;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.set.file.AtomicFiles;
import org.imagingutility.engine.source.SourceDevices;
import org.imagingutility.engine.targets.SelfOverwriteCheck;

/** Copies the first bytes of a device, where its partition table stands, to a file as they are. */
public final class HeadDump {
    private HeadDump() {
    }

    /** Copies {@code bytes} bytes, or all if the device has less, and returns how many it were. */
    public static long copy(Plugins plugins, String reference, String target, long bytes, boolean overwrite)
            throws ImagingException {
        if (bytes < 1) {
            throw new UsageException("the number of bytes is " + bytes, "give at least 1: --bytes");
        }
        SelfOverwriteCheck.refuse(reference, target);
        try (Device device = SourceDevices.open(plugins, reference, notice -> { });
                ImageFile file = plugins.storeFor(target).create(target, new CreateOptions(overwrite, false))) {
            long length = Math.min(bytes, device.length());
            return AtomicFiles.filled(file, () -> copy(device, file, length));
        }
    }

    private static long copy(Device device, ImageFile file, long length) throws ImagingException {
        ByteBuffer block = CopyBuffers.allocate();
        for (long at = 0; at < length; at += CopyBuffers.LENGTH) {
            int wanted = (int) Math.min(CopyBuffers.LENGTH, length - at);
            // the device gives whole sectors
            int sectors = (wanted + device.sectorSize() - 1) / device.sectorSize() * device.sectorSize();
            device.read(at, block.clear().limit((int) Math.min(sectors, device.length() - at)));
            file.write(at, block.flip().limit(wanted));
        }
        return length;
    }
}
