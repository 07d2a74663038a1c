package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds out how the running system uses a device or file, by what sysfs and {@code /proc} say. Mounts of other mount namespaces
 * (containers) are not seen: whether something may be overwritten the kernel decides (see {@link DeviceClaim}), and this says why
 * not in words that name the use.
 */
public final class UsageCheck {
    private final MountTable mounts;
    private final LoopDevices loops;

    public UsageCheck(BlockDevices blockDevices, MountTable mounts) {
        this.mounts = mounts;
        this.loops = new LoopDevices(blockDevices);
    }

    /** Says what uses the device, its partitions, what is built on them, or the disk it is part of. */
    public Optional<String> useOf(BlockDevice device) throws IOException {
        if (!mounts.isKnown()) {
            return Optional.of("may be mounted: the list of mounts in /proc cannot be read");
        }
        Optional<String> use = useOfTree(device, new HashSet<>());
        Optional<BlockDevice> disk = device.disk();
        return use.isEmpty() && disk.isPresent() ? directUse(disk.get()) : use;
    }

    /** Says what uses a regular file: the swap, or a loop device that is in use. */
    public Optional<String> useOf(Path file) throws IOException {
        for (Path swap : mounts.swaps()) {
            if (LoopDevices.isSame(swap, file)) {
                return Optional.of("is used as swap space");
            }
        }
        for (BlockDevice loop : loops.over(file)) {
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
        parts.addAll(loops.over(device.node()));
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
            if (LoopDevices.isSame(swap, device.node())) {
                return Optional.of("is used as swap space");
            }
        }
        // An active mapper or RAID device writes to what it is built on at any time, mounted or not.
        return device.holders().stream().findFirst().map(holder -> "is part of " + holder);
    }

    /** Returns where the device is mounted, or a partition of it, or what is built on them, by way of whatever is between. */
    public List<String> mountPoints(BlockDevice device) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        addMountPoints(device, found, new HashSet<>());
        return List.copyOf(found);
    }

    /** Returns where a regular file is mounted by way of a loop device, as {@link #mountPoints(BlockDevice)} does. */
    public List<String> mountPoints(Path file) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        for (BlockDevice loop : loops.over(file)) {
            addMountPoints(loop, found, new HashSet<>());
        }
        return List.copyOf(found);
    }

    private void addMountPoints(BlockDevice device, Set<String> found, Set<BlockDevice> seen) throws IOException {
        if (!seen.add(device)) {
            return;
        }
        found.addAll(mounts.mountPoints(device.number(), device.node()));
        List<BlockDevice> above = new ArrayList<>(device.partitions());
        above.addAll(device.holders());
        above.addAll(loops.over(device.node()));
        for (BlockDevice one : above) {
            addMountPoints(one, found, seen);
        }
    }
}
