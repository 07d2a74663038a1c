package org.imagingutility.command.shell;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.imagingutility.api.shell.Completion;

/** Completes paths. */
final class FileNames {
    /** More than that nobody looks through; a folder of a million files must not hold the prompt. */
    private static final int MOST = 500;
    private static final String IMAGE = ".skzimg";
    /** Where names that differ in case only are the same. */
    private static final boolean ON_WINDOWS = File.separatorChar == '\\';

    private FileNames() {
    }

    /** Returns the files and folders that {@code typed} can become. */
    static List<Completion> of(String typed) {
        return matching(typed, name -> true);
    }

    /** Returns images and folders; all files where there is no image. */
    static List<Completion> ofImages(String typed) {
        List<Completion> images = matching(typed, name -> name.endsWith(IMAGE) || name.endsWith(IMAGE + ".partial"));
        return images.stream().anyMatch(Completion::whole) ? images : of(typed);
    }

    /** A name that holds it was not read as it is, and cannot be given to a command. */
    private static final char UNREADABLE = '\ufffd';

    private static List<Completion> matching(String typed, Predicate<String> wanted) {
        int slash = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf(File.separatorChar));
        String separator = slash >= 0 ? typed.substring(slash, slash + 1) : File.separator;
        String folder = typed.substring(0, slash + 1);
        String begin = typed.substring(slash + 1);
        List<Completion> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.regionMatches(ON_WINDOWS, 0, begin, 0, begin.length()) || name.indexOf(UNREADABLE) >= 0 || name.startsWith(".") && !begin.startsWith(".")) {
                    continue;
                }
                boolean inside = Files.isDirectory(file);
                if (inside || wanted.test(name)) {
                    found.add(new Completion(folder + name + (inside ? separator : ""), "", !inside));
                }
                if (found.size() == MOST) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            // no such folder, or one that may not be read: there is nothing to complete
            System.getLogger(FileNames.class.getName()).log(System.Logger.Level.DEBUG, "no files in " + folder, e);
        }
        return found;
    }
}
