package org.imagingutility.device.file.source;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.linux.BlockDevice;
import org.imagingutility.device.file.linux.BlockDevices;
import org.imagingutility.device.file.linux.FileType;
import org.imagingutility.device.file.linux.UsageCheck;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.RegularFiles;

/** Opens sources. */
public final class SourceOpener {
    /** The unit raw image files are addressed in; a file itself has no sectors. */
    public static final int FILE_SECTOR_SIZE = 512;

    private final BlockDevices blockDevices;
    private final UsageCheck usage;

    public SourceOpener(BlockDevices blockDevices, UsageCheck usage) {
        this.blockDevices = blockDevices;
        this.usage = usage;
    }

    public Device open(String reference) throws ImagingException {
        try {
            Path path = FilePaths.of(reference);
            if (Files.notExists(path)) {
                throw refused(reference, "there is no such file or device", null);
            }
            FileType type = FileType.of(path);
            return switch (type) {
                case REGULAR -> openFile(reference, path);
                case BLOCK_DEVICE -> openBlockDevice(reference, path);
                case DIRECTORY -> throw refused(reference, "is a directory", "name a raw image file or a device");
                case OTHER -> throw refused(reference, "is " + type + ", which cannot be imaged", null);
            };
        } catch (InvalidPathException e) {
            throw refused(reference, "is not a path: " + e.getReason(), null);
        } catch (IOException e) {
            throw IoErrors.opening(reference, e);
        }
    }

    private Device openFile(String reference, Path path) throws IOException, DeviceException {
        return opened(reference, path, FileType.REGULAR, (file, length) -> new DeviceInfo(reference, DeviceKind.FILE, length,
                FILE_SECTOR_SIZE, "", Optional.empty(), usage.mountPoints(path), !Files.isWritable(path)));
    }

    private Device openBlockDevice(String reference, Path path) throws IOException, DeviceException {
        return opened(reference, path, FileType.BLOCK_DEVICE, (file, length) -> {
            Optional<BlockDevice> device = blockDevices.ofNode(file.path());
            if (device.isEmpty()) {
                throw refused(reference, "is a block device that sysfs does not know", "mount /sys");
            }
            return blockDevices.info(reference, device.get(), length, usage.mountPoints(device.get()));
        });
    }

    /** Makes the description of an open device of a given length in bytes. */
    private interface Description {
        DeviceInfo of(Handle file, long length) throws IOException, DeviceException;
    }

    private static Device opened(String reference, Path path, FileType type, Description description)
            throws IOException, DeviceException {
        FileChannel channel = type == FileType.REGULAR ? RegularFiles.open(path, StandardOpenOption.READ)
                : FileChannel.open(path, StandardOpenOption.READ);
        try {
            Optional<Handle> handle = Handle.of(channel, path);
            if (handle.isEmpty() || FileType.of(handle.get().path()) != type) {
                throw refused(reference, "was replaced just now", "stop what replaces it, and start over");
            }
            long length = channel.size();
            if (length == 0) {
                throw refused(reference, "has no bytes", null);
            }
            return new SourceDevice(description.of(handle.get(), length), handle.get(), channel);
        } catch (IOException | DeviceException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static DeviceException refused(String reference, String reason, String remedy) {
        return new DeviceException(reference, -1, reason, remedy, null);
    }
}
