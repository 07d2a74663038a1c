package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.OptionalLong;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.file.io.PublishedName.ReplacedException;

/**
 * An image being written. Only {@link #publish}, {@link #discard} and {@link #close} change its state; they are for one
 * thread, when no other reads or writes any more.
 *
 * <p>After a write or {@link #force} failed, every further force and publish fails: Linux drops what it could not write,
 * keeps it readable in its cache, and lets the next force succeed. So all that was written since the last force that
 * succeeded counts as not written, and only who opens the file again and reads it past the cache knows what is there.
 */
final class WritableImageFile implements ImageFile {
    private final String reference;
    private final TargetFile file;
    private final FileChannel channel;
    private final Reads reads;
    private volatile TargetException lost;
    /** Set once all bytes are on stable storage and the file is to get its name: from then on it is never removed. */
    private boolean whole;

    private WritableImageFile(String reference, TargetFile file) {
        this.reference = reference;
        this.file = file;
        this.channel = file.file().channel();
        this.reads = new Reads(reference, channel);
    }

    /** Returns the image that is written to {@code file}, which is closed with it, also if that fails. */
    static WritableImageFile of(String reference, TargetFile file) {
        try {
            return new WritableImageFile(reference, file);
        } catch (RuntimeException | Error e) {
            try {
                file.close();
            } catch (IOException unclosed) {
                e.addSuppressed(unclosed);
            }
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
        TargetException before = lost;
        if (before != null) {
            throw new TargetException(reference, -1, "what was written since it was last forced may be lost, because writing failed: "
                    + before.getMessage(), before.remedy().orElse(null), before, before.mayPass());
        }
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
            file.publish();
        } catch (ReplacedException e) {
            throw new TargetException(reference, -1, IoErrors.text(e), "keep other programs and users off the folder, and make "
                    + "the image again", e);
        } catch (FileAlreadyExistsException e) {
            throw kept("a file of this name appeared while the image was written", e);
        } catch (IOException e) {
            throw kept("the finished image cannot get its name for good: " + IoErrors.text(e), e);
        }
    }

    private TargetException kept(String reason, IOException cause) {
        return new TargetException(reference, -1, reason, "the image is complete and was kept as \"" + file.path()
                + "\": rename it if it has another name", cause, IoErrors.mayPass(cause));
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
        TargetException failure = IoErrors.writing(reference, offset, e);
        lost = failure;
        return failure;
    }

    /** {@inheritDoc} Forces first what was written, so that the medium has it. */
    @Override
    public boolean bypassCache(boolean bypass) throws TargetException, ImageReadException {
        if (bypass && !whole) {
            force();
        }
        return reads.bypassCache(bypass, file.file().handle());
    }

    @Override
    public OptionalLong usableSpace() {
        try {
            long bytes = Files.getFileStore(file.path()).getUsableSpace();
            return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        } catch (IOException e) {
            // a file system that cannot tell; it will say what is wrong when it is written to
            return OptionalLong.empty();
        }
    }

    /** {@inheritDoc} A file that was opened under its final name, and one that is whole, stays. */
    @Override
    public void discard() throws TargetException {
        end(!whole);
    }

    @Override
    public void close() throws TargetException {
        end(false);
    }

    /** Allocates nothing of its own: also who has no memory left lets go of the file. */
    private void end(boolean discard) throws TargetException {
        try (reads) {
            // closed after it: the lock holds until the end is done
            if (discard) {
                file.discard();
            } else {
                file.close();
            }
        } catch (IOException e) {
            throw IoErrors.writing(reference, -1, e);
        }
    }
}
