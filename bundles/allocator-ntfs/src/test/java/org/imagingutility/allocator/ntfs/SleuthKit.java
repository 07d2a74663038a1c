package org.imagingutility.allocator.ntfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imagingutility.tck.Tools;

/** What the Sleuth Kit, which shares no code with this project, says of a volume. */
final class SleuthKit {
    private static final String DATA = "128";

    private final Path volume;
    /** Paths of each file by inode, and of each stream by inode, type and number of the attribute. */
    private final Map<String, Set<String>> paths = new HashMap<>();

    private final Set<String> deleted = new HashSet<>();

    /** Lists the files of {@code volume} that are not deleted. */
    SleuthKit(Path volume) throws IOException {
        this.volume = volume;
        for (String line : Tools.output("fls", "-rp", volume.toString()).lines().toList()) {
            // r/r 73-128-6:<tab>docs/f5000.dat:big stream
            int tab = line.indexOf('\t');
            String[] head = line.substring(0, tab - 1).split(" ");
            if (head.length != 2) {
                deleted.add(head[2].split("-")[0]); // r/r * 104-128-2
                continue;
            }
            String[] id = head[1].split("-");
            String path = line.substring(tab + 1);
            int colon = path.indexOf(':');
            String file = named(colon < 0 ? path : path.substring(0, colon));
            add(id[0], file);
            if (id.length == 3 && id[1].equals(DATA)) {
                add(head[1], colon < 0 ? file : file + path.substring(colon));
            }
        }
        add("5", "\\");
    }

    /** Returns the attribute that has {@code cluster}, as inode, type and number ({@code 73-128-6}); empty if none has. */
    String owner(long cluster) throws IOException {
        String found = Tools.output("ifind", "-d", Long.toString(cluster), volume.toString()).strip();
        return found.equals("Inode not found") ? "" : found;
    }

    /** Returns how the owner may be called: its stream, if it is one, or one of the names of the file. */
    Set<String> paths(String owner) {
        return paths.getOrDefault(owner, pathsOfFile(owner.split("-")[0]));
    }

    /** Returns the names of a file, by number of its record; empty if it is not listed. */
    Set<String> pathsOfFile(String inode) {
        return paths.getOrDefault(inode, Set.of());
    }

    /** Returns the record that {@code record} continues, for a file with more attributes than one holds; else itself. */
    String baseOf(long record) throws IOException {
        String base = "Base File Record: ";
        return Tools.output("istat", volume.toString(), Long.toString(record)).lines().filter(line -> line.startsWith(base))
                .map(line -> line.substring(base.length()).strip()).findFirst().orElse(Long.toString(record));
    }

    /** Returns the number of the record of the file with this path. */
    String inodeOf(String path) {
        return paths.entrySet().stream().filter(entry -> entry.getValue().contains(path)).map(Map.Entry::getKey)
                .map(key -> key.split("-")[0]).findFirst()
                .orElseThrow(() -> new AssertionError("no file " + path + " is listed"));
    }

    /** Says whether the owner is a file that was deleted: its clusters may belong to another one since. */
    boolean isDeleted(String owner) {
        return deleted.contains(owner.split("-")[0]);
    }

    /** Says whether the bitmap has {@code cluster} in use. */
    boolean isInUse(long cluster) throws IOException {
        return !Tools.output("blkstat", volume.toString(), Long.toString(cluster)).contains("Not Allocated");
    }

    private void add(String key, String path) {
        paths.computeIfAbsent(key, unknown -> new HashSet<>()).add(path);
    }

    /** Files of the system have no separator in front. */
    private static String named(String path) {
        return (path.startsWith("$") ? "" : "\\") + path.replace('/', '\\');
    }
}
