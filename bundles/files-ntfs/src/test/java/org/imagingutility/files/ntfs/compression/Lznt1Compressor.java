package org.imagingutility.files.ntfs.compression;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Compresses by LZNT1 without haste: the longest match, looked for everywhere in the chunk's last bytes. */
public final class Lznt1Compressor {
    private static final int LOOK_BACK = 300;

    private Lznt1Compressor() {
    }

    /** Returns the compressed form; chunks that do not get shorter are stored. */
    public static byte[] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += Lznt1.CHUNK) {
            byte[] chunk = Arrays.copyOfRange(content, at, Math.min(content.length, at + Lznt1.CHUNK));
            byte[] packed = chunk(chunk);
            boolean shorter = packed.length < chunk.length;
            byte[] data = shorter ? packed : chunk;
            int head = (shorter ? 0xB000 : 0x3000) | data.length - 1;
            out.write(head);
            out.write(head >> 8);
            out.writeBytes(data);
        }
        return out.toByteArray();
    }

    private static byte[] chunk(byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunk.length) {
            ByteArrayOutputStream group = new ByteArrayOutputStream();
            int flags = 0;
            for (int i = 0; i < 8 && at < chunk.length; i++) {
                int lengthBits = 12;
                while (at > 0 && at - 1 >> 16 - lengthBits > 0) {
                    lengthBits--;
                }
                int distance = longest(chunk, at, (1 << lengthBits) + 2);
                int length = distance == 0 ? 0 : matching(chunk, at, distance, (1 << lengthBits) + 2);
                if (length >= 3) {
                    int token = distance - 1 << lengthBits | length - 3;
                    group.write(token);
                    group.write(token >> 8);
                    flags |= 1 << i;
                    at += length;
                } else {
                    group.write(chunk[at++]);
                }
            }
            out.write(flags);
            out.writeBytes(group.toByteArray());
        }
        return out.toByteArray();
    }

    private static int longest(byte[] chunk, int at, int most) {
        int best = 0;
        int distance = 0;
        for (int back = 1; back <= Math.min(at, LOOK_BACK); back++) {
            int length = matching(chunk, at, back, most);
            if (length > best) {
                best = length;
                distance = back;
            }
        }
        return distance;
    }

    private static int matching(byte[] chunk, int at, int back, int most) {
        int length = 0;
        while (length < most && at + length < chunk.length && chunk[at + length] == chunk[at + length - back]) {
            length++;
        }
        return length;
    }
}
