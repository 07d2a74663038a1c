package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.imagingutility.file.io.windows.UncachedHandle;

/** Reads by a handle of Windows' own. */
final class WindowsUncachedFile extends UncachedFile {
    private final UncachedHandle handle;

    private WindowsUncachedFile(UncachedHandle handle, int blockSize) {
        super(blockSize);
        this.handle = handle;
    }

    /** Opens what stands under {@code path}; empty if Windows cannot be asked. */
    static Optional<WindowsUncachedFile> open(Path path, int blockSize) throws IOException {
        Optional<UncachedHandle> opened = UncachedHandle.open(path);
        return opened.isEmpty() ? Optional.empty() : Optional.of(new WindowsUncachedFile(opened.get(), blockSize));
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return handle.read(target, offset);
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
