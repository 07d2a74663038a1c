package org.imagingutility.file.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads a file or block device past the cache of the operating system ({@link UncachedFile}), from any offset into any buffer. For several threads at once.
 * File systems that accept O_DIRECT and use the cache all the same (ext4 with {@code data=journal}, compressed files of btrfs)
 * cannot be told from others.
 */
public final class MediumReader implements Closeable {
    private static final int BUFFER_SIZE = 1 << 20;
    /** No medium has sectors below that; larger ones are rare, and the file system's blocks are as large then. */
    private static final int MIN_ALIGNMENT = 4096;
    /** File systems whose medium is the page cache. */
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private final UncachedFile file;
    private final int alignment;
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    private MediumReader(UncachedFile file) {
        this.file = file;
        this.alignment = Math.max(file.blockSize(), MIN_ALIGNMENT);
    }

    /**
     * Opens an open file once more; empty if it cannot be read past the cache, or not be found again.
     *
     * @param file leads to the file
     * @throws IOException if it cannot be opened for another reason
     */
    public static Optional<MediumReader> open(Handle file) throws IOException {
        Path path = file.path();
        Optional<UncachedFile> opened = Files.isRegularFile(path) && isInMemory(path) ? Optional.empty() : UncachedFile.open(file);
        try {
            return opened.map(MediumReader::new);
        } catch (RuntimeException | Error e) {
            opened.get().close();
            throw e;
        }
    }

    private static boolean isInMemory(Path path) {
        try {
            return MEMORY.contains(Files.getFileStore(path).type());
        } catch (IOException e) {
            // not each share of Windows tells what it is
            return false;
        }
    }

    /**
     * Reads the first block. Some file systems accept the option and then refuse each read.
     *
     * @return whether that worked
     * @throws IOException if it failed for another reason
     */
    public boolean works() throws IOException {
        try {
            read(ByteBuffer.allocate(1), 0);
            return true;
        } catch (IOException e) {
            if (UncachedFile.isRefusal(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Reads some of the bytes from {@code offset} on.
     *
     * @param target any buffer; an aligned direct one is read into without a copy
     * @param offset not negative
     * @return how many, at least one; -1 if the file ends at or before {@code offset}
     * @throws IOException if the operating system refuses
     */
    public int read(ByteBuffer target, long offset) throws IOException {
        boolean fits = offset % alignment == 0 && target.remaining() >= alignment && target.isDirect()
                && target.alignmentOffset(target.position(), alignment) == 0;
        return fits ? readInto(target, offset) : readThroughBuffer(target, offset);
    }

    private int readInto(ByteBuffer target, long offset) throws IOException {
        int limit = target.limit();
        try {
            target.limit(limit - target.remaining() % alignment);
            return file.read(target, offset);
        } finally {
            target.limit(limit);
        }
    }

    private int readThroughBuffer(ByteBuffer target, long offset) throws IOException {
        int before = (int) (offset % alignment);
        ByteBuffer buffer = buffers.poll();
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(Math.max(BUFFER_SIZE, alignment) + alignment).alignedSlice(alignment);
        }
        try {
            long wanted = ((long) before + target.remaining() + alignment - 1) / alignment * alignment;
            buffer.clear().limit((int) Math.min(wanted, buffer.capacity() / alignment * (long) alignment));
            int count = file.read(buffer, offset - before);
            if (count <= before) {
                return -1;
            }
            int length = Math.min(count - before, target.remaining());
            target.put(buffer.position(before).limit(before + length));
            return length;
        } finally {
            buffers.add(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
