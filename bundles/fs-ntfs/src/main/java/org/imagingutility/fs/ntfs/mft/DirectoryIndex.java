package org.imagingutility.fs.ntfs.mft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.runs.DataStream;
import org.imagingutility.fs.ntfs.runs.Volume;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.DiskText;
import org.imagingutility.fs.ntfs.structure.MftRecord;
import org.imagingutility.fs.ntfs.structure.UpdateSequence;

/**
 * The names in a directory, by its index. All blocks of the index are looked at, whatever their order. For one thread. Layout:
 * {@code INDEX_ROOT}, {@code INDEX_BLOCK} and {@code INDEX_ENTRY} in {@code layout.h} of ntfs-3g.
 */
public final class DirectoryIndex {
    private static final String INDEX = "$I30";
    private static final int INDEX_BLOCK = 0x58444E49;
    /** Most bytes of a directory that are looked at. */
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
    private final long directory;

    /**
     * A name in the directory.
     *
     * @param name the name, as it is written
     * @param reference the reference to the file's record
     */
    public record Entry(String name, long reference) {
    }

    /** Creates the index of the directory in record {@code directory}. */
    public DirectoryIndex(Mft mft, Volume volume, long directory) {
        this.mft = mft;
        this.volume = volume;
        this.directory = directory;
    }

    /** Returns the entries whose names are wanted, the first {@code most} of them. */
    public List<Entry> find(Predicate<String> wanted, int most) throws ImagingException {
        MftRecord record = mft.readBase(directory);
        Optional<ByteBuffer> index = record.attributes().stream()
                .filter(each -> each.type() == Attribute.INDEX_ROOT && each.name().equals(INDEX))
                .filter(Attribute.Resident.class::isInstance).map(each -> ((Attribute.Resident) each).value()).findFirst();
        if (index.isEmpty() || index.get().limit() < ROOT_HEAD_AT + HEAD_LENGTH) {
            throw record.wrong("is a directory, but has no index");
        }
        List<Entry> found = new ArrayList<>();
        ByteBuffer head = index.get().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        addEntries(head, ROOT_HEAD_AT, wanted, most, found);
        boolean large = record.find(Attribute.ATTRIBUTE_LIST).isPresent() || record.attributes().stream()
                .anyMatch(each -> each.type() == Attribute.INDEX_ALLOCATION && each.name().equals(INDEX));
        if (found.size() == most || !large) {
            return found;
        }
        long blockSize = Integer.toUnsignedLong(head.getInt(BLOCK_SIZE_AT));
        if (blockSize < 512 || blockSize > MAX_INDEX_BLOCK || Long.bitCount(blockSize) != 1) {
            throw record.wrong("has index blocks of " + blockSize + " bytes");
        }
        Mft.Data data = mft.stream(record, Attribute.INDEX_ALLOCATION, INDEX, "directory " + directory);
        DataStream stream = volume.stream(data.runs());
        long length = Math.min(MAX_DIRECTORY, data.first().initialisedSize());
        for (long at = 0; at + blockSize <= length && found.size() < most; at += blockSize) {
            ByteBuffer block = ByteBuffer.wrap(stream.read(volume.reader(), at, (int) blockSize)).order(ByteOrder.LITTLE_ENDIAN);
            // a block that is free, or torn, has nothing to say
            if (block.getInt(0) == INDEX_BLOCK && UpdateSequence.undo(block)) {
                addEntries(block, BLOCK_HEAD_AT, wanted, most, found);
            }
        }
        return found;
    }

    /** Looks at the entries behind an {@code INDEX_HEADER}: offset of the first, and of what follows the last, from it. */
    private static void addEntries(ByteBuffer bytes, int headAt, Predicate<String> wanted, int most, List<Entry> found) {
        long at = headAt + Integer.toUnsignedLong(bytes.getInt(headAt));
        long end = Math.min(bytes.limit(), headAt + Integer.toUnsignedLong(bytes.getInt(headAt + 4)));
        while (at + KEY_AT <= end && found.size() < most) {
            int entry = (int) at;
            int length = Short.toUnsignedInt(bytes.getShort(entry + ENTRY_LENGTH_AT));
            int keyLength = Short.toUnsignedInt(bytes.getShort(entry + KEY_LENGTH_AT));
            if (length < KEY_AT || length > end - at || (bytes.getShort(entry + ENTRY_FLAGS_AT) & LAST) != 0) {
                return;
            }
            if (keyLength >= NAME_IN_KEY && keyLength <= length - KEY_AT) {
                Optional<String> name = name(bytes, entry + KEY_AT, keyLength);
                if (name.isPresent() && wanted.test(name.get())) {
                    found.add(new Entry(name.get(), bytes.getLong(entry)));
                }
            }
            at += length;
        }
    }

    private static Optional<String> name(ByteBuffer bytes, int key, int keyLength) {
        int characters = Byte.toUnsignedInt(bytes.get(key + NAME_LENGTH_IN_KEY));
        return NAME_IN_KEY + 2 * characters <= keyLength ? Optional.of(DiskText.exact(bytes, key + NAME_IN_KEY, characters))
                : Optional.empty();
    }
}
