package org.imagingutility.allocator.btrfs.extent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.imagingutility.allocator.btrfs.chunk.Chunk;
import org.imagingutility.allocator.btrfs.chunk.ChunkMap;
import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.api.error.FileSystemException;

/**
 * The stripes of all chunks on this device in the order of its bytes. Immutable.
 *
 * @param all the stripes
 * @param complete whether each chunk has a stripe on this device
 */
public record DeviceStripes(List<Each> all, boolean complete) {

    /** Copies the list. */
    public DeviceStripes {
        all = List.copyOf(all);
    }

    /** Says whether one of the stripes is of a chunk with parities. */
    public boolean parity() {
        return all.stream().anyMatch(each -> each.chunk().profile().parity());
    }

    /**
     * A stripe with its chunk.
     *
     * @param chunk the chunk
     * @param stripe which stripe of it
     * @param first whether it is the first of the chunk's on this device
     */
    public record Each(Chunk chunk, Chunk.Stripe stripe, boolean first) {
        /** Returns the byte of the device behind it. */
        public long end() {
            return stripe.offset() + chunk.stripeLength();
        }
    }

    /**
     * Sorts the stripes, and refuses those that overlap or do not have as many bytes together as the device says.
     *
     * @param superblock where it says so
     */
    public static DeviceStripes of(ChunkMap chunks, Superblock volume, Place superblock) throws FileSystemException {
        List<Each> all = new ArrayList<>();
        boolean complete = true;
        long sum = 0;
        for (Chunk chunk : chunks.all()) {
            for (Chunk.Stripe stripe : chunk.here()) {
                all.add(new Each(chunk, stripe, stripe == chunk.here().get(0)));
                sum += chunk.stripeLength();
            }
            complete &= !chunk.here().isEmpty();
        }
        all.sort(Comparator.comparingLong(each -> each.stripe().offset()));
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).stripe().offset() < all.get(i - 1).end()) {
                throw new Place(superblock.device(), all.get(i).stripe().offset()).wrong(0,
                        "the chunks at logical addresses " + all.get(i - 1).chunk().logical() + " and "
                        + all.get(i).chunk().logical() + " share bytes of the device");
            }
        }
        if (sum != volume.device().bytesUsed()) {
            throw superblock.wrong(0, "chunks have " + sum + " bytes of the device, the superblock says "
                    + volume.device().bytesUsed());
        }
        return new DeviceStripes(all, complete);
    }
}
