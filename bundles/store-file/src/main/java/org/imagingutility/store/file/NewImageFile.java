package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;

/**
 * An image being written. Only {@link #publish} and {@link #close} change its state; they are for one thread, when no
 * other reads or writes any more.
 */
final class NewImageFile implements ImageFile {
    private final String reference;
    private final PartialFile partial;
    private final FileChannel channel;
    private final boolean overwrite;
    /** Set once all bytes are on stable storage: from then on the file is worth more than a clean directory. */
    private boolean whole;

    NewImageFile(String reference, PartialFile partial, boolean overwrite) {
        this.reference = reference;
        this.partial = partial;
        this.channel = partial.channel();
        this.overwrite = overwrite;
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
    public void write(long offset, ByteBuffer source) throws TargetException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        checkNotPublished();
        int begin = source.position();
        while (source.hasRemaining()) {
            long at = offset + (source.position() - begin);
            try {
                channel.write(source, at);
            } catch (IOException e) {
                throw failed(at, e);
            }
        }
    }

    @Override
    public void truncate(long length) throws TargetException {
        checkNotPublished();
        try {
            if (length < 0 || length > channel.size()) {
                throw new IllegalArgumentException("length " + length + " is not in 0.." + channel.size());
            }
            channel.truncate(length);
        } catch (IOException e) {
            throw failed(length, e);
        }
    }

    @Override
    public void force() throws TargetException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failed(-1, e);
        }
    }

    /**
     * {@inheritDoc}
     * If the image cannot get its name, it is kept as {@code NAME.partial}: it is whole, and may have taken hours.
     */
    @Override
    public void publish() throws TargetException {
        checkNotPublished();
        force();
        whole = true;
        try {
            partial.rename(overwrite);
        } catch (FileAlreadyExistsException e) {
            throw kept("a file of this name appeared while the image was written", e);
        } catch (IOException e) {
            throw kept("the finished image cannot get its name: " + IoErrors.text(e), e);
        }
    }

    private TargetException kept(String reason, IOException cause) {
        return new TargetException(reference, -1, reason,
                "the image is complete and was kept as \"" + partial.path() + "\": rename it", cause);
    }

    private void checkNotPublished() {
        if (whole) {
            throw new IllegalStateException("image \"" + reference + "\" is published");
        }
    }

    private TargetException failed(long offset, IOException e) {
        if (e instanceof ClosedChannelException && !(e instanceof ClosedByInterruptException)) {
            return new TargetException(reference, offset, "the file is closed", null, e);
        }
        return IoErrors.writing(reference, offset, e);
    }

    @Override
    public void discard() throws TargetException {
        checkNotPublished();
        close();
    }

    @Override
    public void close() throws TargetException {
        try {
            partial.close(whole);
        } catch (IOException e) {
            throw IoErrors.writing(reference, -1, e);
        }
    }
}
