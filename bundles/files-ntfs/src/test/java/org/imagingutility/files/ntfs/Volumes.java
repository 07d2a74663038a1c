package org.imagingutility.files.ntfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.CountingDevice;

/** Volumes for tests. */
final class Volumes {
    private Volumes() {
    }

    /** Returns the bytes of a fixture. */
    static byte[] fixture(String name, Path folder) {
        try {
            return Files.readAllBytes(Fixtures.unpack(name, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a device with these bytes. */
    static VolumeDevice device(byte[] bytes) {
        return VolumeDevice.of(new CountingDevice(bytes.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(bytes, (int) offset, target.remaining()))));
    }

    /** Returns a device with the bytes of a file, which is opened for each read. */
    static VolumeDevice device(Path file) throws IOException {
        return VolumeDevice.of(new CountingDevice(Files.size(file), 512, (offset, target) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long position = offset;
                while (target.hasRemaining()) {
                    position += channel.read(target, position);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Opens the tree of a volume. */
    static FileTree open(VolumeDevice volume) throws ImagingException {
        return new NtfsReader().open(volume, ReadingOptions.standard()).orElseThrow();
    }
}
