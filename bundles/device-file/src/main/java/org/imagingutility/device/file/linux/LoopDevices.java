package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the loop devices over a file or device. */
public final class LoopDevices {
    /** Of linux/loop.h; {@code struct loop_info64} begins with the device and inode of what is behind, and has 232 bytes. */
    private static final long LOOP_GET_STATUS64 = 0x4C05;
    private static final int STATUS_LENGTH = 232;

    private final BlockDevices blockDevices;

    public LoopDevices(BlockDevices blockDevices) {
        this.blockDevices = blockDevices;
    }

    /** Returns the loop devices over {@code backing} by the names that sysfs has: a file may have lost the name it had there. */
    List<BlockDevice> over(Path backing) throws IOException {
        List<BlockDevice> loops = new ArrayList<>();
        for (BlockDevice device : blockDevices.all()) {
            Optional<Path> behind = device.backingFile();
            if (behind.isPresent() && isSame(behind.get(), backing)) {
                loops.add(device);
            }
        }
        return loops;
    }

    /**
     * Returns the loop devices over {@code file}, a regular file. The kernel is asked which file each has, whatever its name is
     * now and in whatever namespace; where it may not be asked, sysfs has to do.
     */
    public List<BlockDevice> certainlyOver(Path file) throws IOException {
        List<BlockDevice> bound = new ArrayList<>();
        for (BlockDevice device : blockDevices.all()) {
            if (device.backingFile().isPresent()) {
                bound.add(device);
            }
        }
        List<BlockDevice> loops = new ArrayList<>();
        for (BlockDevice device : bound) {
            Optional<Boolean> told = asked(device.node(), file);
            if (told.isPresent() ? told.get() : isSame(device.backingFile().orElse(file), file)) {
                loops.add(device);
            }
        }
        return loops;
    }

    /** Returns what the kernel says; empty if it cannot be asked. */
    private static Optional<Boolean> asked(Path node, Path file) throws IOException {
        long device = (Long) Files.getAttribute(file, "unix:dev");
        long inode = (Long) Files.getAttribute(file, "unix:ino");
        try {
            NativeCalls calls = NativeCalls.load();
            int descriptor = calls.open(node, NativeCalls.O_RDONLY);
            try {
                byte[] status = new byte[STATUS_LENGTH];
                calls.call("ioctl", descriptor, LOOP_GET_STATUS64, status);
                ByteBuffer fields = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder());
                return Optional.of(fields.getLong() == device && fields.getLong() == inode);
            } finally {
                calls.close(descriptor);
            }
        } catch (IOException | LinkageError e) {
            System.getLogger(LoopDevices.class.getName()).log(System.Logger.Level.DEBUG, node + " does not tell its file", e);
            return Optional.empty();
        }
    }

    static boolean isSame(Path first, Path second) throws IOException {
        return Files.exists(first) && Files.exists(second) && Files.isSameFile(first, second);
    }
}
