package org.imagingutility.fs.fat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;

/**
 * Looks for the volume label in the root directory (fatgen103, "FAT Directory Structure"), as drivers and libblkid do: the
 * copy of it in the boot sector is not kept up. Nothing that is imaged depends on it: what cannot be read or trusted ends the
 * search.
 */
public final class RootDirectory {
    private static final int ENTRY_SIZE = 32;
    private static final int ATTRIBUTES_AT = 11;
    /** ATTR_VOLUME_ID. */
    private static final int LABEL = 0x08;
    /** ATTR_DIRECTORY must not be set beside. */
    private static final int DIRECTORY = 0x10;
    /** ATTR_LONG_NAME, of the bits in ATTR_LONG_NAME_MASK: part of a long name. */
    private static final int LONG_NAME = 0x0F;
    private static final int LONG_NAME_MASK = 0x3F;
    private static final int CLUSTER_HIGH_AT = 20;
    private static final int CLUSTER_LOW_AT = 26;
    private static final int DELETED = 0xE5;
    /** Bytes a directory can have: 65536 entries. */
    private static final int MAX_LENGTH = 65_536 * ENTRY_SIZE;
    private static final int READ_LENGTH = 64 << 10;

    private final AlignedReader reader;
    private final FatReader fats;
    private final Layout layout;
    /** False when the last entry, or what cannot be read, was met. */
    private boolean goesOn = true;

    private RootDirectory(AlignedReader reader, FatReader fats, Layout layout) {
        this.reader = reader;
        this.fats = fats;
        this.layout = layout;
    }

    /** Returns the label, or empty if there is none. */
    public static Optional<String> label(AlignedReader reader, FatReader fats, Layout layout) throws ImagingException {
        RootDirectory directory = new RootDirectory(reader, fats, layout);
        try {
            return layout.rootCluster() == 0 ? directory.search(layout.rootOffset(), layout.rootLength())
                    : directory.searchChain();
        } catch (DeviceException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> searchChain() throws ImagingException {
        long cluster = layout.rootCluster();
        // a chain that runs in a circle ends here too
        for (int length = 0; length < MAX_LENGTH; length += layout.clusterSize()) {
            Optional<String> label = search(layout.offsetOf(cluster), layout.clusterSize());
            if (label.isPresent() || !goesOn) {
                return label;
            }
            cluster = fats.entry(0, cluster);
            if (cluster < FatType.FIRST_CLUSTER || cluster >= layout.entryCount()) {
                break;
            }
        }
        return Optional.empty();
    }

    private Optional<String> search(long offset, int length) throws ImagingException {
        for (int done = 0; done < length; done += READ_LENGTH) {
            ByteBuffer bytes = reader.read(offset + done, Math.min(length - done, READ_LENGTH));
            for (int at = 0; at < bytes.limit(); at += ENTRY_SIZE) {
                int first = Byte.toUnsignedInt(bytes.get(at));
                if (first == 0) {
                    goesOn = false;
                    return Optional.empty();
                }
                if (first != DELETED && isLabel(bytes, at)) {
                    return Optional.of(Label.ofEntry(bytes, at));
                }
            }
        }
        return Optional.empty();
    }

    /** A label has no content, so it has no cluster. */
    private static boolean isLabel(ByteBuffer bytes, int at) {
        int attributes = bytes.get(at + ATTRIBUTES_AT);
        return (attributes & (LABEL | DIRECTORY)) == LABEL && (attributes & LONG_NAME_MASK) != LONG_NAME
                && bytes.getShort(at + CLUSTER_HIGH_AT) == 0 && bytes.getShort(at + CLUSTER_LOW_AT) == 0;
    }
}
