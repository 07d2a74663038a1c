package org.imagingutility.engine.files.target.linux;

import com.sun.jna.Memory;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Standing;

/** Attributes of files as Linux has them. For one thread. */
final class LinuxFacts {
    /** {@code struct statx} of linux/stat.h, the same on all processors: bytes, and where its fields are. */
    private static final int STATX_BYTES = 256;
    private static final int STX_UID = 20;
    private static final int STX_MODE = 28;
    private static final int STX_INO = 32;
    private static final int STX_SIZE = 40;
    private static final int STX_MTIME = 112;
    private static final int STX_DEV = 136;
    private static final int STATX_BASIC_STATS = 0x7FF;
    /** {@code struct timespec} where time_t is a long: seconds, then nanoseconds. */
    private static final int TIMESPEC_BYTES = 16;
    /** Of sys/stat.h: leave that time as it is. */
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final byte[] ITSELF = {0};

    private final LinuxCalls calls;
    private final Memory stat = new Memory(STATX_BYTES);
    private final Memory times = new Memory(2 * TIMESPEC_BYTES);

    LinuxFacts(LinuxCalls calls) {
        this.calls = calls;
    }

    /** Two names have one file if device and number are the same. */
    private record Identity(long device, long inode) {
    }

    /** Returns what stands under a name; empty if nothing does. */
    Optional<Standing> standing(int folder, byte[] name) throws IOException {
        // mostly nothing does
        int result = calls.tried("statx", folder, name, LinuxCalls.AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, stat);
        if (result == -LinuxCalls.ENOENT) {
            return Optional.empty();
        }
        if (result < 0) {
            throw calls.failed(-result);
        }
        return Optional.of(new Standing(kind(stat.getShort(STX_MODE)), stat.getLong(STX_SIZE), time(), new Identity(stat.getLong(STX_DEV),
                stat.getLong(STX_INO))));
    }

    /** Returns the user that an open folder belongs to. */
    int owner(int folder) throws IOException {
        calls.call("statx", folder, ITSELF, LinuxCalls.AT_EMPTY_PATH, STATX_BASIC_STATS, stat);
        return stat.getInt(STX_UID);
    }

    private Instant time() {
        try {
            return Instant.ofEpochSecond(stat.getLong(STX_MTIME), stat.getInt(STX_MTIME + Long.BYTES));
        } catch (DateTimeException e) {
            // beyond what Java has: equal to no time of a volume
            return Instant.MAX;
        }
    }

    private static FileKind kind(int mode) {
        return switch (mode >> 12 & 0xF) {
            case 1 -> FileKind.PIPE;
            case 2 -> FileKind.CHARACTER_DEVICE;
            case 4 -> FileKind.DIRECTORY;
            case 6 -> FileKind.BLOCK_DEVICE;
            case 8 -> FileKind.FILE;
            case 10 -> FileKind.SYMBOLIC_LINK;
            case 12 -> FileKind.SOCKET;
            default -> FileKind.OTHER;
        };
    }

    /** Gives an open file or folder its attributes. */
    void apply(int descriptor, Attributes attributes) throws IOException {
        if (attributes.keepOwner() && attributes.posix().isPresent()) {
            calls.call("fchown", descriptor, (int) attributes.posix().get().owner(), (int) attributes.posix().get().group());
        }
        if (attributes.mode().isPresent()) {
            calls.call("fchmod", descriptor, attributes.mode().get());
        }
        if (setTimes(attributes)) {
            calls.call("futimens", descriptor, times);
        }
    }

    /** The same of something that is not opened: a link, a device. Links have no permissions. */
    void apply(int folder, byte[] name, boolean link, Attributes attributes) throws IOException {
        if (attributes.keepOwner() && attributes.posix().isPresent()) {
            calls.call("fchownat", folder, name, (int) attributes.posix().get().owner(), (int) attributes.posix().get().group(),
                    LinuxCalls.AT_SYMLINK_NOFOLLOW);
        }
        if (!link && attributes.mode().isPresent()) {
            // it lies in the staging folder, where nobody else can put a link in its place
            calls.call("fchmodat", folder, name, attributes.mode().get(), 0);
        }
        if (setTimes(attributes)) {
            calls.call("utimensat", folder, name, times, LinuxCalls.AT_SYMLINK_NOFOLLOW);
        }
    }

    private boolean setTimes(Attributes attributes) {
        put(0, attributes.accessed());
        put(TIMESPEC_BYTES, attributes.modified());
        return attributes.accessed().isPresent() || attributes.modified().isPresent();
    }

    private void put(int offset, Optional<Instant> time) {
        times.setLong(offset, time.map(Instant::getEpochSecond).orElse(0L));
        times.setLong(offset + Long.BYTES, time.map(one -> (long) one.getNano()).orElse(UTIME_OMIT));
    }
}
