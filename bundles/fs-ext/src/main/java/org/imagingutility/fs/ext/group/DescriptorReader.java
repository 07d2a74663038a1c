package org.imagingutility.fs.ext.group;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.imagingutility.api.device.AlignedReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ext.layout.Geometry;
import org.imagingutility.fs.ext.layout.Place;
import org.imagingutility.fs.ext.layout.Superblock;

/** Reads the descriptors of groups, best in order: holds a stretch of them. For one thread. */
public final class DescriptorReader {
    /** Bytes read at a time, where as many follow one another. */
    public static final int STRETCH = 1 << 20;

    private final AlignedReader reader;
    private final Superblock volume;
    private final Geometry geometry;
    private final Place begin;
    private ByteBuffer bytes;
    private long firstGroup;
    private long endGroup;

    /** Creates a reader of {@code volume}; {@code reader} is used by this object alone, as its buffer holds the stretch. */
    public DescriptorReader(AlignedReader reader, Superblock volume) {
        this(reader, volume, new Place(reader.deviceName(), 0));
    }

    /** Creates a reader whose errors are those of {@code begin}, the begin of the device. */
    public DescriptorReader(AlignedReader reader, Superblock volume, Place begin) {
        this.begin = begin;
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
        return begin.at(geometry.offset(geometry.descriptorBlock(group / geometry.descriptorsPerBlock()))
                + group % geometry.descriptorsPerBlock() * geometry.descriptorSize());
    }

    /** Returns the group behind the last one whose descriptor is held. */
    public long heldEnd() {
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
