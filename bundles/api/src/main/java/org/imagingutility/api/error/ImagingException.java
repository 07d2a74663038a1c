package org.imagingutility.api.error;

import java.util.Objects;
import java.util.Optional;

/**
 * Something a job cannot continue with. The message says what failed, where and what was found; {@link #remedy()}
 * says what the user can do. One subtype per cause that a caller treats differently.
 */
public abstract sealed class ImagingException extends Exception
        permits UsageException, NotPermittedException, DeviceException, FileSystemException, FileRefusedException, PartitionTableException,
                ImageDamagedException, ImageFormatException, ImageReadException, PluginMissingException, PluginGoneException,
                PluginException, CodecException, MemoryException,
                TargetException, SnapshotException, BlobException, CancelledException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    ImagingException(String message, String remedy, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.remedy = remedy;
    }

    /** Returns one sentence on what the user can do, if something is known. */
    public Optional<String> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** Returns {@code at byte N} for a known offset, an empty text for {@code -1}. */
    static String at(long offset) {
        return offset < 0 ? "" : " at byte " + offset;
    }
}
