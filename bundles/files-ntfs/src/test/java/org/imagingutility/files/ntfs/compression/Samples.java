package org.imagingutility.files.ntfs.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Bytes of the kinds that files have, the same for the same seed: text, code with calls, records, noise, zeros. */
public final class Samples {
    private static final String[] WORDS = {"volume", "cluster", "the", "of", "a", "record", "is", "in", "and", "bitmap", "index",
        "directory", "attribute", "run", "list", "stands", "where", "bytes", "\r\n", "0123456789", ", ", ". "};

    private Samples() {
    }

    /** Returns {@code length} bytes. */
    public static byte[] mixed(int length, long seed) {
        Random random = new Random(seed);
        ByteBuffer target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (target.hasRemaining()) {
            byte[] part = switch (random.nextInt(5)) {
                case 0 -> new byte[1 + random.nextInt(6000)];
                case 1 -> noise(random);
                case 2 -> code(random);
                case 3 -> records(random);
                default -> text(random);
            };
            target.put(part, 0, Math.min(part.length, target.remaining()));
        }
        return target.array();
    }

    /** Returns {@code length} bytes of text. */
    public static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        ByteBuffer target = ByteBuffer.allocate(length);
        while (target.hasRemaining()) {
            byte[] part = text(random);
            target.put(part, 0, Math.min(part.length, target.remaining()));
        }
        return target.array();
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(5000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Calls with targets of all kinds: near, before the begin, beyond what is translated. */
    private static byte[] code(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(6000).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.remaining() > 16) {
            bytes.put((byte) 0x55).put((byte) 0x8B).put((byte) 0xEC).put((byte) 0xE8);
            bytes.putInt(switch (random.nextInt(4)) {
                case 0 -> random.nextInt(40_000) - 20_000;
                case 1 -> 11_990_000 + random.nextInt(20_000);
                case 2 -> -random.nextInt(40_000);
                default -> random.nextInt();
            });
            if (random.nextInt(5) == 0) {
                bytes.put((byte) 0xE8).put((byte) 0xE8);
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static byte[] records(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(64 * (1 + random.nextInt(100))).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putInt(0x454C_4946).putInt(i).putLong(random.nextInt(1000)).put(new byte[40]).putLong(random.nextLong());
        }
        return bytes.array();
    }

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1500); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
