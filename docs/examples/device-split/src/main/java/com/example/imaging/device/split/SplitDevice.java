package com.example.imaging.device.split;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/** The files of a split dump, one behind the other. Read by several threads at once. */
final class SplitDevice implements Device {
    private static final int SECTOR = 512;
    private final DeviceInfo info;
    private final List<FileChannel> files;
    /** Where on the device each file begins, and behind the last one the device's length. */
    private final long[] starts;

    private SplitDevice(DeviceInfo info, List<FileChannel> files, long[] starts) {
        this.info = info;
        this.files = files;
        this.starts = starts;
    }

    static SplitDevice open(String reference, List<Path> pieces) throws ImagingException {
        List<FileChannel> files = new ArrayList<>();
        long[] starts = new long[pieces.size() + 1];
        try {
            for (Path piece : pieces) {
                FileChannel file = FileChannel.open(piece);
                files.add(file);
                starts[files.size()] = Math.addExact(starts[files.size() - 1], file.size());
            }
            DeviceInfo info = new DeviceInfo(reference, DeviceKind.FILE, starts[pieces.size()], SECTOR,
                    pieces.size() + " files", Optional.empty(), List.of(), true);
            return new SplitDevice(info, files, starts);
        } catch (IOException | ArithmeticException e) {
            DeviceException error = new DeviceException(reference, -1, "cannot be opened: " + e, null, e);
            try {
                closeAll(files);
            } catch (IOException suppressed) {
                error.addSuppressed(suppressed);
            }
            throw error;
        }
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws ImagingException {
        check(offset, target);
        long place = offset;
        int limit = target.limit();
        try {
            while (target.position() < limit) {
                int index = fileAt(place);
                long left = starts[index + 1] - place;
                target.limit((int) Math.min(limit, target.position() + left));
                int read = files.get(index).read(target, place - starts[index]);
                if (read < 0) {
                    throw DeviceException.deviceChanged(info.reference(), place, "file " + (index + 1) + " of " + files.size()
                            + " became shorter", null, null);
                }
                place += read;
                target.limit(limit);
            }
        } catch (ClosedChannelException e) {
            throw DeviceException.deviceChanged(info.reference(), place, "the device is closed", null, e);
        } catch (IOException e) {
            throw new DeviceException(info.reference(), place, "cannot be read: " + e.getMessage(), null, e);
        } finally {
            target.limit(limit);
        }
    }

    /** Returns the file that has the byte at {@code offset}; of empty files that begin there, none. */
    private int fileAt(long offset) {
        int index = Arrays.binarySearch(starts, offset);
        int at = index < 0 ? -index - 2 : index;
        while (starts[at + 1] <= offset) {
            at++;
        }
        return at;
    }

    private void check(long offset, ByteBuffer target) {
        int length = target.remaining();
        if (offset < 0 || offset > length() - length) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is outside the device");
        }
        if (offset % SECTOR != 0 || length % SECTOR != 0 && offset + length != length()) {
            throw new IllegalArgumentException("range " + offset + "+" + length + " is not of whole sectors");
        }
        if (!target.isDirect() || target.alignmentOffset(target.position(), SECTOR) != 0) {
            throw new IllegalArgumentException("the buffer is not direct or not aligned");
        }
    }

    @Override
    public void close() throws ImagingException {
        try {
            closeAll(files);
        } catch (IOException e) {
            throw new DeviceException(info.reference(), -1, "cannot be closed: " + e, null, e);
        }
    }

    private static void closeAll(List<FileChannel> files) throws IOException {
        IOException first = null;
        for (FileChannel file : files) {
            try {
                file.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
