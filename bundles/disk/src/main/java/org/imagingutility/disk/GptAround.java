package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.imagingutility.api.partition.DiskAround;
import org.imagingutility.api.partition.TableWrite;

/** Makes a GPT with one partition for a volume (UEFI 5.3), and the protective master boot record in front of it (UEFI 5.2.3). */
final class GptAround {
    /** Partitions usually begin at whole MiB. */
    private static final long VOLUME_AT = 1 << 20;
    private static final int ENTRY_COUNT = 128;
    private static final int ENTRY_LENGTH = 128;
    private static final int REVISION = 0x1_0000;
    private static final long SIGNATURE = 0x5452_4150_2049_4645L;
    private static final long MAX_MBR_COUNT = 0xFFFF_FFFFL;
    private static final UUID LINUX = UUID.fromString("0FC63DAF-8483-4772-8E79-3D69D8477DE4");
    private static final UUID BASIC_DATA = UUID.fromString("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7");

    private final int sectorSize;
    private final UUID diskGuid;
    private final byte[] entries = new byte[ENTRY_COUNT * ENTRY_LENGTH];
    private final long entriesSectors;
    private final long volumeSectors;

    private GptAround(long volumeLength, int sectorSize, boolean linux, String identity) {
        this.sectorSize = sectorSize;
        this.diskGuid = guid("disk " + identity);
        this.entriesSectors = entries.length / sectorSize;
        this.volumeSectors = (volumeLength - 1) / sectorSize + 1;
        ByteBuffer entry = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        put(entry, linux ? LINUX : BASIC_DATA);
        put(entry, guid("partition " + identity));
        entry.putLong(VOLUME_AT / sectorSize).putLong(VOLUME_AT / sectorSize + volumeSectors - 1).putLong(0);
        entry.put("volume".getBytes(StandardCharsets.UTF_16LE));
    }

    /**
     * Makes it.
     *
     * @param linux whether it is one of a file system that is Linux's own
     * @param identity what the GUIDs are made of: the same ones each time for the same volume
     */
    static DiskAround of(long volumeLength, int sectorSize, boolean linux, String identity) {
        return new GptAround(volumeLength, sectorSize, linux, identity).make();
    }

    private DiskAround make() {
        long perMiB = VOLUME_AT / sectorSize;
        // the backup is at the end, which is a whole MiB again
        long sectors = (perMiB + volumeSectors + entriesSectors + 1 + perMiB - 1) / perMiB * perMiB;
        long last = sectors - 1;
        return new DiskAround(sectors * sectorSize, VOLUME_AT, List.of(
                new TableWrite(0, protective(sectors)),
                new TableWrite(sectorSize, header(1, last, 2, last)),
                new TableWrite(2L * sectorSize, ByteBuffer.wrap(entries)),
                new TableWrite((last - entriesSectors) * sectorSize, ByteBuffer.wrap(entries)),
                new TableWrite(last * sectorSize, header(last, 1, last - entriesSectors, last))));
    }

    private ByteBuffer protective(long sectors) {
        ByteBuffer sector = ByteBuffer.allocate(sectorSize).order(ByteOrder.LITTLE_ENDIAN);
        // CHS of sector 1 and of a place that it cannot name
        sector.position(446).put(new byte[] {0, 0, 2, 0, (byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}).putInt(1)
                .putInt((int) Math.min(sectors - 1, MAX_MBR_COUNT));
        return sector.putShort(510, (short) 0xAA55).clear();
    }

    private ByteBuffer header(long own, long other, long entriesAt, long last) {
        ByteBuffer sector = ByteBuffer.allocate(sectorSize).order(ByteOrder.LITTLE_ENDIAN);
        sector.putLong(SIGNATURE).putInt(REVISION).putInt(GptHeader.MIN_LENGTH).putInt(0).putInt(0);
        sector.putLong(own).putLong(other).putLong(2 + entriesSectors).putLong(last - entriesSectors - 1);
        put(sector, diskGuid);
        sector.putLong(entriesAt).putInt(ENTRY_COUNT).putInt(ENTRY_LENGTH).putInt(crc(entries, entries.length));
        return sector.putInt(16, crc(sector.array(), GptHeader.MIN_LENGTH)).clear();
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static UUID guid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a GUID as it stands on disks, into a little-endian buffer. */
    private static void put(ByteBuffer target, UUID guid) {
        long first = guid.getMostSignificantBits();
        target.putInt((int) (first >>> 32)).putShort((short) (first >>> 16)).putShort((short) first);
        target.putLong(Long.reverseBytes(guid.getLeastSignificantBits()));
    }
}
