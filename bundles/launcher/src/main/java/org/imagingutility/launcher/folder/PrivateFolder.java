package org.imagingutility.launcher.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Folders that nobody but this user can have put anything into. What lies in the cache is run with the rights of this user,
 * so a folder of another user's, or one that others may write to, is as good as none.
 *
 * <p>On systems without POSIX rights a folder has the access control list of the one it lies in, and is not looked at.
 */
public final class PrivateFolder {
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final String OWNER_ONLY = "rwx------";
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    /** Of {@code st_mode}: only owners may rename or delete what is in a folder; stat(2) of POSIX.1-2017, XSI. */
    private static final int STICKY = 01000;

    private PrivateFolder() {
    }

    /**
     * Makes {@code folder}, and those above it that are missing, for this user alone.
     *
     * @throws IOException if it cannot be made, or if it is there and others can have changed what is in it
     */
    public static void claim(Path folder) throws IOException {
        Files.createDirectories(folder, attributes());
        String fault = fault(folder);
        if (fault != null) {
            throw new IOException("\"" + folder + "\" is not used: " + fault);
        }
    }

    /** Keeps others from reading what is in {@code folder}, which belongs to this user. */
    public static void hide(Path folder) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        }
    }

    /** Says whether {@code folder} is there and belongs to this user, but others may write to it. */
    public static boolean isOwnButOpen(Path folder) throws IOException {
        if (!POSIX || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        PosixFileAttributes own = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return isOpen(own) && own.owner().equals(user(folder));
    }

    /** Returns what makes {@code folder} a place that others can have changed; null if it belongs to this user alone. */
    public static String fault(Path folder) throws IOException {
        if (!POSIX) {
            return null;
        }
        PosixFileAttributes own = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!own.isDirectory()) {
            return "it is no folder";
        }
        if (isOpen(own)) {
            return "its rights let others write to it";
        }
        UserPrincipal user = user(folder);
        if (!own.owner().equals(user)) {
            return "it belongs to " + own.owner().getName();
        }
        return faultAbove(folder.toRealPath().getParent(), user);
    }

    /** Who may rename what lies above can put another folder in the place of this one at any moment. */
    private static String faultAbove(Path folder, UserPrincipal user) throws IOException {
        for (Path above = folder; above != null; above = above.getParent()) {
            PosixFileAttributes attributes = Files.readAttributes(above, PosixFileAttributes.class);
            int uid = (Integer) Files.getAttribute(above, "unix:uid");
            if (uid != 0 && !attributes.owner().equals(user)) {
                return "\"" + above + "\", in which it lies, belongs to " + attributes.owner().getName();
            }
            int mode = (Integer) Files.getAttribute(above, "unix:mode");
            if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE) && (mode & STICKY) == 0) {
                return "the rights of \"" + above + "\", in which it lies, let everybody write to it";
            }
        }
        return null;
    }

    private static boolean isOpen(PosixFileAttributes attributes) {
        for (PosixFilePermission write : OTHERS_WRITE) {
            if (attributes.permissions().contains(write)) {
                return true;
            }
        }
        return false;
    }

    /** Returns this user: the owner of what this process makes. */
    private static UserPrincipal user(Path folder) throws IOException {
        Path self = Path.of("/proc/self");
        if ("Linux".equals(System.getProperty("os.name")) && Files.exists(self)) {
            return Files.getOwner(self);
        }
        Path made = Files.createTempFile(folder, "owner", null);
        try {
            return Files.getOwner(made);
        } finally {
            Files.delete(made);
        }
    }

    private static FileAttribute<?>[] attributes() {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))}
                : new FileAttribute<?>[0];
    }
}
