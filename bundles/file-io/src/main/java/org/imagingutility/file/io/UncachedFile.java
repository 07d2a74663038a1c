package org.imagingutility.file.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.file.io.system.OperatingSystem;

/**
 * A file or block device that is open for reads past the cache of the operating system. For several threads at once; not to be
 * closed while one reads.
 */
public abstract class UncachedFile implements Closeable {
    private static final int LARGEST_BLOCK = 1 << 24;

    private final int blockSize;

    /** Creates one of which whole blocks are read. */
    protected UncachedFile(int blockSize) {
        this.blockSize = blockSize;
    }

    /**
     * Opens an open file once more; empty if it cannot be read past the cache, or not be found again.
     *
     * @param file leads to the file
     * @throws IOException if it cannot be opened for another reason
     */
    public static Optional<UncachedFile> open(Handle file) throws IOException {
        Path path = file.path();
        long block = Files.getFileStore(path).getBlockSize();
        if (block < 1 || block > LARGEST_BLOCK || Long.bitCount(block) != 1) {
            return Optional.empty();
        }
        Optional<? extends UncachedFile> opened;
        try {
            opened = OperatingSystem.isWindows() ? WindowsUncachedFile.open(path, (int) block) : DirectChannel.open(path, (int) block);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw e;
        }
        boolean kept = false;
        try {
            if (opened.isEmpty() || !file.leadsThere()) {
                return Optional.empty();
            }
            Optional<UncachedFile> found = Optional.of(opened.get());
            kept = true;
            return found;
        } finally {
            if (!kept && opened.isPresent()) {
                opened.get().close();
            }
        }
    }

    /** Says whether an error is what a file system says that has no reads past the cache or needs another alignment. */
    static boolean isRefusal(IOException e) {
        return SystemError.of(e).equals(Optional.of(SystemError.NOT_SUPPORTED));
    }

    /**
     * Returns the bytes of a block, a power of two: reads begin at a multiple of it, in the file and in memory, and are of a
     * multiple of it.
     */
    public final int blockSize() {
        return blockSize;
    }

    /**
     * Reads some of the bytes from {@code offset} on.
     *
     * @param target a direct buffer
     * @return how many, at least one; -1 if the file ends at or before {@code offset}
     * @throws IOException if the operating system refuses
     */
    public abstract int read(ByteBuffer target, long offset) throws IOException;
}
