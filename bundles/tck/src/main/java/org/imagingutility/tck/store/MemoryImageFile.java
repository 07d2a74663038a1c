package org.imagingutility.tck.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Content;

/**
 * An image file in memory. It can be one that does not seek, be full after a number of bytes, fail to read, and it
 * keeps a list of what was done to it, from which every state on the way can be made again. Safe for use by several
 * threads.
 */
public final class MemoryImageFile implements ImageFile {
    private final String reference;
    private final boolean seekable;
    private final long capacity;
    private final BiConsumer<MemoryImageFile, End> onEnd;
    private final List<Operation> operations = new ArrayList<>();
    private byte[] content = new byte[1024];
    private int length;
    private long readsUntilError = Long.MAX_VALUE;
    private boolean ended;
    private boolean closed;

    /** Creates an empty file that seeks and has room for 1 GiB. */
    public MemoryImageFile() {
        this("memory:image", true, 1L << 30, (file, end) -> { });
    }

    /**
     * Creates an empty file.
     *
     * @param reference its name
     * @param seekable whether it seeks
     * @param capacity the most bytes it holds; a write beyond is a {@link TargetException}
     * @param onEnd run once, when it is published, discarded or closed
     */
    MemoryImageFile(String reference, boolean seekable, long capacity, BiConsumer<MemoryImageFile, End> onEnd) {
        this.reference = reference;
        this.seekable = seekable;
        this.capacity = capacity;
        this.onEnd = onEnd;
    }

    /** How the writing of a file ended. */
    enum End {
        PUBLISHED, DISCARDED, LEFT
    }

    /** Creates a file that seeks with a copy of {@code content}. */
    public static MemoryImageFile of(byte[] content) {
        MemoryImageFile file = new MemoryImageFile();
        file.fill(content);
        return file;
    }

    /** Makes {@code bytes} the content, unrecorded. */
    synchronized void fill(byte[] bytes) {
        content = bytes.clone();
        length = bytes.length;
    }

    /** Creates an empty file whose writes must follow one another and which cannot be read. */
    public static MemoryImageFile notSeekable() {
        return new MemoryImageFile("memory:stream", false, 1L << 30, (file, end) -> { });
    }

    /** Creates an empty file that is full when it holds {@code capacity} bytes. */
    public static MemoryImageFile fullAt(long capacity) {
        return new MemoryImageFile("memory:full", true, capacity, (file, end) -> { });
    }

    /** What was done to a file. */
    public enum OperationKind {
        /** Bytes were written at an offset. */
        WRITE,
        /** The file was cut to the offset. */
        TRUNCATE,
        /** What was written before is on stable storage. */
        FORCE,
        /** The file got its name. */
        PUBLISH
    }

    /**
     * One thing that was done to a file.
     *
     * @param kind what
     * @param offset where, for a write; the new length, for a truncation; else 0
     * @param bytes what was written; else empty. Belongs to the list: not to be changed.
     */
    public record Operation(OperationKind kind, long offset, ByteBuffer bytes) {
    }

    /** Returns what was done so far, in order. */
    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns the content after the first {@code count} operations, as a loss of power there could leave it. */
    public synchronized byte[] contentAfter(int count) {
        MemoryImageFile replayed = new MemoryImageFile();
        for (Operation operation : operations.subList(0, count)) {
            switch (operation.kind()) {
                case WRITE -> replayed.put(operation.offset(), operation.bytes().duplicate());
                case TRUNCATE -> replayed.length = (int) operation.offset();
                case FORCE, PUBLISH -> { }
            }
        }
        return replayed.content();
    }

    /** Returns a copy of the content, also of a closed file. */
    public synchronized byte[] content() {
        return Arrays.copyOf(content, length);
    }

    /** Makes every read fail after the next {@code count} ones. */
    public synchronized void failReadsAfter(long count) {
        readsUntilError = count;
    }

    @Override
    public String reference() {
        return reference;
    }

    @Override
    public boolean seekable() {
        return seekable;
    }

    @Override
    public synchronized long length() {
        checkOpen();
        return length;
    }

    @Override
    public synchronized void read(long offset, ByteBuffer target) throws ImageReadException {
        checkOpen();
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        if (!seekable) {
            throw new ImageReadException(reference, offset, "a stream cannot be read back", null);
        }
        if (readsUntilError-- <= 0) {
            throw new ImageReadException(reference, offset, "injected read error", null);
        }
        if (offset > length - target.remaining()) {
            throw new ImageReadException(reference, Math.max(offset, length), "the file has " + length + " bytes, "
                    + target.remaining() + " were asked for at " + offset, null);
        }
        target.put(content, (int) offset, target.remaining());
    }

    @Override
    public synchronized void write(long offset, ByteBuffer source) throws TargetException {
        checkOpen();
        if (offset < 0 || !seekable && offset != length) {
            throw new IllegalArgumentException("a write at " + offset + " to a file of " + length + " bytes");
        }
        if (offset + source.remaining() > capacity) {
            throw new TargetException(reference, Math.max(offset, capacity), "is full", "free space", null);
        }
        ByteBuffer copy = ByteBuffer.wrap(Content.bytes(source)).asReadOnlyBuffer();
        operations.add(new Operation(OperationKind.WRITE, offset, copy));
        put(offset, source);
    }

    private void put(long offset, ByteBuffer source) {
        int end = Math.toIntExact(offset + source.remaining());
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
        }
        if (offset > length) {
            Arrays.fill(content, length, (int) offset, (byte) 0);
        }
        source.get(content, (int) offset, source.remaining());
        length = Math.max(length, end);
    }

    @Override
    public synchronized void truncate(long newLength) {
        checkOpen();
        if (!seekable || newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("cannot cut " + length + " bytes to " + newLength);
        }
        operations.add(new Operation(OperationKind.TRUNCATE, newLength, ByteBuffer.allocate(0)));
        length = (int) newLength;
    }

    @Override
    public synchronized void force() {
        checkOpen();
        operations.add(new Operation(OperationKind.FORCE, 0, ByteBuffer.allocate(0)));
    }

    @Override
    public synchronized void publish() {
        force();
        operations.add(new Operation(OperationKind.PUBLISH, 0, ByteBuffer.allocate(0)));
        end(End.PUBLISHED);
    }

    private void end(End end) {
        if (!ended) {
            ended = true;
            onEnd.accept(this, end);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("image \"" + reference + "\" is closed");
        }
    }

    @Override
    public synchronized void discard() {
        end(End.DISCARDED);
        close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        end(End.LEFT);
    }
}
