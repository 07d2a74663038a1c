package org.imagingutility.command.console;

import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;

/** The exit codes, and which error means which. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int USAGE = 1;
    public static final int NOT_PERMITTED = 2;
    public static final int INPUT_OUTPUT = 3;
    public static final int DAMAGED = 4;
    public static final int UNREADABLE_FORMAT = 5;
    public static final int TARGET = 6;
    /** The image is complete, but says of some ranges that they could not be read. */
    public static final int RECORDED = 7;
    /** The process has not the memory for what it was asked to do. */
    public static final int MEMORY = 8;
    /** What was compared differs. */
    public static final int DIFFERENT = 9;
    /** EX_SOFTWARE of sysexits.h: a fault of this program. */
    public static final int INTERNAL = 70;
    /** What a shell reports for a program ended by Ctrl+C: 128 + SIGINT. */
    public static final int CANCELLED = 130;

    private ExitCodes() {
    }

    /** Returns the exit code for {@code error}. Every permitted type stands here; a test holds that. */
    public static int of(ImagingException error) {
        if (error instanceof UsageException) {
            return USAGE;
        }
        if (error instanceof NotPermittedException) {
            return NOT_PERMITTED;
        }
        if (error instanceof DeviceException || error instanceof FileSystemException || error instanceof FileRefusedException
                || error instanceof PartitionTableException
                || error instanceof ImageReadException || error instanceof SnapshotException) {
            return INPUT_OUTPUT;
        }
        if (error instanceof MemoryException || error instanceof PluginException plugin && plugin.isOutOfMemory()) {
            return MEMORY;
        }
        if (error instanceof ImageDamagedException || error instanceof CodecException) {
            return DAMAGED;
        }
        if (error instanceof ImageFormatException || error instanceof PluginMissingException
                || error instanceof PluginGoneException || error instanceof PluginException) {
            return UNREADABLE_FORMAT;
        }
        if (error instanceof TargetException) {
            return TARGET;
        }
        if (error instanceof BlobException place) {
            return switch (place.reason()) {
                case DENIED -> NOT_PERMITTED;
                case FULL, EXISTS -> TARGET;
                case ABSENT, TRANSIENT, FAILED -> INPUT_OUTPUT;
            };
        }
        if (error instanceof CancelledException) {
            return CANCELLED;
        }
        throw new IllegalArgumentException("no exit code for " + error.getClass().getName(), error);
    }
}
