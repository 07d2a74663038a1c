package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.store.ImageFile;

/** A published image, opened for reading. */
final class ReadOnlyImageFile implements ImageFile {
    private final String reference;
    private final FileChannel channel;

    ReadOnlyImageFile(String reference, FileChannel channel) {
        this.reference = reference;
        this.channel = channel;
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
        return ChannelReads.length(reference, channel);
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImageReadException {
        ChannelReads.read(reference, channel, offset, target);
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

    private IllegalStateException readOnly() {
        return new IllegalStateException("image \"" + reference + "\" was opened for reading only");
    }

    @Override
    public void close() throws ImageReadException {
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.reading(reference, -1, e);
        }
    }
}
