package org.imagingutility.serve.webdav.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.files.FileName;

/**
 * Names in paths of URIs (RFC 3986, section 3.3). Bytes of a name that are no UTF-8 stand there as they are; surrogates of UTF-16 that stand
 * alone stand as {@code \}{@code uHHHH}, the form in which names are typed elsewhere.
 */
public final class PathText {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final int LONGEST = 1 << 15;
    private static final int STRAY_BYTES = 0xDC80;
    private static final int LAST_STRAY_BYTE = 0xDCFF;

    private PathText() {
    }

    /**
     * Returns the names of a path: none for the root.
     *
     * @param rawPath as it stands in the request, from its first slash on
     * @throws HttpError if it is none that anything could have: names with slashes, dots that lead elsewhere, broken escapes
     */
    public static List<String> names(String rawPath) throws HttpError {
        if (rawPath == null || !rawPath.startsWith("/") || rawPath.length() > LONGEST) {
            throw new HttpError(HttpError.BAD_REQUEST, "the path of the request is none, or too long");
        }
        List<String> names = new ArrayList<>();
        String[] parts = rawPath.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                if (i < parts.length - 1) {
                    throw new HttpError(HttpError.BAD_REQUEST, "the path has a name without characters in it");
                }
                continue;
            }
            String name = decoded(parts[i]);
            if (!isPossible(name)) {
                throw new HttpError(HttpError.BAD_REQUEST, "the path has a name in it that is \".\" or \"..\", or has a slash or NUL in it");
            }
            names.add(name);
        }
        return names;
    }

    /** Says whether a name can stand in a path, so that what has it can be asked for. */
    public static boolean isPossible(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
    }

    private static String decoded(String part) throws HttpError {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            boolean whole = i + 2 < part.length();
            int high = whole ? Character.digit(part.charAt(i + 1), 16) : -1;
            int low = whole ? Character.digit(part.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new HttpError(HttpError.BAD_REQUEST, "the path has a % in it that no two hexadecimal digits follow");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return FileName.utf8(bytes.toByteArray()).text();
    }

    /** Returns a name as it stands in a path. */
    public static String encoded(String name) {
        StringBuilder text = new StringBuilder(name.length() + 16);
        for (int i = 0; i < name.length();) {
            int c = name.codePointAt(i);
            if (c >= STRAY_BYTES && c <= LAST_STRAY_BYTE) {
                escape(text, c & 0xFF);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                text.append(String.format("%%5Cu%04X", c));
            } else {
                append(text, c);
            }
            i += Character.charCount(c);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int c) {
        if (UNRESERVED.indexOf(c) >= 0) {
            text.append((char) c);
            return;
        }
        for (byte each : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            escape(text, Byte.toUnsignedInt(each));
        }
    }

    private static void escape(StringBuilder text, int value) {
        text.append('%').append(Character.toUpperCase(Character.forDigit(value >> 4, 16)))
                .append(Character.toUpperCase(Character.forDigit(value & 0xF, 16)));
    }

    /** Returns the path of names, from the root on; of a directory, with a slash at its end. */
    public static String path(List<String> names, boolean directory) {
        StringBuilder path = new StringBuilder();
        names.forEach(name -> path.append('/').append(encoded(name)));
        return directory || path.length() == 0 ? path.append('/').toString() : path.toString();
    }
}
