package org.imagingutility.command.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.imagingutility.api.ExtentList;

/**
 * An NTFS volume that ships with the demo: made by mkfs.ntfs and ntfs-3g, with deleted files in its free clusters. Its
 * used ranges come with it as other programs see them, so that the demo need not trust this one.
 */
public final class Sample {
    private Sample() {
    }

    /** Returns the used ranges of the volume. */
    public static ExtentList allocated() throws IOException {
        ExtentList.Builder builder = new ExtentList.Builder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource("allocated.txt"), StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                    .forEach(range -> builder.add(Long.parseLong(range[0]), Long.parseLong(range[1])));
        }
        return builder.build();
    }

    /** Writes the raw volume to the new file {@code target}. */
    public static void unpack(Path target) throws IOException {
        try (InputStream in = new GZIPInputStream(resource("volume.img.gz"), 1 << 16);
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] block = new byte[1 << 16];
            for (int n = in.readNBytes(block, 0, block.length); n > 0; n = in.readNBytes(block, 0, block.length)) {
                ByteBuffer bytes = ByteBuffer.wrap(block, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = Sample.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the command bundle lacks its resource \"" + name + "\"");
        }
        return in;
    }
}
