package org.imagingutility.windows.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What drivers say of an open drive or volume. Numbers are checked before they are believed; the layouts of the structures are those
 * of winioctl.h.
 */
public final class DeviceFacts {
    static final int MIN_SECTOR = 512;
    static final int MAX_SECTOR = 65_536;
    /** {@code DISK_GEOMETRY_EX}, of which the partition and detection information is not looked at. */
    static final int GEOMETRY_SIZE = 256;
    static final int GEOMETRY_BYTES_PER_SECTOR = 20;
    static final int GEOMETRY_DISK_SIZE = 24;
    /** {@code STORAGE_PROPERTY_QUERY}, of a standard query. */
    static final int QUERY_SIZE = 12;
    static final int DEVICE_PROPERTY = 0;
    static final int ALIGNMENT_PROPERTY = 6;
    static final int ALIGNMENT_SIZE = 28;
    static final int ALIGNMENT_LOGICAL_SECTOR = 16;
    static final int DESCRIPTOR_SIZE = 1024;
    static final int DESCRIPTOR_FIXED = 36;
    static final int DESCRIPTOR_VENDOR = 12;
    static final int DESCRIPTOR_PRODUCT = 16;
    /** {@code VOLUME_DISK_EXTENTS}: a count, then {@code DISK_EXTENT}s. */
    static final int EXTENTS_HEADER = 8;
    static final int EXTENT_SIZE = 24;
    static final int EXTENT_START = 8;
    static final int EXTENT_LENGTH = 16;
    static final int FEW_EXTENTS = 32;
    static final int MOST_EXTENTS = 4096;

    private final DeviceHandle handle;

    /** Creates the facts of a device, which has to stay open. */
    public DeviceFacts(DeviceHandle handle) {
        this.handle = handle;
    }

    /**
     * A range of a drive that a volume lies on.
     *
     * @param drive number of the drive
     * @param offset byte offset on it
     * @param length bytes
     */
    public record DriveExtent(int drive, long offset, long length) {
    }

    /** Returns the length in bytes; needs a handle that may read. */
    public long length() throws WindowsException {
        NativeBuffer out = buffer(Long.BYTES);
        try {
            require(handle.control(ControlCode.IOCTL_DISK_GET_LENGTH_INFO, null, out), Long.BYTES,
                    ControlCode.IOCTL_DISK_GET_LENGTH_INFO);
            return positive(out.bytes().getLong(0), ControlCode.IOCTL_DISK_GET_LENGTH_INFO);
        } catch (WindowsException e) {
            if (e.code() == ErrorCode.INVALID_FUNCTION || e.code() == ErrorCode.NOT_SUPPORTED) {
                return geometry().getLong(GEOMETRY_DISK_SIZE);
            }
            throw e;
        }
    }

    /** Returns the length of a drive as its geometry has it; a handle that may not read will do. */
    public long lengthByGeometry() throws WindowsException {
        return geometry().getLong(GEOMETRY_DISK_SIZE);
    }

    /** Returns the logical sector size in bytes, a power of two from 512 to 65536. */
    public int sectorSize() throws WindowsException {
        int size;
        try {
            size = geometry().getInt(GEOMETRY_BYTES_PER_SECTOR);
        } catch (WindowsException e) {
            // volumes of some drivers have no geometry
            size = property(ALIGNMENT_PROPERTY, ALIGNMENT_SIZE, ALIGNMENT_SIZE).getInt(ALIGNMENT_LOGICAL_SECTOR);
        }
        if (size < MIN_SECTOR || size > MAX_SECTOR || Integer.bitCount(size) != 1) {
            throw new WindowsException("it says that its sectors have " + size + " bytes", null);
        }
        return size;
    }

    private ByteBuffer geometry() throws WindowsException {
        NativeBuffer out = buffer(GEOMETRY_SIZE);
        DeviceHandle.Answer answer = handle.ask(ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, null, out);
        require(answer.length(), GEOMETRY_DISK_SIZE + Long.BYTES, ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX);
        positive(out.bytes().getLong(GEOMETRY_DISK_SIZE), ControlCode.IOCTL_DISK_GET_DRIVE_GEOMETRY_EX);
        return out.bytes();
    }

