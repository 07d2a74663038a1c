package org.imagingutility.api.files;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.imagingutility.api.error.FileRefusedException;

/**
 * What is known of a file beside its name and content.
 *
 * @param kind what it is
 * @param size bytes of its content, not negative; of a link those of its target, of others 0 or what the volume says
 * @param allocated bytes that the volume spends for its content, where that is known
 * @param links how many names it has, at least 0
 * @param times when it was changed, read and made
 * @param posix owner and permissions, where the file system has them
 * @param flags what is set of the flags of the file system
 * @param device which device it stands for, of a device
 * @param refusal why its content cannot be opened, where that is known without opening it
 */
public record FileDetails(FileKind kind, long size, OptionalLong allocated, long links, FileTimes times, Optional<PosixAttributes> posix,
        Set<FileFlag> flags, Optional<DeviceNumbers> device, Optional<FileRefusedException.Reason> refusal) {

    /** Checks the values. */
    public FileDetails {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(allocated, "allocated");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(posix, "posix");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(refusal, "refusal");
        flags = Set.copyOf(flags);
        if (size < 0 || links < 0 || allocated.orElse(0) < 0) {
            throw new IllegalArgumentException("size " + size + ", allocated " + allocated + ", links " + links + ": negative");
        }
    }

    /**
     * The numbers of a device.
     *
     * @param major number of its driver
     * @param minor number that the driver knows it by
     */
    public record DeviceNumbers(long major, long minor) {
    }
}
