package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.tck.device.MemoryDevice;

/** Writes partition tables by the specification, field by field, with no code of the reader. */
final class DiskBuilder {
    final byte[] bytes;
    final ByteBuffer buffer;
    final int sectorSize;
    final int sectorCount;

    DiskBuilder(int sectorCount, int sectorSize) {
        this.bytes = new byte[sectorCount * sectorSize];
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.sectorSize = sectorSize;
        this.sectorCount = sectorCount;
    }

    /** Reads the table through a device whose sectors have {@code deviceSectorSize} bytes. */
    Optional<PartitionTable> read(int deviceSectorSize) throws ImagingException {
        return new MbrGptReader().read(new MemoryDevice(bytes, deviceSectorSize));
    }

    /** Reads the table through a device with sectors of 512 bytes. */
    Optional<PartitionTable> read() throws ImagingException {
        return read(512);
    }

    DiskBuilder signRecord(int sector) {
        buffer.putShort(sector * sectorSize + 510, (short) 0xAA55);
        return this;
    }

    /** Writes entry {@code index}, from 0 on, of the boot record in {@code sector}. */
    DiskBuilder entry(int sector, int index, int status, int type, int start, int count) {
        int at = sector * sectorSize + 446 + 16 * index;
        buffer.put(at, (byte) status).put(at + 4, (byte) type).putInt(at + 8, start).putInt(at + 12, count);
        return signRecord(sector);
    }

    DiskBuilder protective() {
        return entry(0, 0, 0, 0xEE, 1, sectorCount - 1);
    }

    /** Writes both headers and empty entries: 128 of 128 bytes. */
    DiskBuilder gpt() {
        int entries = 16384 / sectorSize;
        header(1, sectorCount - 1, 2);
        header(sectorCount - 1, 1, sectorCount - 1 - entries);
        return checksums();
    }

    private void header(int own, int other, int entriesAt) {
        int at = own * sectorSize;
        int entries = 16384 / sectorSize;
        buffer.put(at, "EFI PART".getBytes(StandardCharsets.US_ASCII)).putInt(at + 8, 0x10000).putInt(at + 12, 92)
                .putLong(at + 24, own).putLong(at + 32, other).putLong(at + 40, 2 + entries)
                .putLong(at + 48, sectorCount - 2 - entries).putLong(at + 56, 0x1111111122223333L)
                .putLong(at + 64, 0x4444555566667777L).putLong(at + 72, entriesAt).putInt(at + 80, 128).putInt(at + 84, 128);
    }

    /** Writes GPT entry {@code index}, from 0 on, into both copies, and the checksums. */
    DiskBuilder partition(int index, long first, long last) {
        for (int table : new int[] {2 * sectorSize, (sectorCount - 1) * sectorSize - 16384}) {
            int at = table + 128 * index;
            buffer.putLong(at, 0x11D2_81F8_C12A_7328L).putLong(at + 8, 0x3BC9_3EC9_A000_4BBAL).putLong(at + 16, 7 + index)
                    .putLong(at + 24, 9).putLong(at + 32, first).putLong(at + 40, last);
            buffer.put(at + 56, ("part " + index).getBytes(StandardCharsets.UTF_16LE));
        }
        return checksums();
    }

    /** Makes all checksums of both copies right. */
    DiskBuilder checksums() {
        checksum(sectorSize, 2 * sectorSize);
        checksum((sectorCount - 1) * sectorSize, (sectorCount - 1) * sectorSize - 16384);
        return this;
    }

    private void checksum(int header, int entries) {
        CRC32 crc = new CRC32();
        crc.update(bytes, entries, 16384);
        buffer.putInt(header + 88, (int) crc.getValue()).putInt(header + 16, 0);
        crc.reset();
        crc.update(bytes, header, Math.max(0, Math.min(buffer.getInt(header + 12), sectorSize)));
        buffer.putInt(header + 16, (int) crc.getValue());
    }

    int primaryAt() {
        return sectorSize;
    }

    int backupAt() {
        return (sectorCount - 1) * sectorSize;
    }
}
