package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;

/** What servers answer ({@code SSH_FX_...}), and what connections do, as the errors of a place for objects. */
final class SftpFailures {
    private static final int MAX_TEXT = 300;

    private SftpFailures() {
    }

    static BlobException of(SftpReference place, String key, String what, IOException e) {
        if (e instanceof SftpException status) {
            return answered(place, key, what, status);
        }
        if (e instanceof SocketTimeoutException) {
            return new BlobException(place.text(), key, Reason.TRANSIENT, what + place.address() + ": " + e.getMessage(),
                    "look at the connection; a slow one may need a larger sftp.timeout", e);
        }
        if (e instanceof ConnectException || e instanceof UnknownHostException || e.getCause() instanceof ConnectException
                || e.getCause() instanceof UnresolvedAddressException) {
            return new BlobException(place.text(), key, Reason.TRANSIENT, what + place.address() + " cannot be reached",
                    "look at the connection, the host and the port", e);
        }
        return new BlobException(place.text(), key, Reason.TRANSIENT, what + place.address() + ": "
                + (e.getMessage() == null ? "the connection broke" : printable(e.getMessage())), null, e);
    }

    private static BlobException answered(SftpReference place, String key, String what, SftpException e) {
        String text = what + "the server answered \"" + printable(String.valueOf(e.getMessage())) + "\" (" + e.getStatus() + ")";
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH -> absent(place, key, e);
            case SftpConstants.SSH_FX_FILE_ALREADY_EXISTS -> exists(place, key, e);
            case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT, SftpConstants.SSH_FX_CANNOT_DELETE ->
                new BlobException(place.text(), key, Reason.DENIED, text, "look at the rights of the folder on the server", e);
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED -> full(place, key, what, e);
            case SftpConstants.SSH_FX_NO_CONNECTION, SftpConstants.SSH_FX_CONNECTION_LOST, SftpConstants.SSH_FX_NO_MEDIA ->
                new BlobException(place.text(), key, Reason.TRANSIENT, text, null, e);
            default -> new BlobException(place.text(), key, Reason.FAILED, text, null, e);
        };
    }

    static BlobException full(SftpReference place, String key, String what, IOException e) {
        return new BlobException(place.text(), key, Reason.FULL, what + "no room is left on the server", "free space there, or use another place", e);
    }

    static BlobException absent(SftpReference place, String key, IOException e) {
        return new BlobException(place.text(), key, Reason.ABSENT, "there is no such object", null, e);
    }

    static BlobException exists(SftpReference place, String key, IOException e) {
        return new BlobException(place.text(), key, Reason.EXISTS, "exists already", null, e);
    }

    /** Returns what a server said without what a terminal would take for orders. */
    private static String printable(String text) {
        String line = text.codePoints().map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + " ...";
    }
}
