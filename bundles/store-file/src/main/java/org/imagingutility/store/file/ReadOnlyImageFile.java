package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.file.io.FileIdentity;

/** A published image, opened for reading. */
final class ReadOnlyImageFile implements ImageFile {
    private final String reference;
    private final Path path;
    private final FileIdentity identity;
    private final FileChannel channel;
    private final Reads reads;

    private ReadOnlyImageFile(String reference, Path path, FileIdentity identity, FileChannel channel) {
        this.reference = reference;
        this.path = path;
        this.identity = identity;
        this.channel = channel;
        this.reads = new Reads(reference, channel);
    }

    /** Opens the file at {@code path}, which has no symbolic links. */
    static ReadOnlyImageFile open(String reference, Path path) throws IOException {
        // if the file is replaced between the two, it counts as replaced later: see Reads
        FileIdentity identity = FileIdentity.of(path);
        return new ReadOnlyImageFile(reference, path, identity, FileChannel.open(path, StandardOpenOption.READ));
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
        return reads.bypassCache(bypass, path, identity);
    }

    private IllegalStateException readOnly() {
        return new IllegalStateException("image \"" + reference + "\" was opened for reading only");
    }

    @Override
    public void close() throws ImageReadException {
        try (reads; channel) {
            // nothing is left to do but to close them
        } catch (IOException e) {
            throw IoErrors.reading(reference, -1, e);
        }
    }
}
