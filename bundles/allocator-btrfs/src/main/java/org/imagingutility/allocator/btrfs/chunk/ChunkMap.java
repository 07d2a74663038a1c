package org.imagingutility.allocator.btrfs.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.api.error.FileSystemException;

/** The chunks of a file system in the order of their logical addresses. Immutable. */
public final class ChunkMap {
    /** Each takes some 150 bytes of memory; file systems have one for each GiB or more, so this is 256 TiB at least. */
    public static final int MAX_CHUNKS = 1 << 18;

    private final List<Chunk> chunks;

    /**
     * Creates the map.
     *
     * @param chunks in the order of their addresses
     * @param place where they stand, for errors
     */
    public ChunkMap(List<Chunk> chunks, Place place) throws FileSystemException {
        this.chunks = List.copyOf(chunks);
        for (int i = 1; i < chunks.size(); i++) {
            if (chunks.get(i).logical() < chunks.get(i - 1).end()) {
                throw place.wrong(0, "chunks overlap at logical address " + chunks.get(i).logical());
            }
        }
    }

    /** Reads the chunks of the system, which stand in the superblock: keys with items. */
    public static ChunkMap ofSystem(Superblock volume, Place superblock) throws FileSystemException {
        List<Chunk> found = new ArrayList<>();
        ByteBuffer array = volume.systemChunks().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (array.hasRemaining()) {
            int at = array.position();
            Place place = new Place(superblock.device(), superblock.offset() + Superblock.SYSTEM_CHUNKS_AT + at);
            if (array.remaining() < Key.LENGTH || Key.at(array, at).type() != Key.CHUNK_ITEM) {
                throw place.wrong(0, "the array of chunks has an entry that is no chunk");
            }
            Key key = Key.at(array, at);
            array.position(at + Key.LENGTH);
            int length = ChunkItem.lengthOf(array);
            if (length == 0) {
                throw place.wrong(Key.LENGTH, "the array of chunks ends within a chunk");
            }
            found.add(ChunkItem.parse(key.offset(), array.slice(at + Key.LENGTH, length).order(ByteOrder.LITTLE_ENDIAN), volume,
                    new Place(place.device(), place.offset() + Key.LENGTH)));
            array.position(at + Key.LENGTH + length);
        }
        found.sort(Comparator.comparingLong(Chunk::logical));
        return new ChunkMap(found, superblock);
    }

    /** Returns all chunks in the order of their addresses. */
    public List<Chunk> all() {
        return chunks;
    }

    /** Returns the chunk that has {@code length} bytes from {@code address} on, or null if none has. */
    public Chunk find(long address, long length) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Chunk chunk = chunks.get(middle);
            if (address < chunk.logical()) {
                high = middle - 1;
            } else if (address >= chunk.end()) {
                low = middle + 1;
            } else {
                return length > 0 && length <= chunk.end() - address ? chunk : null;
            }
        }
        return null;
    }
}
