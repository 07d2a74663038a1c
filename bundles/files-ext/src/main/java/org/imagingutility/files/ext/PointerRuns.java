package org.imagingutility.files.ext;

import java.nio.ByteBuffer;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.fs.ext.inode.Inode;
import org.imagingutility.fs.ext.layout.Place;

/**
 * The blocks of a file with a list of pointers to blocks, and to blocks of pointers ("Direct/Indirect Block Addressing"). Holds the block that
 * it read last of each level.
 */
final class PointerRuns implements Runs {
    private static final int DIRECT = 12;
    private static final int LEVELS = 3;

    private final Volume volume;
    private final FileInode inode;
    private final long perBlock;
    private final ByteBuffer[] pointers = new ByteBuffer[LEVELS];
    private final long[] blocks = new long[LEVELS];

    PointerRuns(Volume volume, FileInode inode) {
        this.volume = volume;
        this.inode = inode;
        this.perBlock = volume.geometry().blockSize() / Integer.BYTES;
    }

    @Override
    public Run at(long block, long most) throws ImagingException {
        ByteBuffer table = inode.blocks().root();
        Place place = inode.place().at(Inode.ROOT_AT);
        if (block < DIRECT) {
            return run(table, (int) block, DIRECT, most, place);
        }
        long rest = block - DIRECT;
        long covered = perBlock;
        for (int level = 1; level <= LEVELS; level++) {
            if (rest < covered) {
                return indirect(table, DIRECT + level - 1, level, rest, covered, most, place);
            }
            rest -= covered;
            covered *= perBlock;
        }
        // behind what pointers can reach: the size says so, nothing is stored
        return Run.hole(most);
    }

    /** Goes down from entry {@code index} of {@code table}, which stands for {@code covered} blocks, {@code level} levels above the data. */
    private Run indirect(ByteBuffer table, int index, int level, long rest, long covered, long most, Place place) throws ImagingException {
        long pointer = pointer(table, index);
        if (pointer == 0) {
            return Run.hole(Math.min(most, covered - rest));
        }
        ByteBuffer below = block(pointer, level - 1, place.at((long) index * Integer.BYTES));
        Place inside = volume.place(volume.geometry().offset(pointer));
        if (level == 1) {
            return run(below, (int) rest, (int) perBlock, most, inside);
        }
        long each = covered / perBlock;
        return indirect(below, (int) (rest / each), level - 1, rest % each, each, most, inside);
    }

    /** Joins pointers of one table to blocks that follow one another, or to nothing. */
    private Run run(ByteBuffer table, int index, int end, long most, Place place) throws ImagingException {
        long start = pointer(table, index);
        int limit = (int) Math.min(end, index + most);
        int next = index + 1;
        while (next < limit && pointer(table, next) == (start == 0 ? 0 : start + (next - index))) {
            next++;
        }
        if (start == 0) {
            return Run.hole(next - index);
        }
        volume.check(start, next - index, place.at((long) index * Integer.BYTES));
        return new Run(next - index, start, FileRange.Kind.DATA);
    }

    private ByteBuffer block(long block, int level, Place namedAt) throws ImagingException {
        if (pointers[level] == null || blocks[level] != block) {
            pointers[level] = null;
            volume.check(block, 1, namedAt);
            pointers[level] = volume.block(block);
            blocks[level] = block;
        }
        return pointers[level];
    }

    private static long pointer(ByteBuffer table, int index) {
        return Integer.toUnsignedLong(table.getInt(index * Integer.BYTES));
    }
}
