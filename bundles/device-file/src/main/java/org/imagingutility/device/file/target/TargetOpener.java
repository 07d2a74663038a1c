package org.imagingutility.device.file.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.device.file.linux.BlockDevice;
import org.imagingutility.device.file.linux.BlockDevices;
import org.imagingutility.device.file.linux.DeviceNumber;
import org.imagingutility.device.file.linux.FileType;
import org.imagingutility.device.file.linux.LoopDevices;
import org.imagingutility.device.file.linux.UsageCheck;
import org.imagingutility.device.file.source.SourceOpener;
import org.imagingutility.file.io.Claims;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.system.OperatingSystem;
import org.imagingutility.file.io.Ownership;

/** Opens targets, or says why not. */
public final class TargetOpener {
    private static final String FORCE = "use --force to overwrite it";

    private final BlockDevices blockDevices;
    private final UsageCheck usage;
    private final LoopDevices loops;
    /** What this provider writes: partial files, and what is overwritten in place. */
    private final Claims claims = new Claims();

    public TargetOpener(BlockDevices blockDevices, UsageCheck usage) {
        this.blockDevices = blockDevices;
        this.usage = usage;
        this.loops = new LoopDevices(blockDevices);
    }

    public WritableDevice open(String reference, TargetOptions options) throws ImagingException {
        try {
            Path path = FilePaths.of(reference).toAbsolutePath();
            Ownership.requireOwnLink(reference, path);
            if (Files.notExists(path)) {
                return NewFileTarget.create(reference, newPath(reference, path), options.requiredLength(), false, claims);
            }
            Path existing = path.toRealPath();
            FileType type = FileType.of(existing);
            return switch (type) {
                case REGULAR -> openFile(reference, existing, options);
                case BLOCK_DEVICE -> openBlockDevice(reference, existing, options);
                case DIRECTORY -> throw refused(reference, "is a directory", "add a file name");
                case OTHER -> throw refused(reference, "is " + type + ", which cannot hold a device's content", null);
            };
        } catch (InvalidPathException e) {
            throw refused(reference, "is not a path: " + e.getReason(), null);
        } catch (IOException e) {
            throw IoErrors.creating(reference, e);
        }
    }

    /** Opens a target again that was parked: a new file under the name it has until it is complete, all else in place. */
    public WritableDevice reopen(String reference, TargetOptions options, String identity) throws ImagingException {
        try {
            Path path = FilePaths.of(reference).toAbsolutePath();
            Ownership.requireOwnLink(reference, path);
            boolean none = Files.notExists(path);
            Path existing = none ? newPath(reference, path) : path.toRealPath();
            if (none || FileType.of(existing) == FileType.REGULAR && Files.size(existing) == 0) {
                return NewFileTarget.reopen(reference, existing, options.requiredLength(), identity, claims);
            }
            if (!FileIdentity.of(existing).text().equals(identity)) {
                throw refused(reference, "is not what was parked", "start over");
            }
            return open(reference, options);
        } catch (InvalidPathException e) {
            throw refused(reference, "is not a path: " + e.getReason(), null);
        } catch (IOException e) {
            throw IoErrors.creating(reference, e);
        }
    }

