package org.imagingutility.engine.repository.layout;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;

/** The keys of the objects of a repository, and the names of images. */
public final class ObjectNames {
    /** Key of the configuration. */
    public static final String CONFIGURATION = "repository.json";
    /** What the keys of frames begin with. */
    public static final String FRAMES = "frames/";
    /** What the keys of chunk tables begin with. */
    public static final String TABLES = "chunks/";
    /** What the keys of manifests begin with. */
    public static final String IMAGES = "images/";

    /** What the keys of notes of damaged frames begin with. */
    public static final String DAMAGED = "damaged/";

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_-])?");
    /** Names that no file can have on Windows, whatever follows a dot. */
    private static final Pattern TAKEN = Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");
    private static final Pattern IMAGE = Pattern.compile("images/([^/]+)/([0-9]{8}t[0-9]{6}z)-([0-9a-f]{16})\\.json");
    private static final Pattern FRAME = Pattern.compile("frames/[0-9a-f]{4}/[0-9a-f]{64}-[0-9a-f]{8}-([1-9][0-9]{0,9})\\.zst");
    private static final Pattern TABLE = Pattern.compile("chunks/[0-9a-f]{2}/[0-9a-f]{64}\\.json");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int FAN_OUT = 4;
    private static final int TABLE_FAN_OUT = 2;
    private static final int MARK = 16;

    private ObjectNames() {
    }

    /** Says whether {@code name} may be the name of images. */
    public static boolean isImageName(String name) {
        return NAME.matcher(name).matches() && !TAKEN.matcher(name).matches();
    }

    /** Returns the rules of {@link #isImageName} for users. */
    public static String imageNameRule() {
        return "1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit, not ending with '.', and none that Windows has taken"
                + " (con, nul, ...)";
    }

    /** Returns what the keys of all frames of that content begin with. */
    public static String framesOf(Digest content) {
        String hex = content.toHex();
        return FRAMES + hex.substring(0, FAN_OUT) + "/" + hex + "-";
    }

    /** Returns the key of a frame. */
    public static String frame(FrameInfo frame) {
        return framesOf(frame.contentDigest()) + crcAndLength(frame.storedCrc32c(), frame.storedLength()) + ".zst";
    }

    /** Returns the key of a frame of {@code content} in the form {@code stored}. */
    public static String frame(Digest content, Stored stored) {
        return framesOf(content) + crcAndLength(stored.crc32c(), stored.length()) + ".zst";
    }

    private static String crcAndLength(int crc, int length) {
        return String.format("%08x-%d", crc, length);
    }

    /**
     * What the key of a frame says of its stored bytes.
     *
     * @param crc32c CRC-32C of them
     * @param length how many there are
     */
    public record Stored(int crc32c, int length) {

        /** Returns the form of a frame. */
        public static Stored of(FrameInfo frame) {
            return new Stored(frame.storedCrc32c(), frame.storedLength());
        }
    }

    /** Returns what {@code key} says if it is that of a frame of {@code content}. */
    public static Optional<Stored> stored(Digest content, String key) {
        String begin = framesOf(content);
        if (!key.startsWith(begin) || !key.endsWith(".zst")) {
            return Optional.empty();
        }
        String rest = key.substring(begin.length(), key.length() - ".zst".length());
        if (rest.length() < 10 || rest.charAt(8) != '-' || !isHex(rest.substring(0, 8)) || rest.length() > 19) {
            return Optional.empty();
        }
        try {
            Stored stored = new Stored(Integer.parseUnsignedInt(rest.substring(0, 8), 16), Integer.parseInt(rest.substring(9)));
            // one way to write each: no leading zeros, no sign
            return stored.length > 0 && crcAndLength(stored.crc32c, stored.length).equals(rest) ? Optional.of(stored) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the key of the note that the frame of {@code content} in the form {@code stored} is damaged. */
    public static String damage(Digest content, Stored stored) {
        return DAMAGED + content.toHex() + "-" + crcAndLength(stored.crc32c(), stored.length()) + ".json";
    }

    /** Returns the key of the table with that digest. */
    public static String table(Digest table) {
        String hex = table.toHex();
        return TABLES + hex.substring(0, TABLE_FAN_OUT) + "/" + hex + ".json";
    }

    /** Returns the key of a manifest; {@code digest} is that of its bytes. */
    public static String image(String name, Instant created, Digest digest) {
        return imagesAt(name, created) + digest.toHex().substring(0, MARK) + ".json";
    }

    /** Returns what the keys of all images of that name begin with that were begun at {@code created}. */
    public static String imagesAt(String name, Instant created) {
        return imagesOf(name) + TIME.format(created) + "-";
    }

    /** Returns what the keys of all images of that name begin with. */
    public static String imagesOf(String name) {
        return IMAGES + name + "/";
    }

    /**
     * The key of a manifest.
     *
     * @param key the key
     * @param name name of the image
     * @param time when it was begun, as in the key
     * @param mark first 16 hexadecimal digits of the digest of its bytes
     */
    public record ImageKey(String key, String name, String time, String mark) {

        /** Returns what the image is called where one is asked for, in the repository at {@code place}. */
        public String reference(String place) {
            return place + "#" + name + "@" + time + "-" + mark;
        }

        /** Says whether it was begun before {@code instant}. */
        public boolean isBefore(Instant instant) {
            // times of the years that a key can name are in order as texts
            return time.compareTo(TIME.format(instant)) < 0;
        }

        /** Says whether {@code digest}, of a manifest's bytes, is the one in the key. */
        public boolean isOf(Digest digest) {
            return digest.toHex().startsWith(mark);
        }
    }

    /** Returns the parts of {@code key} if it is that of a manifest. */
    public static Optional<ImageKey> imageKey(String key) {
        var matcher = IMAGE.matcher(key);
        return matcher.matches() && isImageName(matcher.group(1))
                ? Optional.of(new ImageKey(key, matcher.group(1), matcher.group(2), matcher.group(3))) : Optional.empty();
    }

    /** Says whether {@code key} is that of a frame or a table; what lies beside them is left alone. */
    public static boolean isFrameOrTable(String key) {
        return FRAME.matcher(key).matches() || TABLE.matcher(key).matches();
    }

    /** Returns how many stored bytes {@code key} says, if it is that of a frame; else 0. */
    public static long storedLength(String key) {
        var matcher = FRAME.matcher(key);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    static boolean isHex(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
