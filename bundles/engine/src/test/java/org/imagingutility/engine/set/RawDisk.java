package org.imagingutility.engine.set;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;

/** A disk as a sparse file on which tests write tables field by field, with no code of the program. Numbers are sectors. */
final class RawDisk implements AutoCloseable {
    private static final int ENTRIES = 128;

    final Path path;
    private final RandomAccessFile file;
    private final int sectorSize;

    RawDisk(Path path, long bytes, int sectorSize) throws IOException {
        this.path = path;
        this.sectorSize = sectorSize;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        file.setLength(bytes);
    }

    /** Writes an entry of the boot record in {@code sector}, and the record's signature. */
    RawDisk entry(long sector, int index, int type, long start, long count) throws IOException {
        ByteBuffer entry = little(16).put(4, (byte) type).putInt(8, (int) start).putInt(12, (int) count);
        write(sector * sectorSize + 446 + 16 * index, entry.array());
        return sign(sector);
    }

    RawDisk sign(long sector) throws IOException {
        write(sector * sectorSize + 510, new byte[] {0x55, (byte) 0xAA});
        return this;
    }

    /** Writes a GPT with a partition for each pair of numbers, its first and its last sector. */
    RawDisk gpt(long... partitions) throws IOException {
        long count = file.length() / sectorSize;
        entry(0, 0, 0xEE, 1, Math.min(count - 1, 0xFFFFFFFFL));
        ByteBuffer entries = little(ENTRIES * 128);
        for (int i = 0; i < partitions.length / 2; i++) {
            entries.putLong(128 * i, 0x4433_4761_EBD0_A0A2L).putLong(128 * i + 8, 0xC799_26B7_B668_C087L).putLong(128 * i + 16, 1 + i)
                    .putLong(128 * i + 32, partitions[2 * i]).putLong(128 * i + 40, partitions[2 * i + 1]);
        }
        long sectors = ENTRIES * 128 / sectorSize;
        header(1, count - 1, 2, entries.array(), count, sectors);
        header(count - 1, 1, count - 1 - sectors, entries.array(), count, sectors);
        return this;
    }

    private void header(long own, long other, long entriesAt, byte[] entries, long count, long sectors) throws IOException {
        ByteBuffer header = little(92).putInt(8, 0x10000).putInt(12, 92).putLong(24, own).putLong(32, other)
                .putLong(40, 2 + sectors).putLong(48, count - 2 - sectors).putLong(56, 7).putLong(64, 9).putLong(72, entriesAt)
                .putInt(80, ENTRIES).putInt(84, 128).putInt(88, crc(entries));
        header.put(0, "EFI PART".getBytes(StandardCharsets.US_ASCII));
        header.putInt(16, crc(header.array()));
        write(own * sectorSize, header.array());
        write(entriesAt * sectorSize, entries);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    RawDisk write(long offset, byte[] bytes) throws IOException {
        file.seek(offset);
        file.write(bytes);
        return this;
    }

    /** Fills a range, in bytes, with what nobody knows: random bytes, never 0. */
    RawDisk fill(long offset, long length, Random random) throws IOException {
        byte[] block = new byte[1 << 16];
        for (long done = 0; done < length; done += block.length) {
            random.nextBytes(block);
            for (int i = 0; i < block.length; i++) {
                block[i] |= 1;
            }
            file.seek(offset + done);
            file.write(block, 0, (int) Math.min(block.length, length - done));
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
