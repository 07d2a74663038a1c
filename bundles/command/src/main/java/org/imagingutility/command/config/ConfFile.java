package org.imagingutility.command.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * A file of {@code conf/}: a line {@code key = value} for each setting that has another value than its default, comments and
 * empty lines between them. The form is that of {@link Properties}, which the container reads as well.
 */
final class ConfFile {
    /** A page of settings has a few kilobytes; what is larger is something else. */
    private static final long LARGEST = 1L << 20;
    /** As UTF-8 has it, and what becomes of that where a file is read byte by byte, as File Install does. */
    private static final List<String> BYTE_ORDER_MARKS = List.of("\ufeff", "\u00ef\u00bb\u00bf");
    private final Path path;

    ConfFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Returns keys and values; none if there is no file. */
    Map<String, String> read() throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text()));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IllegalArgumentException e) {
            throw new IOException("a malformed \\u escape", e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            values.put(key, properties.getProperty(key));
        }
        return values;
    }

    /**
     * Replaces the file by one in which {@code key} has {@code value}, or is not set if that is empty. All other lines stay
     * as they are. Whoever reads meanwhile sees the one or the other.
     *
     * @param template what a file that does not exist begins as
     */
    void write(String key, Optional<String> value, String template) throws IOException {
        String before;
        try {
            before = text();
        } catch (NoSuchFileException e) {
            before = template;
        }
        replace(changed(before, key, value));
    }

    static String changed(String text, String key, Optional<String> value) throws IOException {
        List<String> lines = new ArrayList<>();
        int place = -1;
        BufferedReader reader = new BufferedReader(new StringReader(text));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (isOf(line, key)) {
                place = lines.size();
                for (String part = line; part != null && goesOn(part);) {
                    part = reader.readLine(); // what follows a backslash at the end belongs to the line
                }
            } else {
                lines.add(line);
                for (String part = line; !isComment(line) && part != null && goesOn(part);) {
                    part = reader.readLine();
                    if (part != null) {
                        lines.add(part);
                    }
                }
            }
        }
        if (value.isPresent()) {
            if (place < 0) {
                place = behindComment(lines, key);
            }
            lines.add(place, key + " = " + value.get().replace("\\", "\\\\"));
        }
        String end = text.contains("\r\n") ? "\r\n" : "\n";
        return String.join(end, lines) + end;
    }

    /** Returns the place behind the commented line that shows the setting's default, else the end. */
    private static int behindComment(List<String> lines, String key) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("#") && isOf(line.substring(1), key)) {
                return i + 1;
            }
        }
        return lines.size();
    }

    private static boolean isOf(String line, String key) {
        String text = line.strip();
        if (!text.startsWith(key)) {
            return false;
        }
        String rest = text.substring(key.length());
        return rest.isEmpty() || " \t=:".indexOf(rest.charAt(0)) >= 0;
    }

    static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** Returns {@code text} without the mark that some editors begin a file with, which is no part of what it says. */
    static String withoutMark(String text) {
        for (String mark : BYTE_ORDER_MARKS) {
            if (text.startsWith(mark)) {
                return text.substring(mark.length());
            }
        }
        return text;
    }

    private String text() throws IOException {
        long length = Files.size(path);
        if (length > LARGEST) {
            throw new IOException("it has " + length + " bytes, which is no file of settings");
        }
        String text = Files.readString(path, StandardCharsets.UTF_8);
        return withoutMark(text);
    }

    private void replace(String text) throws IOException {
        // a file that somebody else keeps elsewhere and links to stays there
        Path file = Files.exists(path) ? path.toRealPath() : path;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (rights != null && Files.exists(file)) {
                Files.setPosixFilePermissions(fresh, rights.readAttributes().permissions());
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
