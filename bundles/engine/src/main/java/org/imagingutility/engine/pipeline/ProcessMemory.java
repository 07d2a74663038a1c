package org.imagingutility.engine.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory of this process. On Linux a process that takes more than its control group allows is killed rather than
 * refused, so what is left is looked up beforehand: the least of what the machine and each group around the process leave
 * (version 1 and 2 of control groups). Elsewhere nothing is known.
 */
final class ProcessMemory implements Memory {
    /** No limit in version 1 is the largest number of whole pages. */
    private static final long NO_LIMIT = 1L << 60;

    private static final long RECLAIM_NANOS = 50_000_000;

    private final Path proc;
    private final Path groups;
    private final boolean known;

    /** Creates the memory of this process. Folders of these names on another system than Linux tell nothing. */
    ProcessMemory() {
        this(Path.of("/proc"), Path.of("/sys/fs/cgroup"), "Linux".equals(System.getProperty("os.name")));
    }

    ProcessMemory(Path proc, Path groups) {
        this(proc, groups, true);
    }

    /** {@code known} says whether the system has these folders. */
    ProcessMemory(Path proc, Path groups, boolean known) {
        this.proc = proc;
        this.groups = groups;
        this.known = known;
    }

    @Override
    public ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }

    @Override
    public void reclaim() {
        // direct buffers are given back by a thread of the JVM some time after a collection found them unused
        System.gc();
        LockSupport.parkNanos(RECLAIM_NANOS);
    }

    @Override
    public OptionalLong available() {
        if (!known) {
            return OptionalLong.empty();
        }
        long available = machine();
        for (String line : lines(proc.resolve("self/cgroup"))) {
            // hierarchy:controllers:path; version 2 has no controllers here
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                available = Math.min(available, left(groups, parts[2], "memory.max", "memory.current", ""));
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                available = Math.min(available, left(groups.resolve("memory"), parts[2], "memory.limit_in_bytes",
                        "memory.usage_in_bytes", "total_"));
            }
        }
        return available == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(available);
    }

    private long machine() {
        long kib = 0;
        for (String line : lines(proc.resolve("meminfo"))) {
            if (line.startsWith("MemAvailable:") || line.startsWith("SwapFree:")) {
                kib += number(line.replaceAll("\\D", ""), 0);
            }
        }
        return kib == 0 ? Long.MAX_VALUE : kib << 10;
    }

    /** Returns the least that the group {@code path} and those around it leave. In a container the path may be one outside. */
    private static long left(Path root, String path, String limit, String usage, String total) {
        long least = Long.MAX_VALUE;
        Path group = root.resolve(path.replaceFirst("^/+", "")).normalize();
        if (!group.startsWith(root) || !Files.isDirectory(group)) {
            group = root;
        }
        for (; group != null && group.startsWith(root); group = group.getParent()) {
            long most = number(first(group.resolve(limit)), Long.MAX_VALUE);
            long used = number(first(group.resolve(usage)), -1);
            if (most < NO_LIMIT && used >= 0) {
                least = Math.min(least, Math.max(0, most - Math.max(0, used - reclaimable(group, total))));
            }
        }
        return least;
    }

    /** Returns the bytes of cached files that the system would give up; files that are mapped, as programs are, not. */
    private static long reclaimable(Path group, String total) {
        long cached = 0;
        long mapped = 0;
        for (String line : lines(group.resolve("memory.stat"))) {
            String[] fact = line.split(" ", 2);
            if (fact[0].equals(total + "inactive_file") || fact[0].equals(total + "active_file")) {
                cached += number(fact[1], 0);
            } else if (fact[0].equals(total.isEmpty() ? "file_mapped" : "total_mapped_file")) {
                mapped += number(fact[1], 0);
            }
        }
        return Math.max(0, cached - mapped);
    }

    private static String first(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // another system, another version: nothing is known from here
            return List.of();
        }
    }

    private static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            // "max", or nothing
            return otherwise;
        }
    }
}
