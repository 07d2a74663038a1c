package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.impl.SftpInputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;

/** Objects as files below one folder of a server. Used by several threads at once. */
final class SftpBlobStore implements BlobStore {
    private static final int PIECE = 1 << 16;
    private static final int PACKET = 32 << 10;

    private final SftpReference place;
    private final SftpConnection connection;
    private final SftpPut puts;
    private final BlobTraits traits;
    private volatile boolean closed;

    /** Opens the place: the server is asked what it can do. */
    SftpBlobStore(SftpReference place, SftpConnection connection, int requestsAtOnce) throws ImagingException {
        this.place = place;
        this.connection = connection;
        this.puts = new SftpPut(place);
        this.traits = connection.run("", "cannot be opened: ",
                link -> new BlobTraits(SftpPut.links(link), link.has(SftpPut.FSYNC), true, requestsAtOnce));
    }

    @Override
    public String reference() {
        return place.text();
    }

    @Override
    public BlobTraits traits() {
        return traits;
    }

    @Override
    public Optional<BlobInfo> stat(String key) throws ImagingException {
        String path = path(key);
        return connection.run(key, "cannot be looked up: ", link -> {
            try {
                Attributes found = link.step(sftp -> sftp.lstat(path));
                return isObject(found) ? Optional.of(info(key, found)) : Optional.empty();
            } catch (SftpException e) {
                if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH
                        || isBelowAFile(link, key)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Says whether an object stands where a folder would have to: some servers have no better word for it than that they failed. */
    private boolean isBelowAFile(Link link, String key) throws IOException {
        for (int at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) {
            String above = place.path(key.substring(0, at));
            try {
                if (!link.step(sftp -> sftp.stat(above)).isDirectory()) {
                    return true;
                }
            } catch (SftpException e) {
                return e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE;
            }
        }
        return false;
    }

    @Override
    public void get(String key, long offset, ByteBuffer target) throws ImagingException {
        String path = path(key);
        if (offset < 0 || offset > Long.MAX_VALUE - target.remaining() - PACKET) {
            throw new IllegalArgumentException("offset " + offset);
        }
        connection.run(key, "cannot be read: ", link -> {
            CloseableHandle handle = link.step(sftp -> sftp.open(path, EnumSet.of(OpenMode.Read)));
            try {
                read(link, handle, key, offset, target);
            } finally {
                link.order(sftp -> sftp.close(handle));
            }
            return target;
        });
    }

    private void read(Link link, CloseableHandle handle, String key, long offset, ByteBuffer target) throws IOException, BlobException {
        if (!target.hasRemaining()) {
            return;
        }
        byte[] piece = new byte[Math.min(PIECE, target.remaining())];
        long end = offset + target.remaining();
        SftpInputStreamAsync in = link.step(sftp -> new SftpInputStreamAsync(sftp, PACKET, offset, end, key, handle, false));
        while (target.hasRemaining()) {
            int most = Math.min(piece.length, target.remaining());
            int read = link.step(sftp -> in.read(piece, 0, most));
            if (read <= 0) {
                throw new BlobException(place.text(), key, Reason.FAILED, "ends at byte " + (end - target.remaining()) + ", " + target.remaining()
                        + " more bytes were expected", null, null);
            }
            target.put(piece, 0, read);
        }
        link.order(sftp -> in.close());
    }

    @Override
    public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
        requireOpen();
        BlobKeys.require(key);
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("object \"" + key + "\" without a byte");
        }
        connection.run(key, "cannot be stored: ", link -> {
            puts.put(link, key, content.duplicate());
            return key;
        });
    }

    @Override
    public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
        requireOpen();
        BlobKeys.requirePrefix(prefix);
        if (limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException("limit " + limit);
        }
        return connection.run("", "cannot be listed: ", link -> new SftpList(place, link, prefix, after, limit).objects());
    }

    @Override
    public void delete(String key) throws ImagingException {
        String path = path(key);
        if (stat(key).isEmpty()) {
            throw SftpFailures.absent(place, key, null);
        }
        connection.run(key, "cannot be deleted: ", link -> {
            link.order(sftp -> sftp.remove(path));
            return key;
        });
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }

    private String path(String key) {
        requireOpen();
        return place.path(BlobKeys.require(key));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("\"" + place.text() + "\" is closed");
        }
    }

    static boolean isObject(Attributes file) {
        return file.isRegularFile() && file.getSize() > 0;
    }

    static BlobInfo info(String key, Attributes file) {
        FileTime stored = file.getModifyTime();
        return new BlobInfo(key, file.getSize(), stored == null ? Instant.EPOCH : stored.toInstant());
    }
}
