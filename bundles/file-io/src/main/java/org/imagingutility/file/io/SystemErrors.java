package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.system.OperatingSystem;

/** What the errors of the operating system mean for those who read and write files. */
public final class SystemErrors {
    private SystemErrors() {
    }

    /** Returns what happened, in the words of the operating system where it has some. */
    public static String text(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return "its thread was interrupted";
        }
        if (e instanceof ClosedChannelException) {
            return "it is closed";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no \"" + e.getMessage() + "\"";
        }
        if (e instanceof AccessDeniedException denied && denied.getReason() == null) {
            // Windows says the same of a file that another program has open and that is to be replaced
            return "access to \"" + (denied.getOtherFile() == null ? denied.getFile() : denied.getOtherFile()) + "\" is denied"
                    + (OperatingSystem.isWindows() ? ", or another program has it open" : "");
        }
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Says whether the same may succeed a while later, because a medium, a share or the way to it went away. What is not
     * known does not pass.
     */
    public static boolean mayPass(IOException e) {
        return SystemError.of(e).map(SystemError::mayPass).orElse(false);
    }

    /**
     * Returns the error of a target.
     *
     * @param reference its name for messages
     * @param offset first byte that was not written, or -1
     * @param what what failed; the words of the operating system follow
     * @param mayPass whether the same may succeed a while later
     */
    public static TargetException target(String reference, long offset, String what, IOException e, boolean mayPass) {
        return new TargetException(reference, offset, what + text(e), remedy(e, mayPass), e, mayPass);
    }

    private static String remedy(IOException e, boolean mayPass) {
        SystemError error = SystemError.of(e).orElse(null);
        String known = error == null ? null : switch (error) {
            case NO_SPACE -> "free space there, or choose another target";
            case QUOTA -> "the user's quota is used up: free space there, or choose another target";
            case READ_ONLY -> "mount the file system for writing, or choose another target";
            case TOO_LARGE -> "the file system cannot hold so large a file (FAT32: 4 GiB): choose another target";
            case MEDIUM -> "the target's medium or connection fails: look at the system log, choose another target";
            case NO_LOCKS -> "the share keeps no locks: look at how it is mounted, or choose another target";
            case IN_USE -> "another program has it open: close it there, or choose another target";
            default -> null;
        };
        if (known != null) {
            return known;
        }
        return mayPass ? "the target or the way to it went away: connect it again, or choose another target" : null;
    }
}
