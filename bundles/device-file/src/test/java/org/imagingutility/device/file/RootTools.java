package org.imagingutility.device.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;

/** Loop devices, mounts and swap for tests that run as root on Linux; all is undone on close, last first. */
final class RootTools implements AutoCloseable {
    private final Deque<List<String>> undo = new ArrayDeque<>();

    /** Skips the test where loop devices cannot be made, and fails it there if the environment says CI=true. */
    static void require(Path directory) throws Exception {
        String reason = reasonAgainst(directory);
        Tools.require(Assumptions::abort, reason == null, "root, losetup, mount, mkfs.ext4 and mkswap are needed: " + reason);
    }

    private static String reasonAgainst(Path directory) throws Exception {
        Path probe = directory.resolve("probe");
        try (RootTools tools = new RootTools()) {
            tools.run("truncate", "-s", "1M", probe.toString());
            tools.loop(probe);
            tools.run("mkfs.ext4", "-V");
            tools.run("mkswap", "--version");
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Returns the device node of a loop device over {@code file}. */
    String loop(Path file, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("losetup", "-f", "--show"));
        command.addAll(List.of(options));
        command.add(file.toString());
        String node = run(command.toArray(String[]::new)).strip();
        undo.push(List.of("losetup", "-d", node));
        if (!command.contains("-r")) {
            // a loop device stays write-protected when a read-only mount of its last file went away
            run("blockdev", "--setrw", node);
        }
        return node;
    }

    /** Returns the first partition of a loop device; it exists in the kernel only, in no partition table. */
    String partition(String loop, long firstSector, long sectorCount) throws IOException {
        run("addpart", loop, "1", Long.toString(firstSector), Long.toString(sectorCount));
        undo.push(List.of("delpart", loop, "1"));
        return loop + "p1";
    }

    /** Mounts; {@code arguments} are those of mount, the mount point last. */
    void mount(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
        undo.push(List.of("umount", arguments[arguments.length - 1]));
    }

    /** Swaps to {@code place}. */
    void swapOn(String place) throws IOException {
        run("swapon", place);
        undo.push(List.of("swapoff", place));
    }

    /** Runs a command and returns what it printed. */
    String run(String... command) throws IOException {
        return Tools.run(command);
    }

    @Override
    public void close() throws IOException {
        while (!undo.isEmpty()) {
            run(undo.pop().toArray(String[]::new));
        }
    }
}
