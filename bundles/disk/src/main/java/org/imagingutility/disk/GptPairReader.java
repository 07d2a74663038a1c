package org.imagingutility.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads both copies of a GPT that counts in sectors of a given length. A copy that cannot be read is a damaged one: that is
 * what there are two for. For one thread.
 */
final class GptPairReader {
    private static final long PRIMARY_SECTOR = 1;

    private final AlignedReader reader;
    private final int sectorSize;
    private final long sectorCount;

    GptPairReader(AlignedReader reader, int sectorSize) {
        this.reader = reader;
        this.sectorSize = sectorSize;
        sectorCount = reader.deviceLength() / sectorSize;
    }

    GptPair read() throws ImagingException {
        GptCopy primary = copy(PRIMARY_SECTOR);
        return new GptPair(sectorSize, primary, primary.isSound() ? backupOf(primary.header().orElseThrow())
                : copy(sectorCount - 1));
    }

    /** The primary tells where its backup is; on a disk that was cut or that tells nonsense, the last sector is looked at. */
    private GptCopy backupOf(GptHeader primary) throws ImagingException {
        long sector = primary.alternate();
        GptCopy named = sector > PRIMARY_SECTOR && sector < sectorCount ? copy(sector)
                : GptCopy.damaged(false, new DamagedCopyException(primary.at() + GptHeader.ALTERNATE_AT,
                        "the backup would be in sector " + Long.toUnsignedString(sector) + ", the disk has " + sectorCount));
        if (named.isSound() || sector == sectorCount - 1) {
            return named;
        }
        GptCopy last = copy(sectorCount - 1);
        return last.isSound() ? last : named;
    }

    private GptCopy copy(long sector) throws ImagingException {
        boolean signed = false;
        try {
            if (sector < PRIMARY_SECTOR || sector >= sectorCount) {
                throw new DamagedCopyException(reader.deviceLength(), "the disk ends here, before a GPT header");
            }
            ByteBuffer bytes = reader.read(sector * sectorSize, sectorSize);
            signed = GptHeader.isSigned(bytes);
            GptHeader header = GptHeader.parse(bytes, sector, sectorCount);
            return GptCopy.sound(header, entries(header));
        } catch (DamagedCopyException e) {
            return GptCopy.damaged(signed, e);
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            return GptCopy.damaged(signed, new DamagedCopyException(sector * sectorSize,
                    "the copy cannot be read (" + e.getMessage() + ")"));
        }
    }

    private byte[] entries(GptHeader header) throws ImagingException, DamagedCopyException {
        byte[] entries = new byte[header.entriesLength()];
        reader.read(header.entriesAt(), entries.length).get(entries);
        CRC32 crc = new CRC32();
        crc.update(entries);
        if ((int) crc.getValue() != header.entriesCrc()) {
            throw new DamagedCopyException(header.at() + GptHeader.ENTRIES_CRC_AT, String.format(
                    "the checksum of the entries is %08x, expected %08x", crc.getValue(), header.entriesCrc()));
        }
        return entries;
    }
}
