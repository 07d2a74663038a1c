package org.imagingutility.allocator.ntfs.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.imagingutility.allocator.ntfs.mft.Mft;
import org.imagingutility.allocator.ntfs.runs.DataStream;
import org.imagingutility.allocator.ntfs.runs.Volume;
import org.imagingutility.allocator.ntfs.structure.Attribute;
import org.imagingutility.allocator.ntfs.structure.DiskText;
import org.imagingutility.allocator.ntfs.structure.MftRecord;
import org.imagingutility.allocator.ntfs.structure.UpdateSequence;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState.Finding;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Whether Windows sleeps on the volume: what {@code hiberfil.sys} in the root directory begins with. Windows up to 7 writes
 * {@code hibr}, later ones {@code HIBR}, also for a fast start-up ({@code ntfs_volume_check_hiberfile} of ntfs-3g); when it
 * has woken up, {@code wake}, or {@code RSTR} while it does.
 */
public final class HibernationFile {
    private static final long ROOT = 5;
    private static final String NAME = "hiberfil.sys";
    private static final String INDEX = "$I30";
    private static final int INDEX_BLOCK = 0x58444E49;
    /** Most bytes of the root directory that are looked at. */
    private static final long MAX_DIRECTORY = 32L << 20;
    private static final int MAX_INDEX_BLOCK = 64 << 10;
    /** {@code INDEX_ROOT}: size of the other blocks, and where the head of the entries is; there also in a block. */
    private static final int BLOCK_SIZE_AT = 8;
    private static final int ROOT_HEAD_AT = 16;
    private static final int BLOCK_HEAD_AT = 24;
    private static final int HEAD_LENGTH = 16;
    /** {@code INDEX_ENTRY}: its length, the length of its {@code $FILE_NAME}, flags, then the name itself. */
    private static final int ENTRY_LENGTH_AT = 8;
    private static final int KEY_LENGTH_AT = 10;
    private static final int ENTRY_FLAGS_AT = 12;
    private static final int KEY_AT = 16;
    private static final int LAST = 2;
    private static final int NAME_LENGTH_IN_KEY = 64;
    private static final int NAME_IN_KEY = 66;

    private final Mft mft;
    private final Volume volume;

    private HibernationFile(Mft mft, Volume volume) {
        this.mft = mft;
        this.volume = volume;
    }

    /** Returns what the file says against the volume; nothing if there is none, or none can be found. */
    public static Optional<Finding> finding(Mft mft, Volume volume) throws ImagingException {
        try {
            HibernationFile file = new HibernationFile(mft, volume);
            Optional<Long> reference = file.find();
            return reference.isEmpty() ? Optional.empty() : file.look(MftRecord.numberIn(reference.get()));
        } catch (FileSystemException | DeviceException unreadable) {
            return Optional.of(new Finding(VolumeCondition.INCONSISTENT,
                    "may be hibernated, which cannot be told: " + unreadable.getMessage()));
        }
    }

    private Optional<Finding> look(long number) throws ImagingException {
        MftRecord record = mft.readBase(number);
        if (record.find(Attribute.DATA).filter(Attribute.Resident.class::isInstance).isPresent()) {
            // a few bytes at most: no memory of a computer
            return Optional.empty();
        }
        // its sizes may lag behind; its first cluster is where it always was
        DataStream data = volume.stream(mft.stream(record, Attribute.DATA, "", NAME).runs());
        String mark = new String(data.read(volume.reader(), 0, Integer.BYTES), StandardCharsets.ISO_8859_1);
        return switch (mark) {
            case "hibr", "HIBR" -> Optional.of(new Finding(VolumeCondition.HIBERNATED,
                    "has a hibernated Windows on it (" + NAME + " begins with \"" + mark + "\")"));
            case "wake", "WAKE", "rstr", "RSTR" -> Optional.of(new Finding(VolumeCondition.DIRTY,
                    "has a Windows on it that was woken from hibernation and may not have been shut down since (" + NAME
                            + " begins with \"" + mark + "\")"));
            default -> Optional.empty();
        };
    }

