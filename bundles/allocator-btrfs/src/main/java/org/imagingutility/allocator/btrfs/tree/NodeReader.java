package org.imagingutility.allocator.btrfs.tree;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.chunk.ChunkMap;
import org.imagingutility.allocator.btrfs.layout.Key;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.allocator.btrfs.layout.TreeRoot;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * Reads nodes from this device and verifies them. Where one copy is damaged or cannot be read, the other is taken. For one
 * thread.
 */
public final class NodeReader {
    private final AlignedReader reader;
    private final Superblock volume;
    private final ChunkMap chunks;
    private final NodeCheck check;

    /**
     * Creates a reader.
     *
     * @param chunks what is known of the chunks
     * @param chunkTree UUID of the chunk tree, or null if that is not known yet
     */
    public NodeReader(Device device, Superblock volume, ChunkMap chunks, UUID chunkTree) {
        this.reader = new AlignedReader(device);
        this.volume = volume;
        this.chunks = chunks;
        this.check = new NodeCheck(volume, chunkTree);
    }

    /** Says whether this device has a copy of the node at {@code logical}, which must be in a chunk. */
    public boolean isHere(long logical, Place place) throws FileSystemException {
        return copies(logical, place).length > 0;
    }

    /**
     * Reads a node.
     *
     * @param root where it is, and what it must be
     * @param first its first key, or null if that is not known
     * @param behind a key that is behind all of its keys, or null
     * @param pointer where its address was found, for errors
     */
    Node read(TreeRoot root, Key first, Key behind, Place pointer) throws ImagingException {
        ImagingException failure = null;
        for (long offset : copies(root.logical(), pointer)) {
            try {
                ByteBuffer bytes = ByteBuffer.allocate(volume.nodeSize()).put(reader.read(offset, volume.nodeSize())).flip()
                        .order(ByteOrder.LITTLE_ENDIAN);
                Node node = new Node(bytes, new Place(reader.deviceName(), offset));
                check.check(node, bytes, root, first, behind);
                return node;
            } catch (DeviceException e) {
                if (e.isDeviceChanged()) {
                    throw e;
                }
                failure = failure == null ? e : failure;
            } catch (FileSystemException e) {
                failure = failure instanceof FileSystemException ? failure : e;
            }
        }
        if (failure == null) {
            throw pointer.wrong(0, "the node at logical address " + root.logical() + " is on another device of the file system");
        }
        throw failure;
    }

    private long[] copies(long logical, Place place) throws FileSystemException {
        Chunk chunk = logical % volume.sectorSize() == 0 ? chunks.find(logical, volume.nodeSize()) : null;
        if (chunk == null || chunk.profile().parity()) {
            throw place.wrong(0, "a node is at logical address " + Long.toUnsignedString(logical) + ", which is "
                    + (chunk == null ? "in no chunk" : "in a chunk of profile " + chunk.profile() + ": these are not read"));
        }
        return chunk.copies(logical, volume.nodeSize());
    }
}
