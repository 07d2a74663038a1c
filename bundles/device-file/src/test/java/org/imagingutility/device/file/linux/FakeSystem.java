package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the parts of sysfs and procfs that are read, so that any machine can be described. */
public final class FakeSystem {
    private final Path root;

    public FakeSystem(Path root) throws IOException {
        this.root = root.toRealPath();
        Files.createDirectories(this.root.resolve("sys/class/block"));
        Files.createDirectories(this.root.resolve("sys/dev/block"));
        Files.createDirectories(this.root.resolve("proc/self"));
        mountinfo("");
        swaps("");
    }

    public Path root() {
        return root;
    }

    /** Adds a device; {@code path} is below sys/devices, {@code size} is in units of 512 bytes. */
    public Path device(String path, String number, long size) throws IOException {
        Path directory = Files.createDirectories(root.resolve("sys/devices").resolve(path));
        attribute(directory, "dev", number);
        attribute(directory, "size", Long.toString(size));
        attribute(directory, "ro", "0");
        Files.createSymbolicLink(root.resolve("sys/class/block").resolve(directory.getFileName()), directory);
        Files.createSymbolicLink(root.resolve("sys/dev/block").resolve(number), directory);
        return directory;
    }

    public static void attribute(Path device, String name, String value) throws IOException {
        Path file = device.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    /** Says that {@code holder} is built on {@code device}. */
    static void holder(Path device, Path holder) throws IOException {
        Files.createDirectories(device.resolve("holders"));
        Files.createSymbolicLink(device.resolve("holders").resolve(holder.getFileName()), holder);
    }

    public void mountinfo(String lines) throws IOException {
        Files.writeString(root.resolve("proc/self/mountinfo"), lines);
    }

    void swaps(String lines) throws IOException {
        Files.writeString(root.resolve("proc/swaps"), "Filename Type Size Used Priority\n" + lines);
    }
}