    /** Returns the reference to the file's record. All blocks of the directory are looked at, whatever their order. */
    private Optional<Long> find() throws ImagingException {
        MftRecord root = mft.readBase(ROOT);
        Optional<ByteBuffer> index = root.attributes().stream()
                .filter(each -> each.type() == Attribute.INDEX_ROOT && each.name().equals(INDEX))
                .filter(Attribute.Resident.class::isInstance).map(each -> ((Attribute.Resident) each).value()).findFirst();
        if (index.isEmpty() || index.get().limit() < ROOT_HEAD_AT + HEAD_LENGTH) {
            throw root.wrong("is the root directory, but has no index");
        }
        ByteBuffer head = index.get().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Optional<Long> found = inEntries(head, ROOT_HEAD_AT);
        boolean large = root.find(Attribute.ATTRIBUTE_LIST).isPresent() || root.attributes().stream()
                .anyMatch(each -> each.type() == Attribute.INDEX_ALLOCATION && each.name().equals(INDEX));
        if (found.isPresent() || !large) {
            return found;
        }
        long blockSize = Integer.toUnsignedLong(head.getInt(BLOCK_SIZE_AT));
        if (blockSize < 512 || blockSize > MAX_INDEX_BLOCK || Long.bitCount(blockSize) != 1) {
            throw root.wrong("has index blocks of " + blockSize + " bytes");
        }
        Mft.Data data = mft.stream(root, Attribute.INDEX_ALLOCATION, INDEX, "the root directory");
        return inBlocks(volume.stream(data.runs()), Math.min(MAX_DIRECTORY, data.first().initialisedSize()),
                (int) blockSize);
    }

    private Optional<Long> inBlocks(DataStream stream, long length, int blockSize) throws ImagingException {
        Optional<Long> found = Optional.empty();
        for (long at = 0; at + blockSize <= length && found.isEmpty(); at += blockSize) {
            ByteBuffer block = ByteBuffer.wrap(stream.read(volume.reader(), at, blockSize)).order(ByteOrder.LITTLE_ENDIAN);
            // a block that is free, or torn, has nothing to say
            if (block.getInt(0) == INDEX_BLOCK && UpdateSequence.undo(block)) {
                found = inEntries(block, BLOCK_HEAD_AT);
            }
        }
        return found;
    }

    /** Looks at the entries behind an {@code INDEX_HEADER}: offset of the first, and of what follows the last, from it. */
    private static Optional<Long> inEntries(ByteBuffer bytes, int headAt) {
        long at = headAt + Integer.toUnsignedLong(bytes.getInt(headAt));
        long end = Math.min(bytes.limit(), headAt + Integer.toUnsignedLong(bytes.getInt(headAt + 4)));
        while (at + KEY_AT <= end) {
            int entry = (int) at;
            int length = Short.toUnsignedInt(bytes.getShort(entry + ENTRY_LENGTH_AT));
            int keyLength = Short.toUnsignedInt(bytes.getShort(entry + KEY_LENGTH_AT));
            if (length < KEY_AT || length > end - at || (bytes.getShort(entry + ENTRY_FLAGS_AT) & LAST) != 0) {
                return Optional.empty();
            }
            if (keyLength >= NAME_IN_KEY && keyLength <= length - KEY_AT && named(bytes, entry + KEY_AT, keyLength)) {
                return Optional.of(bytes.getLong(entry));
            }
            at += length;
        }
        return Optional.empty();
    }

    private static boolean named(ByteBuffer bytes, int key, int keyLength) {
        int characters = Byte.toUnsignedInt(bytes.get(key + NAME_LENGTH_IN_KEY));
        return characters == NAME.length() && NAME_IN_KEY + 2 * characters <= keyLength
                && DiskText.exact(bytes, key + NAME_IN_KEY, characters).toLowerCase(Locale.ROOT).equals(NAME);
    }
}
