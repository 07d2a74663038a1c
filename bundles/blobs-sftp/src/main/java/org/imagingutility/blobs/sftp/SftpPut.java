package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatExtensionInfo;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.client.impl.SftpOutputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.imagingutility.api.error.ImagingException;

/** Puts objects: temporary name, force, name. Used by several threads at once. */
final class SftpPut {
    static final String FSYNC = "fsync@openssh.com";
    static final String LINK = "hardlink@openssh.com";
    private static final String ROOM = "statvfs@openssh.com";
    private static final int LINKS_SINCE = 6;
    private static final int NAME_BYTES = 8;
    private static final int PIECE = 1 << 16;
    private static final int PACKET = 32 << 10;

    private final SftpReference place;
    private final SecureRandom random = new SecureRandom();

    SftpPut(SftpReference place) {
        this.place = place;
    }

    /** Says whether a server tells for certain who was first. */
    static boolean links(Link link) {
        return link.has(LINK) || link.version() >= LINKS_SINCE;
    }

    void put(Link link, String key, ByteBuffer content) throws IOException, ImagingException {
        if (isThere(link, place.path(key))) {
            throw SftpFailures.exists(place, key, null);
        }
        byte[] number = new byte[NAME_BYTES];
        random.nextBytes(number);
        String folder = key.substring(0, key.lastIndexOf('/') + 1);
        String written = place.path(folder + "." + HexFormat.of().formatHex(number) + ".put");
        int length = content.remaining();
        CloseableHandle handle = create(link, written, folder);
        try {
            try {
                write(link, handle, written, content);
            } finally {
                link.order(sftp -> sftp.close(handle));
            }
            name(link, key, written);
        } catch (SftpException e) {
            remove(link, written, e);
            if (e.getStatus() == SftpConstants.SSH_FX_FAILURE && isFull(link, folder, length)) {
                throw SftpFailures.full(place, key, "cannot be stored: ", e);
            }
            throw e;
        } catch (ImagingException e) {
            remove(link, written, e);
            throw e;
        }
    }

    private CloseableHandle create(Link link, String written, String folder) throws IOException {
        EnumSet<OpenMode> modes = EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Exclusive);
        try {
            return link.step(sftp -> sftp.open(written, modes));
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE && e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_PATH) {
                throw e;
            }
        }
        try {
            makeFolders(link, place.path(folder));
            return link.step(sftp -> sftp.open(written, modes));
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE && e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_PATH) {
                throw e;
            }
            // not that the object is absent
            throw new SftpException(SftpConstants.SSH_FX_FAILURE, "the folder cannot be made: " + e.getMessage());
        }
    }

    private static void write(Link link, CloseableHandle handle, String written, ByteBuffer content) throws IOException {
        byte[] piece = new byte[Math.min(PIECE, content.remaining())];
        SftpOutputStreamAsync out = link.step(sftp -> new SftpOutputStreamAsync(sftp, PACKET, written, handle, false));
        while (content.hasRemaining()) {
            int length = Math.min(piece.length, content.remaining());
            content.get(piece, 0, length);
            link.order(sftp -> out.write(piece, 0, length));
        }
        link.order(sftp -> out.close());
        if (link.has(FSYNC)) {
            link.order(sftp -> sftp.getExtension(OpenSSHFsyncExtension.class).fsync(handle));
        }
    }

    private void name(Link link, String key, String written) throws IOException, ImagingException {
        String path = place.path(key);
        try {
            if (link.has(LINK)) {
                link.order(sftp -> {
                    Buffer buffer = new ByteArrayBuffer();
                    buffer.putString(LINK);
                    buffer.putString(written);
                    buffer.putString(path);
                    status(sftp.receive(sftp.send(SftpConstants.SSH_FXP_EXTENDED, buffer)));
                });
            } else if (links(link)) {
                // the first of the two is the new name
                link.order(sftp -> sftp.link(path, written, false));
            } else {
                link.order(sftp -> sftp.rename(written, path));
                return;
            }
        } catch (SftpException e) {
            if (isThere(link, path)) {
                throw SftpFailures.exists(place, key, e);
            }
            // no links on that file system: OpenSSH looks first, and renames then
            link.order(sftp -> sftp.rename(written, path));
            return;
        }
        link.order(sftp -> sftp.remove(written));
    }

    /** Throws what an answer to an extended request says, unless that is success. */
    private static void status(Buffer answer) throws IOException {
        answer.getInt();
        int type = answer.getUByte();
        answer.getInt();
        int status = type == SftpConstants.SSH_FXP_STATUS ? answer.getInt() : SftpConstants.SSH_FX_BAD_MESSAGE;
        if (status != SftpConstants.SSH_FX_OK) {
            throw new SftpException(status, type == SftpConstants.SSH_FXP_STATUS ? answer.getString() : "no status");
        }
    }

    private static boolean isThere(Link link, String path) throws IOException {
        try {
            link.step(sftp -> sftp.lstat(path));
            return true;
        } catch (SftpException e) {
            return false;
        }
    }

    private static void makeFolders(Link link, String path) throws IOException {
        String folder = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (int at = folder.indexOf('/', 1); at >= 0; at = folder.indexOf('/', at + 1)) {
            makeFolder(link, folder.substring(0, at));
        }
        makeFolder(link, folder);
    }

    private static void makeFolder(Link link, String folder) throws IOException {
        try {
            link.order(sftp -> sftp.mkdir(folder));
        } catch (SftpException e) {
            Attributes found;
            try {
                found = link.step(sftp -> sftp.stat(folder));
            } catch (SftpException looking) {
                e.addSuppressed(looking);
                throw e;
            }
            if (!found.isDirectory()) {
                throw e;
            }
        }
    }

    /** OpenSSH says of a full disk no more than that it failed. */
    private boolean isFull(Link link, String folder, int length) throws IOException {
        if (!link.has(ROOM)) {
            return false;
        }
        OpenSSHStatExtensionInfo room = link.step(sftp -> sftp.getExtension(OpenSSHStatPathExtension.class).stat(place.path(folder)));
        return room.f_bavail == 0 || room.f_bavail > 0 && room.f_frsize > 0 && room.f_bavail < length / room.f_frsize + 1;
    }

    private static void remove(Link link, String written, Exception failure) {
        try {
            link.order(sftp -> sftp.remove(written));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
