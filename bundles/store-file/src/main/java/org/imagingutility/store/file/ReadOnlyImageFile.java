package org.imagingutility.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.file.io.Handle;
import org.imagingutility.file.io.RegularFiles;

/** A published image, opened for reading. */
final class ReadOnlyImageFile implements ImageFile {
    private final String reference;
    private final Handle handle;
    private final FileChannel channel;
    private final Reads reads;
    private final Closeable ending;
    private boolean closed;

    /** Creates a file that is read by {@code channel}; {@code ending} is closed with it, once, in place of the channel. */
    ReadOnlyImageFile(String reference, Handle handle, FileChannel channel, Closeable ending) {
        this.reference = reference;
        this.handle = handle;
        this.channel = channel;
        this.ending = ending;
        this.reads = new Reads(reference, channel);
    }

    /** Opens the file at {@code path}, which has no symbolic links. */
    static ReadOnlyImageFile open(String reference, Path path) throws IOException {
        FileChannel channel = RegularFiles.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            Optional<Handle> handle = Handle.of(channel, path);
            if (handle.isEmpty()) {
                throw new IOException("another file got its name just now");
            }
            return new ReadOnlyImageFile(reference, handle.get(), channel, channel);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public boolean seekable() {
        return true;
    }

    @Override
    public long length() throws ImageReadException {
        return reads.length();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImageReadException {
        reads.read(offset, target);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
        throw readOnly();
    }

    @Override
    public void truncate(long length) {
        throw readOnly();
    }

    @Override
    public void force() {
        throw readOnly();
    }

    @Override
    public void publish() {
        throw readOnly();
    }

    @Override
    public void discard() {
        throw readOnly();
    }

    @Override
    public boolean bypassCache(boolean bypass) throws ImageReadException {
        return reads.bypassCache(bypass, handle);
    }

    /** Returns what leads to the open file. */
    Handle handle() {
        return handle;
    }

    private IllegalStateException readOnly() {
        return new IllegalStateException("image \"" + reference + "\" was opened for reading only");
    }

    @Override
    public void close() throws ImageReadException {
        if (closed) {
            return;
        }
        closed = true;
        try (ending; reads) {
            // nothing is left to do but to close them
        } catch (IOException e) {
            throw IoErrors.reading(reference, -1, e);
        }
    }
}
