package org.imagingutility.engine.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;

/**
 * Content that is not kept in an image, though its clusters are in use: zeros stand for it, and are what is restored.
 *
 * @param ranges where it lies, in bytes of device
 * @param files the files that it belongs to, by their paths on the volume
 */
public record LeftOut(ExtentList ranges, List<String> files) {
    /** Nothing is left out. */
    public static final LeftOut NOTHING = new LeftOut(ExtentList.empty(), List.of());
    private static final String BYTES = "leftOut.bytes";
    private static final String FILES = "leftOut.files";
    private static final String PARTITION = "#";

    /** Copies the list. */
    public LeftOut {
        files = List.copyOf(files);
    }

    /** Says whether nothing is left out. */
    public boolean isNothing() {
        return ranges.count() == 0;
    }

    /** Returns how many bytes before {@code limit} are left out. */
    public long bytes(long limit) {
        return ranges.within(0, limit).totalLength();
    }

    /** Returns the paths with commas between. */
    public String paths() {
        return String.join(", ", files);
    }

    /** Adds what an image of the first {@code limit} bytes says of it. */
    public void addTo(Map<String, Object> facts, long limit) {
        if (!isNothing()) {
            facts.put(BYTES, bytes(limit));
            facts.put(FILES, paths());
        }
    }

    /** Returns the paths of the files that an image with these facts leaves out, with commas between; empty if there are none. */
    public static Optional<String> of(Metadata facts) {
        return isIn(facts) ? facts.text(FILES) : Optional.empty();
    }

    /** Returns the path of a file on a partition as that of a file of the whole disk: {@code #2\\pagefile.sys}. */
    public static String onPartition(int number, String path) {
        return PARTITION + number + (path.startsWith("\\") || path.startsWith("/") ? "" : " ") + path;
    }

    /**
     * Returns which of the paths that an image tells of belong to a volume of it, as paths on that.
     *
     * @param partition number of the partition that the volume is; empty for the device as a whole
     */
    public static List<String> onVolume(List<String> paths, OptionalInt partition) {
        if (partition.isEmpty()) {
            return paths;
        }
        String begin = PARTITION + partition.getAsInt();
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            if (!path.startsWith(PARTITION)) {
                // an image of one volume, which a set has for each partition
                found.add(path);
            } else if (path.startsWith(begin + "\\") || path.startsWith(begin + "/")) {
                found.add(path.substring(begin.length()));
            }
        }
        return found;
    }

    /** Says whether an image with these facts leaves something out. */
    public static boolean isIn(Metadata facts) {
        return facts.number(BYTES).isPresent();
    }
}
