package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two files that command line and libraries of Amazon share (<i>AWS SDKs and Tools Reference Guide</i>, "Shared config and credentials
 * files"): sections of lines {@code key = value}; nested lines, which begin with a space, and comments are passed over.
 */
final class Profiles {
    /** Far more than anybody has. */
    private static final long MAX_BYTES = 1 << 20;

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private Profiles() {
    }

    /**
     * Reads what there is of the two files. What stands in the credentials goes before.
     *
     * @throws IOException if one is there and cannot be read; the message has nothing of what is in it
     */
    static Profiles read(Path credentials, Path config) throws IOException {
        Profiles profiles = new Profiles();
        profiles.add(config, "profile ");
        profiles.add(credentials, "");
        return profiles;
    }

    private void add(Path file, String mark) throws IOException {
        Map<String, String> section = new HashMap<>();
        for (String line : lines(file)) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                String name = text.substring(1, text.length() - 1).strip();
                String plain = name.startsWith(mark) ? name.substring(mark.length()).strip() : name;
                boolean profile = name.startsWith(mark) || name.equals("default");
                section = profile ? sections.computeIfAbsent(plain, all -> new HashMap<>()) : new HashMap<>();
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith(";") && text.indexOf('=') > 0 && line.charAt(0) > ' ') {
                section.put(text.substring(0, text.indexOf('=')).strip(), text.substring(text.indexOf('=') + 1).strip());
            }
        }
    }

    private static Iterable<String> lines(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("\"" + file + "\" has more than " + MAX_BYTES + " bytes");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return java.util.List.of();
        } catch (CharacterCodingException e) {
            throw new IOException("\"" + file + "\" is no text in UTF-8", e);
        }
    }

    /** Says whether there is such a profile. */
    boolean has(String profile) {
        return sections.containsKey(profile);
    }

    /** Returns what a profile says of {@code key}; empty if nothing. */
    String value(String profile, String key) {
        return sections.getOrDefault(profile, Map.of()).getOrDefault(key, "");
    }
}
