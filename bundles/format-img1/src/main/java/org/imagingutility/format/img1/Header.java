package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * The header.
 *
 * @param version 1 to 3
 * @param sectorSize sector size of the device in bytes, a power of two from 512 to 65536
 * @param chunkSize most bytes of device in a chunk, positive
 * @param deviceLength length of the device in bytes; 0 in version 1, which does not record it
 * @param fileSystem name of the file system, empty before version 3 or if there is none
 * @param length bytes of the header in the file
 */
record Header(int version, int sectorSize, int chunkSize, long deviceLength, String fileSystem, int length) {
    static final int MAGIC = 0x31474D49;
    /** No device ends behind this; so sums of places on it never overflow. */
    static final long MAX_DEVICE = 1L << 60;
    private static final int LAST_VERSION = 3;
    private static final int FIXED = 16;
    private static final int MAX_NAME = 4096;

    /** Says whether the file begins as such an image does. */
    static boolean begins(ImageFile file) throws ImagingException {
        return file.length() >= Integer.BYTES && Bytes.read(file, 0, Integer.BYTES).getInt(0) == MAGIC;
    }

    /** Reads and checks the header. */
    static Header read(ImageFile file) throws ImagingException {
        if (!begins(file)) {
            throw new ImageFormatException(file.reference(), 0, "does not begin with IMG1", null);
        }
        int version = part(file, 0, 2 * Integer.BYTES).getInt(4);
        if (version < 1 || version > LAST_VERSION) {
            throw new ImageFormatException(file.reference(), 4, "is an IMG1 image of version " + version
                    + "; versions 1 to 3 can be read", "check that this is an image of the C# tool");
        }
        ByteBuffer fixed = part(file, 0, FIXED);
        int sectorSize = fixed.getInt(8);
        int chunkSize = fixed.getInt(12);
        if (sectorSize < 512 || sectorSize > 65536 || Integer.bitCount(sectorSize) != 1) {
            throw damaged(file, 8, "sector size " + sectorSize + " is no power of two from 512 to 65536");
        }
        if (chunkSize < 1) {
            throw damaged(file, 12, "chunk size " + chunkSize + " is not positive");
        }
        if (version == 1) {
            return new Header(version, sectorSize, chunkSize, 0, "", FIXED);
        }
        long deviceLength = part(file, FIXED, Long.BYTES).getLong(0);
        if (deviceLength < 1 || deviceLength > MAX_DEVICE) {
            throw damaged(file, FIXED, "device length " + deviceLength + " is not in 1.." + MAX_DEVICE);
        }
        int length = FIXED + Long.BYTES;
        if (version == 2) {
            return new Header(version, sectorSize, chunkSize, deviceLength, "", length);
        }
        int nameLength = part(file, length, Integer.BYTES).getInt(0);
        if (nameLength < 0 || nameLength > MAX_NAME) {
            throw damaged(file, length, "the name of the file system is said to have " + nameLength + " bytes, at most "
                    + MAX_NAME + " are expected");
        }
        byte[] name = new byte[nameLength];
        part(file, length + Integer.BYTES, nameLength).get(name);
        return new Header(version, sectorSize, chunkSize, deviceLength, new String(name, StandardCharsets.UTF_8),
                length + Integer.BYTES + nameLength);
    }

    private static ByteBuffer part(ImageFile file, int offset, int length) throws ImagingException {
        if (file.length() < offset + length) {
            throw damaged(file, file.length(), "ends in its header, which needs " + (offset + length) + " bytes at least");
        }
        return Bytes.read(file, offset, length);
    }

    private static ImageDamagedException damaged(ImageFile file, long offset, String reason) {
        return new ImageDamagedException(file.reference(), offset, reason, "nothing can be read without the header");
    }
}
