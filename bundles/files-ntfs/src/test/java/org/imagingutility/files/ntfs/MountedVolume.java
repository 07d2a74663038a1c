package org.imagingutility.files.ntfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;

/** A volume that mkfs.ntfs makes, and ntfs-3g fills and shows. */
final class MountedVolume implements AutoCloseable {
    final Path image;
    final Path root;
    private boolean mounted;

    private MountedVolume(Path image, Path root) {
        this.image = image;
        this.root = root;
    }

    /** Makes a volume and mounts it; skips the test where that cannot be done, and fails it there if CI=true. */
    static MountedVolume make(Path folder, long length, int clusterSize) throws IOException {
        Tools.require(Assumptions::abort, "mkfs.ntfs", "ntfs-3g", "setfattr");
        Tools.require(Assumptions::abort, Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be used");
        MountedVolume volume = new MountedVolume(folder.resolve("volume.img"), Files.createDirectory(folder.resolve("mount")));
        try (RandomAccessFile file = new RandomAccessFile(volume.image.toFile(), "rw")) {
            file.setLength(length);
        }
        Tools.output("mkfs.ntfs", "-F", "-q", "-c", Integer.toString(clusterSize), volume.image.toString());
        volume.mount();
        return volume;
    }

    /** Mounts it. */
    void mount() throws IOException {
        Tools.output("ntfs-3g", "-o", "compression,streams_interface=windows", image.toString(), root.toString());
        mounted = true;
    }

    /** Unmounts it. */
    void unmount() throws IOException {
        Tools.output("umount", root.toString());
        mounted = false;
        // ntfs-3g continues writing after umount came back, and holds a lock until it is done
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
            channel.lock().release();
        }
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            unmount();
        }
    }

    /** Has files that are made in a directory from now on compressed. */
    static void compress(Path directory) throws IOException {
        Tools.run("setfattr", "-n", "system.ntfs_attrib", "-v", "0x00080000", directory.toString());
    }

    /** Gives a file a reparse point. */
    static void reparse(Path file, int tag, byte[] data) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(tag).putShort((short) data.length).putShort((short) 0).put(data);
        Tools.run("setfattr", "-n", "system.ntfs_reparse_data", "-v", "0x" + HexFormat.of().formatHex(value.array()), file.toString());
    }

    /** Returns the data of a symbolic link, or of a junction: two paths, in a symbolic link after flags. */
    static byte[] paths(String target, String shown, int flags) {
        byte[] one = target.getBytes(StandardCharsets.UTF_16LE);
        byte[] other = shown.getBytes(StandardCharsets.UTF_16LE);
        boolean junction = flags < 0;
        ByteBuffer data = ByteBuffer.allocate((junction ? 8 : 12) + one.length + other.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort((short) 0).putShort((short) one.length).putShort((short) (one.length + 2)).putShort((short) other.length);
        if (!junction) {
            data.putInt(flags);
        }
        return data.put(one).putShort((short) 0).put(other).putShort((short) 0).array();
    }

    /** Returns the data of a file that is compressed from the outside. */
    static byte[] external(int provider, int algorithm) {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(provider).putInt(1).putInt(algorithm).array();
    }
}
