package org.imagingutility.allocator.ext.group;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.allocator.ext.layout.Geometry;
import org.imagingutility.allocator.ext.layout.Place;
import org.imagingutility.allocator.ext.layout.Superblock;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;

/** Reads the descriptors of groups, best in order: holds a stretch of them. For one thread. */
public final class DescriptorReader {
    /** Bytes read at a time, where as many follow one another. */
    public static final int STRETCH = 1 << 20;

    private final AlignedReader reader;
    private final Superblock volume;
    private final Geometry geometry;
    private ByteBuffer bytes;
    private long firstGroup;
    private long endGroup;

    /** Creates a reader of {@code volume}; {@code reader} is used by this object alone, as its buffer holds the stretch. */
    public DescriptorReader(AlignedReader reader, Superblock volume) {
        this.reader = reader;
        this.volume = volume;
        this.geometry = volume.geometry();
    }

    /** Returns the descriptor of {@code group}, checked. */
    public GroupDescriptor read(long group) throws ImagingException {
        if (group < firstGroup || group >= endGroup) {
            load(group);
        }
        int at = (int) (group - firstGroup) * geometry.descriptorSize();
        return GroupDescriptor.parse(bytes.slice(at, geometry.descriptorSize()).order(ByteOrder.LITTLE_ENDIAN), group,
                volume, place(group));
    }

    /** Returns where the descriptor of {@code group} begins. */
    public Place place(long group) {
        return new Place(reader.deviceName(), geometry.offset(geometry.descriptorBlock(group
                / geometry.descriptorsPerBlock())) + group % geometry.descriptorsPerBlock() * geometry.descriptorSize());
    }

    /** Returns the group behind the last one whose descriptor is held. */
    long heldEnd() {
        return endGroup;
    }

    private void load(long group) throws ImagingException {
        // what fails must not leave a stretch behind that looks loaded
        endGroup = firstGroup;
        int perBlock = geometry.descriptorsPerBlock();
        long index = group / perBlock;
        long blocks = index < geometry.firstMetaBg()
                ? Math.min(geometry.firstMetaBg() - index, STRETCH / geometry.blockSize()) : 1;
        long first = index * perBlock;
        long end = Math.min(geometry.groupCount(), first + blocks * perBlock);
        bytes = reader.read(geometry.offset(geometry.descriptorBlock(index)), (int) (end - first) * geometry.descriptorSize());
        firstGroup = first;
        endGroup = end;
    }
}
