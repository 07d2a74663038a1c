package org.imagingutility.engine.jobs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes folders for what the program keeps for itself: mode 0700, the user's own. What another user has put there, or may put
 * there, is not used. On Windows the access list of the folder above decides.
 */
final class PrivateFolder {
    private static final Set<PosixFilePermission> RIGHTS = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final int OTHERS = 077;
    private static final int OTHERS_WRITE = 022;
    /** Belongs to the user that the process acts as (proc(5)). */
    private static final Path PROCESS = Path.of("/proc/self");

    private PrivateFolder() {
    }

    /**
     * Makes a folder and those above it that are missing. One that is there and that others may look into is closed to them.
     *
     * @throws IOException if it cannot be made, belongs to another user, or others may have put something into it
     */
    static void make(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(RIGHTS));
        Map<String, Object> found = Files.readAttributes(folder, "unix:uid,mode");
        int mode = (Integer) found.get("mode");
        if (!isOwn(folder)) {
            throw new IOException("\"" + folder + "\" belongs to another user (" + Files.getOwner(folder).getName() + ")");
        }
        if ((mode & OTHERS) != 0) {
            if ((mode & OTHERS_WRITE) != 0) {
                requireOwnFiles(folder);
            }
            Files.setPosixFilePermissions(folder, RIGHTS);
        }
    }

    /** Says whether what stands under a name belongs to the user that the process acts as. A symbolic link is one itself. */
    static boolean isOwn(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true;
        }
        return "Linux".equals(System.getProperty("os.name")) && Files.isDirectory(PROCESS)
                ? Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(Files.getAttribute(PROCESS, "unix:uid"))
                : Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    private static void requireOwnFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!isOwn(file)) {
                    throw new IOException("other users may write to \"" + folder + "\", and \"" + file.getFileName()
                            + "\" in it is one of theirs");
                }
            }
        }
    }
}
