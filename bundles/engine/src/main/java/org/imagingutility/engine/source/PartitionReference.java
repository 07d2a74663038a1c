package org.imagingutility.engine.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imagingutility.api.file.FilePaths;

/**
 * The name of a partition of a disk that is a device itself: {@code disk.img#2}.
 *
 * @param disk reference of the disk
 * @param number number of the partition in the disk's table
 */
public record PartitionReference(String disk, int number) {
    private static final Pattern FORM = Pattern.compile("(.+)#([1-9][0-9]{0,4})", Pattern.DOTALL);

    /** Parses {@code reference}; empty if it has another form, or if a file of that very name is there: the file counts. */
    public static Optional<PartitionReference> of(String reference) {
        Matcher matcher = FORM.matcher(reference);
        return matcher.matches() && !isFile(reference)
                ? Optional.of(new PartitionReference(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static boolean isFile(String reference) {
        try {
            return Files.exists(FilePaths.of(reference));
        } catch (InvalidPathException e) {
            // what is no path names no file
            return false;
        }
    }

    /** Returns the name. */
    public String text() {
        return disk + "#" + number;
    }
}
