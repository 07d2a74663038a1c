package org.imagingutility.files.ntfs.compression;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.imagingutility.tck.Tools;

/** Compresses with wimlib, which shares no code with this project, by way of a WIM file. */
final class Wimlib {
    static final String COMMAND = "wimlib-imagex";
    /** Header of a WIM file ({@code wimlib/header.h}): where the table of resources is. */
    private static final int TABLE_AT = 48;
    private static final int ENTRY = 50;
    /** A resource: 7 bytes stored length, flags, offset, length. */
    private static final int FLAGS_AT = 7;
    private static final int OFFSET_AT = 8;
    private static final int LENGTH_AT = 16;
    private static final int METADATA = 2;
    private static final int COMPRESSED = 4;

    private Wimlib() {
    }

    /** Returns the resource that {@code content} becomes. */
    static byte[] compress(byte[] content, Format format, Path folder) throws IOException {
        Path source = Files.createTempDirectory(folder, "source");
        Path wim = folder.resolve(source.getFileName() + ".wim");
        Files.write(source.resolve("file"), content);
        Tools.run(COMMAND, "capture", source.toString(), wim.toString(), "--compress=" + format.type + ":100",
                "--chunk-size=" + format.chunkSize, "--no-acls");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wim)).order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) bytes.getLong(TABLE_AT + OFFSET_AT);
        int tableLength = (int) bytes.getLong(TABLE_AT + LENGTH_AT);
        for (int at = table; at < table + tableLength; at += ENTRY) {
            int flags = bytes.get(at + FLAGS_AT);
            if ((flags & METADATA) == 0 && bytes.getLong(at + LENGTH_AT) == content.length) {
                if ((flags & COMPRESSED) == 0) {
                    throw new IOException("wimlib did not compress the file");
                }
                int stored = (int) (bytes.getLong(at) & 0xFF_FFFF_FFFF_FFFFL);
                int offset = (int) bytes.getLong(at + OFFSET_AT);
                return Arrays.copyOfRange(bytes.array(), offset, offset + stored);
            }
        }
        throw new IOException("the file is not in " + wim);
    }
}
