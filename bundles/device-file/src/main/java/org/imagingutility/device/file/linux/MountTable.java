package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imagingutility.file.io.NativeNames;

/** What Linux has mounted or swaps to, read anew at each question. */
public final class MountTable {
    private static final String SOURCE_SEPARATOR = " - ";
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7][0-7])");
    private static final int NUMBER_FIELD = 2;
    private static final int MOUNT_POINT_FIELD = 4;

    private final Optional<Path> proc;

    public MountTable(Optional<Path> proc) {
        this.proc = proc;
    }

    /**
     * A mounted file system.
     *
     * @param number {@code MAJOR:MINOR}; some file systems (btrfs) give one that belongs to no device
     * @param mountPoint where it is mounted
     * @param source what was mounted, usually the path of a device
     */
    record Mount(String number, String mountPoint, String source) {
    }

    private static Path mountinfo(Path proc) {
        return proc.resolve("self/mountinfo");
    }

    /** Says whether the system tells what is mounted. */
    boolean isKnown() {
        return proc.isPresent() && Files.isReadable(mountinfo(proc.get()));
    }

    /** Returns all mounts; none on a system without {@code /proc/self/mountinfo}. */
    List<Mount> mounts() throws IOException {
        List<Mount> mounts = new ArrayList<>();
        if (proc.isEmpty()) {
            return mounts;
        }
        for (String line : lines(mountinfo(proc.get()))) {
            int separator = line.indexOf(SOURCE_SEPARATOR);
            if (separator < 0) {
                continue;
            }
            String[] fields = line.substring(0, separator).split(" ");
            String[] fileSystem = line.substring(separator + SOURCE_SEPARATOR.length()).split(" ");
            if (fields.length > MOUNT_POINT_FIELD && fileSystem.length > 1) {
                mounts.add(new Mount(fields[NUMBER_FIELD], unescape(fields[MOUNT_POINT_FIELD]),
                        unescape(fileSystem[1])));
            }
        }
        return mounts;
    }

    /** Returns where the device with this number, named {@code node}, is mounted. */
    List<String> mountPoints(String number, Path node) throws IOException {
        return mounts().stream().filter(m -> m.number().equals(number) || m.source().equals(node.toString()))
                .map(Mount::mountPoint).sorted().toList();
    }

    /** Returns the files and devices that are swapped to, their names as the bytes that they are. */
    List<Path> swaps() throws IOException {
        if (proc.isEmpty()) {
            return List.of();
        }
        Path file = proc.get().resolve("swaps");
        Stream<String> entries = Files.isReadable(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().skip(1) : Stream.empty();
        return entries.map(l -> l.split("\\s")[0]).filter(name -> name.startsWith("/"))
                .map(name -> NativeNames.of(unescape(name).getBytes(StandardCharsets.ISO_8859_1))).toList();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.isReadable(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
                : List.of();
    }

    /** Blank, tab, line feed and backslash are written as a backslash and three octal digits. */
    public static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(found ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }
}
