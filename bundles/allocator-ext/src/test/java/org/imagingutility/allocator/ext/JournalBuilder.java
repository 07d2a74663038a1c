package org.imagingutility.allocator.ext;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the log of a volume's journal; numbers are big endian there. */
final class JournalBuilder {
    private static final int MAGIC = 0xC03B3998;

    private final VolumeBuilder volume;
    private int start = 1;
    private int at = 1;
    private int sequence = 77;
    int incompat;
    int type = 4;
    int blockSize;
    int length;
    int first = 1;
    boolean clean;

    JournalBuilder(VolumeBuilder volume) {
        this.volume = volume;
        this.blockSize = volume.blockSize;
        this.length = volume.journal.size();
    }

    /**
     * A block that is to be written.
     *
     * @param target where to
     * @param flags flags of its tag
     * @param content what, cut or filled with zeros
     */
    record Tag(long target, int flags, byte... content) {
    }

    static Tag tag(long target, int flags, byte... content) {
        return new Tag(target, flags, content);
    }

    /** Begins the log in block {@code block} of the journal. */
    JournalBuilder from(int block) {
        start = block;
        at = block;
        return this;
    }

    JournalBuilder features(int bits) {
        incompat = bits;
        return this;
    }

    /** Adds a whole transaction. */
    JournalBuilder transaction(Tag... tags) {
        begun(tags);
        block(2);
        sequence++;
        return this;
    }

    /** Adds a block that revokes others. */
    JournalBuilder revocation() {
        block(5);
        return this;
    }

    /** Adds a transaction without an end. */
    JournalBuilder begun(Tag... tags) {
        ByteBuffer descriptor = block(1);
        int position = 12;
        for (int i = 0; i < tags.length; i++) {
            // the first tag names the journal, the others leave that out
            int flags = tags[i].flags() | (i > 0 ? 2 : 0) | (i == tags.length - 1 ? 8 : 0);
            boolean wide = (incompat & 2) != 0;
            descriptor.putInt(position, (int) tags[i].target());
            if ((incompat & 0x10) != 0) {
                descriptor.putInt(position + 4, flags).putInt(position + 8, (int) (tags[i].target() >> 32));
                position += 16;
            } else {
                descriptor.putShort(position + 6, (short) flags);
                if (wide) {
                    descriptor.putInt(position + 8, (int) (tags[i].target() >> 32));
                }
                position += (wide ? 12 : 8) + ((incompat & 8) != 0 ? 2 : 0);
            }
            position += (flags & 2) != 0 ? 0 : 16;
            volume.bytes.write(offset(at), Arrays.copyOf(tags[i].content(), volume.blockSize));
            advance();
        }
        volume.bytes.write(offset(previous(tags.length + 1)), descriptor.array());
        return this;
    }

    /** Writes the superblock of the journal. */
    VolumeBuilder write() {
        ByteBuffer block = ByteBuffer.allocate(volume.blockSize);
        block.putInt(0, MAGIC).putInt(4, type).putInt(0xC, blockSize).putInt(0x10, length).putInt(0x14, first)
                .putInt(0x18, 77).putInt(0x1C, clean ? 0 : start).putInt(0x28, incompat);
        volume.bytes.write(offset(0), block.array());
        return volume;
    }

    private ByteBuffer block(int blockType) {
        ByteBuffer block = ByteBuffer.allocate(volume.blockSize);
        block.putInt(0, MAGIC).putInt(4, blockType).putInt(8, sequence);
        volume.bytes.write(offset(at), block.array());
        advance();
        return block;
    }

    private void advance() {
        at = at + 1 == length ? first : at + 1;
    }

    private int previous(int steps) {
        int ring = length - first;
        return first + Math.floorMod(at - first - steps, ring);
    }

    private long offset(int index) {
        return (long) volume.journal.get(index) * volume.blockSize;
    }
}
