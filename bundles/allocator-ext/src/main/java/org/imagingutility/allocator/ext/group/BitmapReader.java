package org.imagingutility.allocator.ext.group;

import java.nio.ByteBuffer;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.group.DescriptorReader;
import org.imagingutility.fs.ext.group.GroupDescriptor;
import org.imagingutility.fs.ext.layout.Geometry;

/** Reads block bitmaps, several at a time where they follow one another (flex_bg). For one thread. */
public final class BitmapReader {
    /** Bytes read at a time at most. */
    static final int STRETCH = 1 << 20;

    private final AlignedReader reader;
    private final Geometry geometry;
    private final DescriptorReader descriptors;
    private ByteBuffer bytes;
    private long firstBlock;
    private long endBlock;

    /**
     * Creates a reader.
     *
     * @param reader used by this object alone, as its buffer holds the bitmaps
     * @param descriptors tells which bitmaps will be wanted next
     */
    public BitmapReader(AlignedReader reader, Geometry geometry, DescriptorReader descriptors) {
        this.reader = reader;
        this.geometry = geometry;
        this.descriptors = descriptors;
    }

    /** Returns the bitmap of {@code group}, which is in {@code block}; valid until the next call. */
    public ByteBuffer read(long group, long block) throws ImagingException {
        if (block < firstBlock || block >= endBlock) {
            // what fails must not leave a stretch behind that looks loaded
            endBlock = firstBlock;
            long count = wanted(group, block);
            bytes = reader.read(geometry.offset(block), (int) count * geometry.blockSize());
            firstBlock = block;
            endBlock = block + count;
        }
        return bytes.slice((int) (block - firstBlock) * geometry.blockSize(), geometry.blockSize());
    }

    /** Returns how many blocks from {@code block} on hold the bitmaps of {@code group} and of those that follow it. */
    private long wanted(long group, long block) throws ImagingException {
        long limit = Math.min(STRETCH / geometry.blockSize(), descriptors.heldEnd() - group);
        long wanted = 1;
        for (long i = 1; i < limit; i++) {
            GroupDescriptor next = descriptors.read(group + i);
            if (next.blockBitmap() != block + i) {
                break;
            }
            if (!next.uninitialised()) {
                wanted = i + 1;
            }
        }
        return wanted;
    }
}
