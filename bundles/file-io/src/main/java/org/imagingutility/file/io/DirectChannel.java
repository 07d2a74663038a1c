package org.imagingutility.file.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Reads by Java's channel with {@code O_DIRECT}. Not on Windows: Java opens a second handle there, without a buffer, reads by the
 * first one all the same, and never closes the second.
 */
final class DirectChannel extends UncachedFile {
    private final FileChannel channel;

    private DirectChannel(FileChannel channel, int blockSize) {
        super(blockSize);
        this.channel = channel;
    }

    /** Opens what stands under {@code path}; empty in a Java that cannot. */
    static Optional<DirectChannel> open(Path path, int blockSize) throws IOException {
        Optional<OpenOption> direct = option();
        return direct.isEmpty() ? Optional.empty()
                : Optional.of(new DirectChannel(FileChannel.open(path, StandardOpenOption.READ, direct.get()), blockSize));
    }

    /**
     * Returns {@code com.sun.nio.file.ExtendedOpenOption.DIRECT}, empty in a Java that lacks it. By its name, from the boot
     * loader: as a class, it would be a package that OSGi has to import.
     */
    private static Optional<OpenOption> option() {
        try {
            Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption", true, null);
            for (Object option : options.getEnumConstants()) {
                if (option instanceof OpenOption open && option.toString().equals("DIRECT")) {
                    return Optional.of(open);
                }
            }
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return channel.read(target, offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
