package com.example.imaging.device.split;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.error.DeviceException;

/** Finds the files of a split dump. */
final class Pieces {
    private static final Pattern NAME = Pattern.compile("(.+\\.)(\\d{2,6})", Pattern.DOTALL);
    /** Each is an open file. */
    private static final int MOST = 4096;

    private Pieces() {
    }

    /** Returns the files from {@code first} on, in order. A number that is left out is an error: what follows would lie wrong. */
    static List<Path> from(String reference, Path first) throws DeviceException {
        Matcher name = NAME.matcher(first.getFileName() == null ? "" : first.getFileName().toString());
        if (!name.matches() || Integer.parseInt(name.group(2)) > 1) {
            throw new DeviceException(reference, -1, "this is not the first file of a split dump",
                    "name the one that ends in .000 or .001 (or .00 or .01)", null);
        }
        TreeMap<Integer, Path> numbered = numbered(reference, first, name.group(1), name.group(2).length());
        int expected = Integer.parseInt(name.group(2));
        List<Path> pieces = new ArrayList<>();
        for (var entry : numbered.tailMap(expected).entrySet()) {
            if (entry.getKey() != expected++) {
                throw new DeviceException(reference, -1, "file number " + (expected - 1) + " is missing before \""
                        + entry.getValue() + "\"", "bring all files of the dump together", null);
            }
            pieces.add(entry.getValue());
        }
        if (pieces.isEmpty() || pieces.size() > MOST) {
            throw new DeviceException(reference, -1, pieces.isEmpty() ? "there is no file \"" + first + "\""
                    : "it has more than " + MOST + " files", null, null);
        }
        return pieces;
    }

    private static TreeMap<Integer, Path> numbered(String reference, Path first, String stem, int digits) throws DeviceException {
        TreeMap<Integer, Path> found = new TreeMap<>();
        Path folder = first.toAbsolutePath().getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                // numbers have leading zeros up to the width of the first one, and may outgrow it
                if (name.matches() && name.group(1).equals(stem)
                        && (name.group(2).length() == digits || name.group(2).length() > digits && name.group(2).charAt(0) != '0')) {
                    found.put(Integer.parseInt(name.group(2)), file);
                }
            }
            return found;
        } catch (IOException | DirectoryIteratorException e) {
            throw new DeviceException(reference, -1, "folder \"" + folder + "\" cannot be read: " + e, null, e);
        }
    }
}
