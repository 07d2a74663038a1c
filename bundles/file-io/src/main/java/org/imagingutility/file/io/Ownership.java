package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.file.io.system.OperatingSystem;
import org.imagingutility.file.io.windows.FileKeys;

/**
 * Refuses to continue with files that another user made or may change: what is in them is what he wants to be in them, and he
 * would continue reading and changing the finished one. On Windows the access list of the folder decides; what has another name is
 * refused there as well.
 *
 * <p>Some file systems keep no owners or rights (FAT, many shares), or turn root into somebody else (NFS): there a file that this
 * process makes has no better ones. So before a file is refused, an empty one is made beside it to compare with.
 */
public final class Ownership {
    /** Belongs to the user that the process acts as (proc(5)). */
    private static final Path PROCESS = Path.of("/proc/self");
    private static final int OTHERS_WRITE = 022;
    private static final int OTHERS_ENTER = 011;

    private Ownership() {
    }

    private record Rights(int user, int mode, int names) {
        static Rights of(Path path) throws IOException {
            Map<String, Object> found = Files.readAttributes(path, "unix:uid,mode,nlink");
            return new Rights((Integer) found.get("uid"), (Integer) found.get("mode"), (Integer) found.get("nlink"));
        }
    }

    /**
     * Fails if an unfinished file is not this user's alone.
     *
     * @param reference name of the target for messages
     * @param file the open file
     * @param name its name
     * @param oneName whether it is also refused if it has another name (a hard link)
     */
    public static void require(String reference, LockedFile file, Path name, boolean oneName) throws IOException, TargetException {
        Path folder = name.getParent();
        if (OperatingSystem.isWindows() && oneName) {
            refuseOtherName(reference, name, FileKeys.names(name).orElse(1));
        }
        if (!name.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Rights found = Rights.of(file.handle().path());
        if (oneName) {
            refuseOtherName(reference, name, found.names);
        }
        boolean shared = (Rights.of(folder).mode & OTHERS_ENTER) != 0;
        boolean writable = shared && (found.mode & OTHERS_WRITE) != 0;
        if (!writable && OperatingSystem.isLinux() && Files.isDirectory(PROCESS) && found.user == Rights.of(PROCESS).user) {
            return;
        }
        Rights own = ofNewFile(folder);
        if (found.user != own.user) {
            throw refused(reference, name, "belongs to another user (" + Files.getOwner(file.handle().path()).getName() + ")",
                    "start over (--force), or make the file yours (chown) if you trust what is in it");
        }
        if (writable && (found.mode & OTHERS_WRITE & ~own.mode) != 0) {
            throw refused(reference, name, "may be written by other users (its mode is " + Integer.toOctalString(found.mode & 0777)
                    + ")", "start over (--force), or take that right away (chmod go-w) if you trust what is in it");
        }
    }

    private static void refuseOtherName(String reference, Path name, int names) throws TargetException {
        if (names > 1) {
            throw refused(reference, name, "has another name (a hard link), so what is written to it would change that as well",
                    "remove one of the names");
        }
    }

    /**
     * Fails if {@code path} is a symbolic link that another user has put into a folder where others may do so: what is written to
     * it would go to a place of his choice. Links of root's, of this user's and of the folder's owner are followed.
     *
     * @param reference name of the target for messages
     */
    public static void requireOwnLink(String reference, Path path) throws IOException, TargetException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix") || !Files.isSymbolicLink(path)) {
            return;
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Rights folder = Rights.of(path.toAbsolutePath().getParent());
        boolean planted = owner != 0 && owner != folder.user && (folder.mode & OTHERS_WRITE) != 0
                && !(OperatingSystem.isLinux() && Files.isDirectory(PROCESS) && owner == Rights.of(PROCESS).user);
        if (planted) {
            throw new TargetException(reference, -1, "is a symbolic link to \"" + Files.readSymbolicLink(path) + "\" that another user ("
                    + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName() + ") has put into a folder that others may write to",
                    "name the file itself, or remove the link", null);
        }
    }

    private static Rights ofNewFile(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".imaging-", ".probe", FileRights.PRIVATE.ofFile(folder));
        try {
            return Rights.of(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static TargetException refused(String reference, Path name, String what, String remedy) {
        return new TargetException(reference, -1, "the unfinished file \"" + name + "\" " + what, remedy, null);
    }
}