    private static Path newPath(String reference, Path path) throws IOException, TargetException {
        if (Files.isSymbolicLink(path)) {
            throw refused(reference, "is a symbolic link to \"" + Files.readSymbolicLink(path)
                    + "\", which does not exist", "name the file itself");
        }
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw refused(reference, "names no file", null);
        }
        if (Files.notExists(parent)) {
            throw refused(reference, "the directory \"" + parent + "\" does not exist", "create it first");
        }
        if (!Files.isDirectory(parent)) {
            throw refused(reference, "\"" + parent + "\" is not a directory", null);
        }
        Path real = parent.toRealPath();
        if (OperatingSystem.isLinux() && real.startsWith("/dev") && !real.startsWith("/dev/shm")) {
            // a mistyped device name would otherwise become a file in the memory behind /dev
            throw refused(reference, "there is no such device", "look at the list of devices");
        }
        return real.resolve(name);
    }

    private WritableDevice openFile(String reference, Path path, TargetOptions options)
            throws IOException, ImagingException {
        checkUnused(reference, usage.useOf(path));
        if (Files.size(path) == 0) {
            return NewFileTarget.create(reference, path, options.requiredLength(), true, claims);
        }
        if (!options.force()) {
            throw refused(reference, "exists already and is not empty", FORCE);
        }
        return inPlace(reference, path, options, new InPlace(1, lock -> {
            requireType(lock, FileType.REGULAR);
            for (BlockDevice loop : loops.certainlyOver(lock.handle().path())) {
                lock.claim(loop.node(), DeviceNumber.parse(loop.number()));
            }
        }, length -> new DeviceInfo(reference, DeviceKind.FILE, length, SourceOpener.FILE_SECTOR_SIZE, "", Optional.empty(),
                List.of(), false)));
    }

    private WritableDevice openBlockDevice(String reference, Path node, TargetOptions options)
            throws IOException, ImagingException {
        Optional<BlockDevice> found = blockDevices.ofNode(node);
        if (found.isEmpty()) {
            throw refused(reference, "is a block device that sysfs does not know, so its use cannot be checked",
                    "mount /sys");
        }
        BlockDevice device = found.get();
        checkUnused(reference, usage.useOf(device));
        if (device.readOnly()) {
            throw refused(reference, "is write-protected", null);
        }
        if (!options.force()) {
            throw refused(reference, "is a block device, all on it would be lost", FORCE);
        }
        return inPlace(reference, node, options, new InPlace(device.sectorSize(), lock -> {
            requireType(lock, FileType.BLOCK_DEVICE);
            for (Path part : sharing(device)) {
                lock.add(part);
            }
            lock.claimTarget(node, DeviceNumber.parse(device.number()));
        }, length -> addressedInSmallestSectors(blockDevices.info(reference, device, length, List.of()))));
    }

    /** Returns what has bytes of the device under another name. */
    private static List<Path> sharing(BlockDevice device) throws IOException {
        List<Path> sharing = new ArrayList<>();
        for (BlockDevice partition : device.partitions()) {
            sharing.add(partition.node());
        }
        Optional<Path> behind = device.backingFile();
        if (behind.isPresent() && Files.isWritable(behind.get())) {
            sharing.add(behind.get().toRealPath());
        }
        return sharing;
    }

    /** Writes go through the page cache, which takes sectors of 512 bytes for a device with larger ones as well. */
    private static DeviceInfo addressedInSmallestSectors(DeviceInfo info) {
        return new DeviceInfo(info.reference(), info.kind(), info.length(), SourceOpener.FILE_SECTOR_SIZE, info.label(),
                info.parent(), info.mountPoints(), info.readOnly());
    }

    /** What is open has to be of the kind that was found under its name. */
    private static void requireType(TargetLock lock, FileType type) throws IOException {
        if (FileType.of(lock.handle().path()) != type) {
            throw new IOException("it was replaced just now");
        }
    }

    /** Keeps everybody off what shares bytes with a target. */
    private interface Protection {
        void of(TargetLock lock) throws IOException, TargetException;
    }

    /** Makes the description of a device of a given length in bytes. */
    private interface Description {
        DeviceInfo of(long length) throws IOException;
    }

    /**
     * How a target is overwritten in place.
     *
     * @param clearedUnit bytes the operating system makes holes of
     */
    private record InPlace(int clearedUnit, Protection protection, Description description) {
    }

    private WritableDevice inPlace(String reference, Path path, TargetOptions options, InPlace how)
            throws IOException, TargetException {
        TargetLock lock = TargetLock.open(reference, path, claims);
        try {
            how.protection.of(lock);
            long length = lock.channel().size();
            long required = options.requiredLength();
            if (length < required) {
                throw refused(reference, "holds " + length + " bytes, " + required + " are required: "
                        + (required - length) + " bytes too small", "choose a larger target");
            }
            return new InPlaceTarget(how.description.of(length), required, lock, how.clearedUnit);
        } catch (IOException | TargetException | RuntimeException | Error e) {
            closeAfter(lock, e);
            throw e;
        }
    }

    private static void closeAfter(TargetLock lock, Throwable cause) {
        try {
            lock.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void checkUnused(String reference, Optional<String> use) throws TargetException {
        if (use.isPresent()) {
            throw refused(reference, use.get(), "stop that use first (umount, swapoff), or choose another target");
        }
    }

    private static TargetException refused(String reference, String reason, String remedy) {
        return new TargetException(reference, -1, reason, remedy, null);
    }
}
