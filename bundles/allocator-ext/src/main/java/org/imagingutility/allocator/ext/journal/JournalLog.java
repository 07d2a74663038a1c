package org.imagingutility.allocator.ext.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;

/**
 * Reads which blocks the journal will write when it is replayed: "Journal (jbd2)" of the kernel's ext4 documentation. All
 * numbers in it are big endian. Transactions without an end are taken as well, and checksums and revocations are not looked
 * at: a copy too many costs a few blocks in the image, a copy too few would cost a file its content.
 */
public final class JournalLog {
    /** Most blocks that are taken: 4 GiB of them with blocks of 4 KiB. */
    static final int MAX_ENTRIES = 1 << 20;

    private static final int MAGIC = 0xC03B3998;
    private static final int TYPE_AT = 0x4;
    private static final int SEQUENCE_AT = 0x8;
    private static final int HEADER_LENGTH = 12;
    private static final int DESCRIPTOR = 1;
    private static final int COMMIT = 2;
    private static final int SUPERBLOCK_1 = 3;
    private static final int SUPERBLOCK_2 = 4;
    private static final int REVOKE = 5;

    private static final int BLOCK_SIZE_AT = 0xC;
    private static final int LENGTH_AT = 0x10;
    private static final int FIRST_AT = 0x14;
    private static final int FIRST_SEQUENCE_AT = 0x18;
    private static final int START_AT = 0x1C;
    private static final int INCOMPAT_AT = 0x28;
    private static final int LONG_BLOCK_NUMBERS = 0x2;
    private static final int CHECKSUM_2 = 0x8;
    private static final int CHECKSUM_3 = 0x10;
    private static final int FAST_COMMIT = 0x20;
    private static final int KNOWN_INCOMPAT = 0x3F;

    private static final int ESCAPED = 1;
    private static final int SAME_UUID = 2;
    private static final int LAST_TAG = 8;
    private static final int UUID_LENGTH = 16;
    private static final int TAIL_LENGTH = 4;

    private final AlignedReader reader;
    private final Geometry geometry;
    private final JournalMap map;
    private final List<JournaledBlocks.Entry> entries = new ArrayList<>();
    private long first;
    private long end;
    private int incompat;

    private JournalLog(AlignedReader reader, Geometry geometry, JournalMap map) {
        this.reader = reader;
        this.geometry = geometry;
        this.map = map;
    }

    /**
     * What the journal says.
     *
     * @param blocks what it will write
     * @param obstacle why it cannot be told what it will write, if so
     */
    public record Replay(JournaledBlocks blocks, Optional<String> obstacle) {
        private static Replay unknown(String obstacle) {
            return new Replay(JournaledBlocks.NONE, Optional.of(obstacle));
        }
    }

    /** Reads the journal that {@code map} locates. */
    public static Replay read(AlignedReader reader, Geometry geometry, JournalMap map) throws ImagingException {
        return new JournalLog(reader, geometry, map).read();
    }

    private Replay read() throws ImagingException {
        ByteBuffer superblock = block(0);
        Place place = new Place(reader.deviceName(), geometry.offset(map.blockOf(0)));
        int type = superblock.getInt(TYPE_AT);
        if (superblock.getInt(0) != MAGIC || type != SUPERBLOCK_1 && type != SUPERBLOCK_2) {
            throw place.wrong(0, String.format("the journal begins with 0x%08X and type %d, not with its superblock",
                    superblock.getInt(0), type));
        }
        incompat = type == SUPERBLOCK_2 ? superblock.getInt(INCOMPAT_AT) : 0;
        if ((incompat & ~KNOWN_INCOMPAT) != 0) {
            return Replay.unknown(String.format("it has features that are not known here (0x%X)",
                    incompat & ~KNOWN_INCOMPAT));
        }
        if ((incompat & FAST_COMMIT) != 0) {
            return Replay.unknown("it has fast commits");
        }
        first = Integer.toUnsignedLong(superblock.getInt(FIRST_AT));
        end = Integer.toUnsignedLong(superblock.getInt(LENGTH_AT));
        long start = Integer.toUnsignedLong(superblock.getInt(START_AT));
        if (superblock.getInt(BLOCK_SIZE_AT) != geometry.blockSize()) {
            throw place.wrong(BLOCK_SIZE_AT, "blocks of the journal have " + superblock.getInt(BLOCK_SIZE_AT)
                    + " bytes, those of the volume " + geometry.blockSize());
        }
        if (end > map.length() || first == 0 || first >= end) {
            throw place.wrong(LENGTH_AT, "the log is in blocks " + first + ".." + (end - 1) + " of a journal of "
                    + map.length() + " blocks");
        }
        if (start != 0 && (start < first || start >= end)) {
            throw place.wrong(START_AT, "the log begins in block " + start + ", which is not in " + first + ".."
                    + (end - 1));
        }
        return start == 0 ? new Replay(JournaledBlocks.NONE, Optional.empty())
                : follow(start, superblock.getInt(FIRST_SEQUENCE_AT));
    }

    /** Follows the log from its begin to where the numbers of transactions break off. */
    private Replay follow(long start, int firstSequence) throws ImagingException {
        int sequence = firstSequence;
        long at = start;
        for (long left = end - first; left > 0;) {
            ByteBuffer block = block(at);
            if (block.getInt(0) != MAGIC || block.getInt(SEQUENCE_AT) != sequence) {
                break;
            }
            long blocks = 1;
            switch (block.getInt(TYPE_AT)) {
                case DESCRIPTOR -> blocks += tags(block, at);
                case COMMIT -> sequence++;
                case REVOKE -> { }
                default -> left = 0;
            }
            if (entries.size() > MAX_ENTRIES) {
                return Replay.unknown("it holds more than " + MAX_ENTRIES + " blocks");
            }
            left -= blocks;
            at = wrap(at + blocks);
        }
        return new Replay(JournaledBlocks.of(entries), Optional.empty());
    }

    /** Takes the tags of a descriptor block, one for each block that follows it; returns their number. */
    private long tags(ByteBuffer block, long at) {
        boolean checksum3 = (incompat & CHECKSUM_3) != 0;
        boolean wide = (incompat & LONG_BLOCK_NUMBERS) != 0;
        boolean checksum2 = (incompat & CHECKSUM_2) != 0;
        int length = checksum3 ? 16 : 8 + (wide ? 4 : 0) + (checksum2 ? 2 : 0);
        int limit = block.limit() - (checksum2 || checksum3 ? TAIL_LENGTH : 0);
        long count = 0;
        for (int position = HEADER_LENGTH; position + length <= limit;) {
            int flags = checksum3 ? block.getInt(position + 4) : block.getShort(position + 6);
            long target = Integer.toUnsignedLong(block.getInt(position))
                    | (wide ? (long) block.getInt(position + 8) << Integer.SIZE : 0);
            count++;
            entries.add(new JournaledBlocks.Entry(target, map.blockOf(wrap(at + count)), (flags & ESCAPED) != 0));
            position += length + ((flags & SAME_UUID) == 0 ? UUID_LENGTH : 0);
            if ((flags & LAST_TAG) != 0) {
                break;
            }
        }
        return count;
    }

    /** The log is a ring. */
    private long wrap(long block) {
        return first + (block - first) % (end - first);
    }

    private ByteBuffer block(long index) throws ImagingException {
        return reader.read(geometry.offset(map.blockOf(index)), geometry.blockSize()).order(ByteOrder.BIG_ENDIAN);
    }
}
