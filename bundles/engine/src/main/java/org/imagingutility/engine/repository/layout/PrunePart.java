package org.imagingutility.engine.repository.layout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a mark of a prune, by its keys.
 *
 * @param mark when the mark was begun, and who did: {@code YYYYMMDDThhmmssz-N}
 * @param number of the part in the mark, 0 to 9999
 */
public record PrunePart(String mark, int number) implements Comparable<PrunePart> {
    /** What the keys of all objects of prunes begin with. */
    public static final String PREFIX = "prune/";
    /** What the keys begin with of objects whose time tells that of the place. */
    public static final String CLOCKS = PREFIX + "clock-";
    /** Most parts of a mark. */
    public static final int MOST = 1000;
    private static final Pattern KEY = Pattern.compile("prune/([0-9]{8}t[0-9]{6}z-[0-9a-f]{16})/([0-9]{4})(\\.end|\\.done|\\.again-([1-9][0-9]{0,5}))?\\.json");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What an object of a part is. */
    public enum Kind {
        /** The condemned keys. */
        CONDEMNED,
        /** What became of it. */
        END,
        /** Somebody goes on deleting. */
        AGAIN,
        /** All is deleted. */
        DONE
    }

    /**
     * An object of a part.
     *
     * @param part the part
     * @param kind what it is
     * @param attempt number of an {@link Kind#AGAIN}, else 0
     */
    public record Entry(PrunePart part, Kind kind, int attempt) {
    }

    /** Returns the key of an object by which a run sees what time it is at the place. */
    public static String clock(String by) {
        return CLOCKS + by;
    }

    /** Returns the name of a mark. */
    public static String markOf(Instant time, String by) {
        return TIME.format(time) + "-" + by;
    }

    /** Returns what {@code key} is, if it is that of an object of a part. */
    public static Optional<Entry> entry(String key) {
        var matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        PrunePart part = new PrunePart(matcher.group(1), Integer.parseInt(matcher.group(2)));
        String kind = matcher.group(3);
        if (kind == null) {
            return Optional.of(new Entry(part, Kind.CONDEMNED, 0));
        }
        return Optional.of(switch (kind) {
            case ".end" -> new Entry(part, Kind.END, 0);
            case ".done" -> new Entry(part, Kind.DONE, 0);
            default -> new Entry(part, Kind.AGAIN, Integer.parseInt(matcher.group(4)));
        });
    }

    /** Returns the key of the condemned keys. */
    public String key() {
        return begin() + ".json";
    }

    /** Returns the key of what became of it. */
    public String end() {
        return begin() + ".end.json";
    }

    /** Returns the key of attempt {@code number}, from 1, to go on deleting. */
    public String again(int attempt) {
        return begin() + ".again-" + attempt + ".json";
    }

    /** Returns the key that says that all is deleted. */
    public String done() {
        return begin() + ".done.json";
    }

    private String begin() {
        return PREFIX + mark + String.format(Locale.ROOT, "/%04d", number);
    }

    @Override
    public int compareTo(PrunePart other) {
        int byMark = mark.compareTo(other.mark);
        return byMark != 0 ? byMark : Integer.compare(number, other.number);
    }
}
