package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * Finds the chunks: by the index, or, in a file that does not end with a tail, by going from one chunk's head to the next. An
 * index that contradicts itself is refused: it says more than the file can hold, so nothing in it is to be trusted.
 */
final class LayoutReader {
    static final int INDEX_MAGIC = 0x31584449;
    private static final int TAIL_MAGIC = 0x4C494154;
    private static final int TAIL = 12;
    private static final int INDEX_HEAD = 8;
    private static final int ENTRY = 24;
    private static final int ENTRIES_AT_ONCE = 4096;

    private final ImageFile file;
    private final long length;
    private final Header header;
    private final Chunks chunks = new Chunks();

    private LayoutReader(ImageFile file) throws ImagingException {
        this.file = file;
        this.length = file.length();
        this.header = Header.read(file);
    }

    /** Reads header and index, or header and heads. */
    static Layout read(ImageFile file) throws ImagingException {
        return new LayoutReader(file).read();
    }

    private Layout read() throws ImagingException {
        if (length >= header.length() + TAIL) {
            ByteBuffer tail = Bytes.read(file, length - TAIL, TAIL);
            if (tail.getInt(0) == TAIL_MAGIC) {
                readIndex(tail.getLong(4));
                long deviceLength = header.version() == 1 ? chunks.deviceEnd() : header.deviceLength();
                if (deviceLength == 0) {
                    throw damaged(length - TAIL, "version 1 records no device length, and there is no chunk to tell it");
                }
                return new Layout(header, chunks, deviceLength, deviceLength, Optional.empty());
            }
        }
        return new HeadWalk(file, length, header, chunks).walk();
    }

    private void readIndex(long start) throws ImagingException {
        if (start < header.length() || start > length - TAIL - INDEX_HEAD) {
            throw damaged(length - TAIL, "the tail says that the index begins at byte " + start
                    + ", which is not between header and tail");
        }
        ByteBuffer head = Bytes.read(file, start, INDEX_HEAD);
        if (head.getInt(0) != INDEX_MAGIC) {
            throw damaged(start, String.format("no index: begins with 0x%08X, expected IDX1", head.getInt(0)));
        }
        int count = head.getInt(4);
        long room = length - TAIL - INDEX_HEAD - start;
        if (count < 0 || count > Chunks.MAX || count * (long) ENTRY != room) {
            throw damaged(start + 4, "the index is said to have " + count + " entries, and there are " + room
                    + " bytes between its head and the tail, " + ENTRY + " for each entry (at most " + Chunks.MAX
                    + " entries can be read)");
        }
        for (int first = 0; first < count; first += ENTRIES_AT_ONCE) {
            int some = Math.min(ENTRIES_AT_ONCE, count - first);
            long offset = start + INDEX_HEAD + first * (long) ENTRY;
            ByteBuffer entries = Bytes.read(file, offset, some * ENTRY);
            for (int i = 0; i < some; i++) {
                add(new Chunk(first + i, entries.getLong(), entries.getLong(), entries.getInt(), entries.getInt()),
                        offset + (long) i * ENTRY, start);
            }
        }
    }

    private void add(Chunk chunk, long entryOffset, long indexStart) throws ImageDamagedException {
        Optional<String> problem = chunk.problem(header, chunks.deviceEnd(), indexStart);
        if (problem.isPresent()) {
            throw damaged(entryOffset, "entry " + chunk.number() + " of the index says " + problem.get());
        }
        chunks.add(chunk);
    }

    private ImageDamagedException damaged(long offset, String reason) {
        return new ImageDamagedException(file.reference(), offset, reason, "if its chunks may be whole: a copy without"
                + " its last 12 bytes is read by the heads of the chunks instead of the index");
    }

    /** Returns where the index of {@code count} chunks begins in a whole file. */
    static long indexOffset(long fileLength, int count) {
        return fileLength - TAIL - count * (long) ENTRY - INDEX_HEAD;
    }

    /** Returns a damage of the file that costs nothing of the device by itself. */
    static Damage harmless(long offset, String reason) {
        return new Damage(offset, 0, Optional.empty(), reason);
    }
}
