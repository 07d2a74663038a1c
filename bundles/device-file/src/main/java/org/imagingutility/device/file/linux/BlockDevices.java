package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.channel.IoErrors;

/** Finds the block devices of Linux; other systems have none here. */
public final class BlockDevices {
    private final Optional<Path> sys;
    private final MountTable mounts;

    public BlockDevices(Optional<Path> sys, MountTable mounts) {
        this.sys = sys;
        this.mounts = mounts;
    }

    /** Returns the device of a device node, if sysfs knows it. */
    public Optional<BlockDevice> ofNode(Path node) throws IOException {
        if (sys.isEmpty()) {
            return Optional.empty();
        }
        Path entry = sys.get().resolve("dev/block").resolve(DeviceNumber.of(node).toString());
        return Files.exists(entry) ? Optional.of(new BlockDevice(entry.toRealPath())) : Optional.empty();
    }

    /** Returns all block devices, in no particular order. */
    List<BlockDevice> all() throws IOException {
        List<BlockDevice> all = new ArrayList<>();
        Path folder = sys.map(root -> root.resolve("class/block")).orElse(null);
        if (folder == null || !Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                // what was unplugged since the folder was listed is no device any more
                if (Files.exists(entry)) {
                    all.add(new BlockDevice(entry.toRealPath()));
                }
            }
        }
        return all;
    }

    /** Returns what users may want to name, sorted: no memory disks, nothing without a length. */
    public List<DeviceInfo> list() throws DeviceException {
        List<DeviceInfo> list = new ArrayList<>();
        try {
            for (BlockDevice device : all()) {
                if (device.length() > 0 && !device.name().startsWith("ram")) {
                    list.add(info(device.node().toString(), device, device.length()));
                }
            }
        } catch (IOException e) {
            throw new DeviceException(sys.map(root -> root.resolve("class/block").toString()).orElse(""), -1, "cannot be listed: "
                    + IoErrors.text(e), null, e);
        }
        list.sort(Comparator.comparing(DeviceInfo::reference));
        return list;
    }

    private DeviceInfo info(String reference, BlockDevice device, long length) throws IOException {
        return info(reference, device, length, mounts.mountPoints(device.number(), device.node()));
    }

    /** Returns what is known of a device that the user named {@code reference}. */
    public DeviceInfo info(String reference, BlockDevice device, long length, List<String> mountPoints) throws IOException {
        return new DeviceInfo(reference, device.kind(), length, device.sectorSize(), device.label(),
                device.disk().map(disk -> disk.node().toString()), mountPoints, device.readOnly());
    }
}
