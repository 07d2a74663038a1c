package org.imagingutility.fs.exfat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * The boot sector of a volume, from the main boot region or, if that is damaged, from the backup.
 *
 * @param boot the boot sector
 * @param damage what is wrong with the main boot region, empty if it was used
 */
public record BootRegion(BootSector boot, Optional<FileSystemException> damage) {
    /** Sectors of a region, and the one with the checksum of those before it. */
    private static final int SECTORS = 12;
    private static final int CHECKSUM_SECTOR = 11;

    /** Returns the byte of the device that the region which was used begins at. */
    public long offset() {
        return damage.isPresent() ? (long) SECTORS * boot.sectorSize() : 0;
    }

    /**
     * Says whether the first sector is lost rather than that of another file system, which has a name of printable characters
     * where exFAT has its own.
     */
    public static boolean isLost(ByteBuffer sector) {
        boolean named = true;
        for (int i = BootSector.NAME_AT; i < BootSector.NAME_AT + BootSector.NAME_LENGTH; i++) {
            named &= sector.get(i) >= 0x20 && sector.get(i) < 0x7F;
        }
        return !named;
    }

    /**
     * Reads the backup of a volume whose first sector is lost.
     *
     * @return empty if there is no sound backup, or it cannot be read: nothing says then that this was exFAT
     */
    public static Optional<BootRegion> ofBackup(AlignedReader reader) throws ImagingException {
        FileSystemException damage = new Place(reader.deviceName(), 0).wrong(BootSector.NAME_AT,
                "the boot sector does not have the name EXFAT");
        try {
            return Optional.of(new BootRegion(backup(reader, damage), Optional.of(damage)));
        } catch (FileSystemException none) {
            return Optional.empty();
        } catch (DeviceException e) {
            if (e.isDeviceChanged()) {
                throw e;
            }
            // this may be a volume of any file system, whose own allocator must not fail for it
            return Optional.empty();
        }
    }

    /** Reads the main boot region, and the backup if the main one is damaged. Its first sector has the name of exFAT. */
    public static BootRegion read(AlignedReader reader) throws ImagingException {
        try {
            ByteBuffer sector = reader.read(0, BootSector.LENGTH);
            return new BootRegion(region(reader, BootSector.sectorSize(sector, new Place(reader.deviceName(), 0)), 0),
                    Optional.empty());
        } catch (FileSystemException damage) {
            return new BootRegion(backup(reader, damage), Optional.of(damage));
        }
    }

    /** Looks for the backup wherever a size of sectors puts it: the size that the main boot sector gives may be wrong. */
    private static BootSector backup(AlignedReader reader, FileSystemException damage) throws ImagingException {
        for (int sectorSize = 512; sectorSize <= 4096; sectorSize *= 2) {
            if ((2L * SECTORS) * sectorSize > reader.deviceLength()) {
                break;
            }
            try {
                BootSector boot = region(reader, sectorSize, (long) SECTORS * sectorSize);
                // which of two FATs is active stands in the main boot sector only (section 4)
                if (boot.sectorSize() == sectorSize && boot.fatCount() == 1) {
                    return boot;
                }
            } catch (FileSystemException notHere) {
                damage.addSuppressed(notHere);
            }
        }
        throw damage;
    }

    /** Reads and checks the region that begins at byte {@code offset}. */
    private static BootSector region(AlignedReader reader, int sectorSize, long offset) throws ImagingException {
        Place place = new Place(reader.deviceName(), offset);
        if (offset + (long) SECTORS * sectorSize > reader.deviceLength()) {
            throw place.wrong(0, "the boot region has " + SECTORS + " sectors of " + sectorSize
                    + " bytes, the device only " + reader.deviceLength() + " bytes");
        }
        ByteBuffer bytes = reader.read(offset, SECTORS * sectorSize);
        BootSector boot = BootSector.parse(bytes, reader.deviceLength(), place);
        int expected = checksum(bytes, CHECKSUM_SECTOR * sectorSize);
        for (int at = CHECKSUM_SECTOR * sectorSize; at < SECTORS * sectorSize; at += Integer.BYTES) {
            if (bytes.getInt(at) != expected) {
                throw place.wrong(at, String.format("the checksum of the boot region is %08X, its content has %08X",
                        bytes.getInt(at), expected));
            }
        }
        return boot;
    }

    /** Computes the checksum of section 3.4, which leaves out VolumeFlags and PercentInUse. */
    private static int checksum(ByteBuffer bytes, int length) {
        int checksum = 0;
        for (int i = 0; i < length; i++) {
            if (i != 106 && i != 107 && i != 112) {
                checksum = Integer.rotateRight(checksum, 1) + Byte.toUnsignedInt(bytes.get(i));
            }
        }
        return checksum;
    }
}
