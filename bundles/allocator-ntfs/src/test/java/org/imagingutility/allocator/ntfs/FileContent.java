package org.imagingutility.allocator.ntfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.imagingutility.tck.device.CountingDevice;

/** The bytes of a file; opens it for each read, so nothing is to be closed. */
record FileContent(Path file) implements CountingDevice.Content {

    @Override
    public void read(long offset, ByteBuffer target) {
        try (FileChannel channel = FileChannel.open(file)) {
            for (long at = offset; target.hasRemaining();) {
                int n = channel.read(target, at);
                if (n < 0) {
                    throw new AssertionError("end of file at " + at);
                }
                at += n;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
