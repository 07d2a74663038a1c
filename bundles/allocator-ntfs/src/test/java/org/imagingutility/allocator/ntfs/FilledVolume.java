package org.imagingutility.allocator.ntfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.Assumptions;

/** Makes a volume with mkfs.ntfs and fills it through ntfs-3g: files of all kinds, one of them in many pieces. */
final class FilledVolume {
    private static final int SMALL_FILES = 2500;
    private static final int DEPTH = 60;

    private FilledVolume() {
    }

    /** Returns the volume; skips the test where it cannot be mounted, and fails it there if CI=true. */
    static Path make(Path folder) throws IOException {
        Tools.require(Assumptions::abort, "mkfs.ntfs", "ntfs-3g");
        Tools.require(Assumptions::abort, Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse cannot be used");
        Path volume = folder.resolve("filled.img");
        Path mount = Files.createDirectory(folder.resolve("mount"));
        try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
            file.setLength(48 << 20);
        }
        Tools.output("mkfs.ntfs", "-F", "-q", "-c", "1024", volume.toString());
        Tools.output("ntfs-3g", "-o", "streams_interface=windows", volume.toString(), mount.toString());
        try {
            fill(mount);
        } finally {
            Tools.output("umount", mount.toString());
        }
        // ntfs-3g continues writing after umount came back, and holds a lock until it is done
        try (FileChannel channel = FileChannel.open(volume, StandardOpenOption.WRITE)) {
            channel.lock().release();
        }
        return volume;
    }

    private static void fill(Path root) throws IOException {
        Random random = new Random(1);
        Path many = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < SMALL_FILES; i++) {
            write(many.resolve("file " + i + ".dat"), random.nextInt(9000), random);
        }
        Path deep = root;
        for (int i = 0; i < DEPTH; i++) {
            deep = Files.createDirectory(deep.resolve("level " + i));
        }
        write(deep.resolve("at the bottom"), 40_000, random);
        write(root.resolve("a.txt"), 100, random);
        write(root.resolve("a.txt:stream"), 50_000, random);
        write(root.resolve("n".repeat(255)), 30_000, random);
        write(Files.createDirectory(root.resolve("Übung 東京")).resolve("\uD83D\uDE00 ж.bin"), 60_000, random);
        try (RandomAccessFile sparse = new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            for (int i = 0; i < 40; i++) {
                sparse.seek(i * 1_000_003L);
                sparse.write(bytes(5000, random));
            }
        }
        // the holes that every second file leaves are filled by one file, so that its runs need several records
        for (int i = 0; i < SMALL_FILES; i += 2) {
            Files.delete(many.resolve("file " + i + ".dat"));
        }
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("in pieces").toFile(), "rw")) {
            while (root.toFile().getUsableSpace() > 1 << 20) {
                large.write(bytes(256 << 10, random));
            }
        }
    }

    private static void write(Path file, int length, Random random) throws IOException {
        Files.write(file, bytes(length, random));
    }

    private static byte[] bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
