package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether the running system uses what is about to be overwritten. Mounts of other mount namespaces
 * (containers) are not seen.
 */
final class UsageCheck {
    private final BlockDevices blockDevices;
    private final MountTable mounts;

    UsageCheck(BlockDevices blockDevices, MountTable mounts) {
        this.blockDevices = blockDevices;
        this.mounts = mounts;
    }

    /** Says what uses the device, its partitions, what is built on them, or the disk it is part of. */
    Optional<String> useOf(BlockDevice device) throws IOException {
        if (!mounts.isKnown()) {
            return Optional.of("may be mounted: the list of mounts in /proc cannot be read");
        }
        Optional<String> use = useOfTree(device, new HashSet<>());
        Optional<BlockDevice> disk = device.disk();
        return use.isEmpty() && disk.isPresent() ? directUse(disk.get()) : use;
    }

    /** Says what uses a regular file: the swap, or a loop device that is in use. */
    Optional<String> useOf(Path file) throws IOException {
        for (Path swap : mounts.swaps()) {
            if (isSame(swap, file)) {
                return Optional.of("is used as swap space");
            }
        }
        for (BlockDevice loop : loopsOver(file)) {
            Optional<String> use = useOfTree(loop, new HashSet<>());
            if (use.isPresent()) {
                return Optional.of("is the file behind " + loop + ", which " + use.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> useOfTree(BlockDevice device, Set<BlockDevice> seen) throws IOException {
        if (!seen.add(device)) {
            return Optional.empty();
        }
        Optional<String> use = directUse(device);
        if (use.isPresent()) {
            return use;
        }
        List<BlockDevice> parts = new ArrayList<>(device.partitions());
        parts.addAll(loopsOver(device.node()));
        for (BlockDevice part : parts) {
            use = useOfTree(part, seen);
            if (use.isPresent()) {
                return use.map(text -> "contains " + part + ", which " + text);
            }
        }
        return Optional.empty();
    }

    private Optional<String> directUse(BlockDevice device) throws IOException {
        List<String> mountPoints = mounts.mountPoints(device.number(), device.node());
        if (mountPoints.contains("/")) {
            return Optional.of("holds the running system's root file system");
        }
        if (!mountPoints.isEmpty()) {
            return Optional.of("is mounted at " + String.join(", ", mountPoints));
        }
        for (Path swap : mounts.swaps()) {
            if (isSame(swap, device.node())) {
                return Optional.of("is used as swap space");
            }
        }
        // An active mapper or RAID device writes to what it is built on at any time, mounted or not.
        return device.holders().stream().findFirst().map(holder -> "is part of " + holder);
    }

    private List<BlockDevice> loopsOver(Path backing) throws IOException {
        List<BlockDevice> loops = new ArrayList<>();
        for (BlockDevice device : blockDevices.all()) {
            Optional<Path> behind = device.backingFile();
            if (behind.isPresent() && isSame(behind.get(), backing)) {
                loops.add(device);
            }
        }
        return loops;
    }

    private static boolean isSame(Path first, Path second) throws IOException {
        return Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
    }
}
