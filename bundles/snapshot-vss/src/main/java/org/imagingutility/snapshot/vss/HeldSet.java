package org.imagingutility.snapshot.vss;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A snapshot set that this process holds. It lies in a property of the system, {@code org.imagingutility.snapshot.vss.ID}, where another
 * version of this bundle finds it: what holds a set is an object in the memory of the process, and when the process ends Windows
 * removes the set.
 *
 * <p>The value is text of lines: {@code 1} (the version), the address of the object and what keeps COM alive (both hexadecimal), the moment,
 * and for each volume two lines, its lasting name and its frozen view. A version that finds another number in the first line
 * does not touch the rest.
 *
 * @param id id of the set
 * @param address where the {@code IVssBackupComponents} is that holds it
 * @param kept what keeps COM objects alive (a {@code CO_MTA_USAGE_COOKIE})
 * @param taken the moment it shows
 * @param views the frozen views, by the lasting names of the volumes
 */
record HeldSet(UUID id, long address, long kept, Instant taken, Map<String, String> views) {
    private static final String PREFIX = "org.imagingutility.snapshot.vss.";
    private static final String VERSION = "1";
    private static final int HEAD = 4;

    /** Makes it findable. */
    void hand() {
        System.setProperty(PREFIX + id, text());
    }

    /** Takes it away from where it is found; false if it was not there: it is released, or being released. */
    boolean take() {
        return System.getProperties().remove(PREFIX + id, text());
    }

    /** Finds a set that this process holds; empty if it holds none of that id. */
    static Optional<HeldSet> find(String id) {
        UUID set;
        try {
            set = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            // no id of a set
            return Optional.empty();
        }
        return Optional.ofNullable(System.getProperty(PREFIX + set)).flatMap(text -> parse(set, text));
    }

    private String text() {
        return VERSION + "\n" + Long.toHexString(address) + "\n" + Long.toHexString(kept) + "\n" + taken + "\n"
                + views.entrySet().stream().map(view -> view.getKey() + "\n" + view.getValue()).collect(Collectors.joining("\n"));
    }

    private static Optional<HeldSet> parse(UUID id, String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < HEAD + 2 || lines.size() % 2 != 0 || !lines.get(0).equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Map<String, String> views = new LinkedHashMap<>();
            for (int i = HEAD; i < lines.size(); i += 2) {
                views.put(lines.get(i), lines.get(i + 1));
            }
            return Optional.of(new HeldSet(id, Long.parseUnsignedLong(lines.get(1), 16), Long.parseUnsignedLong(lines.get(2), 16),
                    Instant.parse(lines.get(3)), views));
        } catch (NumberFormatException | DateTimeException e) {
            // written by another version: not to be touched
            return Optional.empty();
        }
    }
}
