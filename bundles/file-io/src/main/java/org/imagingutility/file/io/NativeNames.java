package org.imagingutility.file.io;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as the bytes that they are on POSIX systems. Java keeps the bytes of a path that the system gave it, but turns
 * what the locale's character set does not have into a replacement character when it makes text of it; as a {@code file:} URI a
 * path keeps its bytes (RFC 3986, percent-encoded).
 */
public final class NativeNames {
    private static final String HEX = "0123456789abcdef";

    private NativeNames() {
    }

    /** Returns the path whose last name is that of {@code path} with {@code suffix}, which is ASCII, behind it. */
    public static Path append(Path path, String suffix) {
        if (isText(path)) {
            return path.resolveSibling(path.getFileName() + suffix);
        }
        byte[] name = bytes(path.toAbsolutePath());
        byte[] end = suffix.getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(name, name.length + end.length);
        System.arraycopy(end, 0, both, name.length, end.length);
        return of(both);
    }

    /** Says whether the text of the path leads to the same place, which it does not if characters were replaced in it. */
    public static boolean isText(Path path) {
        try {
            return path.getFileSystem().getPath(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Returns the bytes of a path of the default file system of a POSIX system, made absolute. */
    public static byte[] bytes(Path path) {
        String encoded = path.toAbsolutePath().toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        byte[] all = bytes.toByteArray();
        // a folder's URI ends with a slash that its path has not
        boolean folder = all.length > 1 && all[all.length - 1] == '/';
        return folder ? Arrays.copyOf(all, all.length - 1) : all;
    }

    /** Returns the path that has these bytes, which begin with a slash, on a POSIX system. */
    public static Path of(byte[] bytes) {
        StringBuilder encoded = new StringBuilder("file://");
        for (byte b : bytes) {
            int value = b & 0xFF;
            boolean plain = value == '/' || value >= '0' && value <= '9' || value >= 'a' && value <= 'z' || value >= 'A' && value <= 'Z';
            if (plain) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
            }
        }
        return FileSystems.getDefault().provider().getPath(URI.create(encoded.toString()));
    }
}
