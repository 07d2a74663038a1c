package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A system in a folder: {@code proc}, {@code sys} and {@code dev} as the kernel shows them, and programs that change them as theirs do. What
 * was run is noted.
 */
final class FakeSystem implements Programs {
    final List<String> ran = new ArrayList<>();
    final Set<String> installed = new TreeSet<>(Set.of("mount", "umount", "nbd-client", "nbdfuse", "setsid"));
    final Path dev;
    final Path sys;
    final Path proc;
    /** Mount points at which files are in use. */
    final Set<String> used = new TreeSet<>();

    FakeSystem(Path folder) throws IOException {
        dev = Files.createDirectories(folder.resolve("dev"));
        sys = Files.createDirectories(folder.resolve("sys/block"));
        proc = Files.createDirectories(folder.resolve("proc/self"));
        Files.writeString(proc.resolve("mountinfo"), "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    }

    Showing showing() {
        return new Showing(this, table(), dev, sys.getParent());
    }

    MountTable table() {
        return new MountTable(proc.getParent(), sys.getParent());
    }

    void device(String name, boolean inUse) throws IOException {
        Files.createFile(dev.resolve(name));
        Files.createDirectories(sys.resolve(name));
        if (inUse) {
            Files.writeString(sys.resolve(name).resolve("pid"), "4711\n");
        }
    }

    void mounted(String source, String at) throws IOException {
        Files.writeString(proc.resolve("mountinfo"), Files.readString(proc.resolve("mountinfo")) + "99 22 7:0 / " + at.replace(" ", "\\040")
                + " ro,relatime shared:1 - ext4 " + source + " ro\n");
    }

    @Override
    public boolean has(String name) {
        return installed.contains(name);
    }

    @Override
    public void run(List<String> command) throws IOException {
        ran.add(String.join(" ", command));
        String last = command.get(command.size() - 1);
        switch (command.get(0)) {
            case "nbd-client" -> {
                if (command.contains("-d")) {
                    Files.delete(sys.resolve(Path.of(last).getFileName()).resolve("pid"));
                } else {
                    Files.writeString(sys.resolve(Path.of(command.get(3)).getFileName()).resolve("pid"), "12\n");
                }
            }
            case "umount" -> {
                if (used.contains(last) && !command.contains("-l")) {
                    throw new IOException("target is busy");
                }
                List<String> left = Files.readString(proc.resolve("mountinfo")).lines()
                        .filter(line -> !line.contains(" " + last.replace(" ", "\\040") + " ")).toList();
                Files.writeString(proc.resolve("mountinfo"), String.join("\n", left) + "\n");
                if (last.endsWith("/disk")) {
                    Files.deleteIfExists(Path.of(last, "nbd"));
                }
            }
            default -> throw new IOException("there is no " + command.get(0));
        }
    }

    @Override
    public Process begin(List<String> command, Path output) throws IOException {
        ran.add(String.join(" ", command));
        Path file = Path.of(command.get(2));
        Files.writeString(file, "the device");
        mounted("nbdfuse", file.getParent().toString());
        return new ProcessBuilder("true").start();
    }
}
