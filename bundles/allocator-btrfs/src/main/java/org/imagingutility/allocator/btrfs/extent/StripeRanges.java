package org.imagingutility.allocator.btrfs.extent;

import org.imagingutility.allocator.btrfs.layout.Place;
import org.imagingutility.allocator.btrfs.layout.Superblock;
import org.imagingutility.api.error.ImagingException;

/**
 * Bytes of this device that extents lie in: stripe by stripe in the order of the device, for each the extents of its chunk in
 * the order of their addresses, which is that of the stripe's bytes. For one thread.
 */
public final class StripeRanges implements Ranges {
    private final Superblock volume;
    private final Place superblock;
    private final DeviceStripes stripes;
    private final Trees trees;
    private final RangeList logged;
    private int next;
    private DeviceStripes.Each stripe;
    private ChunkExtents recorded;
    private Ranges addresses;
    private long start;
    private long end;
    private long sum;
    private boolean whole;
    private boolean done;

    /**
     * Begins before the first stripe.
     *
     * @param superblock where the superblock stands, for errors
     * @param trees cursors of its own; without an extent tree all of each stripe counts
     * @param logged logical addresses that count beside those in the extent tree
     */
    public StripeRanges(Superblock volume, Place superblock, DeviceStripes stripes, Trees trees, RangeList logged) {
        this.volume = volume;
        this.superblock = superblock;
        this.stripes = stripes;
        this.trees = trees;
        this.logged = logged;
    }

    @Override
    public boolean next() throws ImagingException {
        while (!done) {
            if (addresses != null) {
                if (addresses.next()) {
                    start = stripe.chunk().offsetIn(stripe.stripe(), addresses.start());
                    end = stripe.chunk().offsetIn(stripe.stripe(), addresses.end());
                    return true;
                }
                sum += stripe.first() ? recorded.sum() : 0;
                addresses = null;
            }
            if (next == stripes.all().size()) {
                finish();
                return false;
            }
            stripe = stripes.all().get(next++);
            if (trees.extents() == null || stripe.chunk().profile().parity()) {
                whole = true;
                start = stripe.stripe().offset();
                end = stripe.end();
                return true;
            }
            recorded = new ChunkExtents(volume, stripe.chunk(), trees);
            addresses = new Union(recorded, logged.within(stripe.chunk().logical(), stripe.chunk().end()));
        }
        return false;
    }

    private void finish() throws ImagingException {
        done = true;
        if (stripes.complete() && !whole && sum != volume.bytesUsed()) {
            throw superblock.wrong(0x78, "the file system has " + volume.bytesUsed() + " bytes in use, its extents have " + sum);
        }
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }
}
