package org.imagingutility.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imagingutility.api.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holes of a sparse file are known without reading them. */
class FileHolesTest {
    private static final long LENGTH = 4L << 30;
    private static final long DATA = (3L << 30) + 4096;
    @TempDir
    private Path folder;

    @Test
    void aSparseFileSaysWhereItsDataBegins() throws Exception {
        assumeTrue("Linux".equals(System.getProperty("os.name")), "only Linux is asked for holes");
        Path file = folder.resolve("sparse.raw");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), DATA);
            // the last block is data that is zeros
            channel.write(ByteBuffer.allocate(1), LENGTH - 1);
        }
        try (Device device = new FileDeviceProvider().open(file.toString())) {
            long data = device.nextData(512);
            assertThat(data).as("between the hole and the data, by blocks of the file system").isBetween(512L, DATA);
            // ext4, XFS, btrfs, tmpfs and overlayfs over these tell; what does not says that all is data
            assumeTrue(data > 512 || System.getenv("CI") != null, "the file system of the temporary folder tells of no holes");
            assertThat(data).isGreaterThan(DATA - (1 << 20));
            assertThat(device.nextData(DATA)).isEqualTo(DATA);
            assertThat(device.nextData(LENGTH)).isEqualTo(LENGTH);
            ByteBuffer read = ByteBuffer.allocateDirect(8192).alignedSlice(4096).limit(4096);
            device.read(DATA, read);
            assertThat(read.get(0)).as("reading is not disturbed").isEqualTo((byte) 1);
        }
    }
}
