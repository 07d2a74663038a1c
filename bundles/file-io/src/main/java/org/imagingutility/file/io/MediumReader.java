package org.imagingutility.file.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads a file or block device past the page cache (O_DIRECT), from any offset into any buffer. For several threads at once.
 * File systems that accept O_DIRECT and use the cache all the same (ext4 with {@code data=journal}, compressed files of btrfs)
 * cannot be told from others.
 */
public final class MediumReader implements Closeable {
    private static final Optional<OpenOption> DIRECT = DirectOption.find();
    private static final int BUFFER_SIZE = 1 << 20;
    /** No medium has sectors below that; larger ones are rare, and the file system's blocks are as large then. */
    private static final int MIN_ALIGNMENT = 4096;
    /** File systems whose medium is the page cache. */
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");

    private final FileChannel channel;
    private final int alignment;
    private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    private MediumReader(FileChannel channel, int alignment) {
        this.channel = channel;
        this.alignment = alignment;
    }

    /**
     * Opens an open file once more; empty if it cannot be read past the cache, or not be found again.
     *
     * @param file leads to the file
     * @throws IOException if it cannot be opened for another reason
     */
    public static Optional<MediumReader> open(Handle file) throws IOException {
        Path path = file.path();
        long blockSize = Files.getFileStore(path).getBlockSize();
        boolean usable = blockSize > 0 && blockSize <= 16 * BUFFER_SIZE && Long.bitCount(blockSize) == 1;
        boolean inMemory = Files.isRegularFile(path) && MEMORY.contains(Files.getFileStore(path).type());
        if (!usable || DIRECT.isEmpty() || inMemory) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, DIRECT.get());
            if (!file.leadsThere()) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new MediumReader(channel, (int) Math.max(blockSize, MIN_ALIGNMENT)));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw e;
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
            if (isRefusal(e)) {
                return false;
            }
            throw e;
        }
    }

    /** EINVAL, which is what a file system says that knows no O_DIRECT or needs another alignment. */
    private static boolean isRefusal(IOException e) {
        return SystemErrors.text(e).toLowerCase(Locale.ROOT).contains("invalid argument");
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
            return channel.read(target, offset);
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
            int count = channel.read(buffer, offset - before);
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
        channel.close();
    }
}