    /** Says whether it is protected from being written. */
    public boolean isWriteProtected() {
        try {
            handle.control(ControlCode.IOCTL_DISK_IS_WRITABLE, null, null);
            return false;
        } catch (WindowsException e) {
            // drivers that do not know the question are no protection
            return e.kind() == ErrorKind.WRITE_PROTECTED;
        }
    }

    /** Returns vendor and product of a drive; empty where nothing is known. */
    public String model() {
        try {
            ByteBuffer descriptor = property(DEVICE_PROPERTY, DESCRIPTOR_SIZE, DESCRIPTOR_FIXED);
            return (ascii(descriptor, descriptor.getInt(DESCRIPTOR_VENDOR)) + " "
                    + ascii(descriptor, descriptor.getInt(DESCRIPTOR_PRODUCT))).strip();
        } catch (WindowsException e) {
            return "";
        }
    }

    private static String ascii(ByteBuffer bytes, int from) {
        if (from <= 0 || from >= bytes.limit()) {
            return "";
        }
        int end = from;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - from];
        bytes.get(from, text);
        return new String(text, StandardCharsets.ISO_8859_1).strip().replaceAll("\\p{Cntrl}", "");
    }

    private ByteBuffer property(int property, int size, int least) throws WindowsException {
        NativeBuffer query = buffer(QUERY_SIZE);
        query.bytes().putInt(0, property);
        NativeBuffer out = buffer(size);
        DeviceHandle.Answer answer = handle.ask(ControlCode.IOCTL_STORAGE_QUERY_PROPERTY, query, out);
        require(answer.length(), least, ControlCode.IOCTL_STORAGE_QUERY_PROPERTY);
        return out.bytes().limit(Math.min(size, answer.length()));
    }

    /** Returns the ranges of drives that a volume lies on, in the order of the volume; none where the driver does not say. */
    public List<DriveExtent> extents() throws WindowsException {
        int count = FEW_EXTENTS;
        while (true) {
            NativeBuffer out = buffer(EXTENTS_HEADER + count * EXTENT_SIZE);
            DeviceHandle.Answer answer = handle.ask(ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, null, out);
            int found = answer.length() < Integer.BYTES ? 0 : out.bytes().getInt(0);
            if (!answer.more()) {
                require(answer.length(), EXTENTS_HEADER + (long) found * EXTENT_SIZE,
                        ControlCode.IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS);
                return extents(out.bytes(), found);
            }
            if (found <= count || found > MOST_EXTENTS) {
                throw new WindowsException("it says that it lies on " + found + " ranges of drives", null);
            }
            count = found;
        }
    }

    private static List<DriveExtent> extents(ByteBuffer bytes, int count) throws WindowsException {
        List<DriveExtent> extents = new ArrayList<>();
        for (int at = EXTENTS_HEADER; at < EXTENTS_HEADER + count * EXTENT_SIZE; at += EXTENT_SIZE) {
            DriveExtent extent = new DriveExtent(bytes.getInt(at), bytes.getLong(at + EXTENT_START),
                    bytes.getLong(at + EXTENT_LENGTH));
            if (extent.drive < 0 || extent.offset < 0 || extent.length < 0) {
                throw new WindowsException("it says that it lies at " + extent, null);
            }
            if (extent.length > 0) {
                extents.add(extent);
            }
        }
        return extents;
    }

    /** Returns the number of the drive that a drive is, or that a volume lies on as a plain partition; empty where unknown. */
    public Optional<Integer> driveNumber() {
        NativeBuffer out = buffer(QUERY_SIZE);
        try {
            require(handle.control(ControlCode.IOCTL_STORAGE_GET_DEVICE_NUMBER, null, out), QUERY_SIZE,
                    ControlCode.IOCTL_STORAGE_GET_DEVICE_NUMBER);
            return Optional.of(out.bytes().getInt(Integer.BYTES)).filter(number -> number >= 0);
        } catch (WindowsException e) {
            return Optional.empty();
        }
    }

    private NativeBuffer buffer(int size) {
        return NativeBuffer.of(handle.kernel(), size);
    }

    private static void require(int length, long least, ControlCode code) throws WindowsException {
        if (least < 0 || length < least) {
            throw new WindowsException(code + " answered " + length + " bytes, " + least + " are needed", null);
        }
    }

    private static long positive(long length, ControlCode code) throws WindowsException {
        if (length <= 0) {
            throw new WindowsException(code + " says that it has " + length + " bytes", null);
        }
        return length;
    }
}
