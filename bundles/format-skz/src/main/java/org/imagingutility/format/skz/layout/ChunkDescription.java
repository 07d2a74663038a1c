package org.imagingutility.format.skz.layout;

import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/** What head and table of a chunk both say of it: its place on the device, its codec and what is in use there. */
public final class ChunkDescription {
    private final int chunkIndex;
    private final long deviceOffset;
    private final long deviceLength;
    private final int codecWireId;
    private final int level;
    private final ExtentList extents;
    private final byte[] map;
    private final int frameCount;

    /** Describes a chunk; offsets and lengths in bytes of device, {@code frameSize} bytes in a window. */
    public ChunkDescription(int chunkIndex, long deviceOffset, long deviceLength, int codecWireId, int level,
            ExtentList extents, int frameSize) {
        this.chunkIndex = chunkIndex;
        this.deviceOffset = deviceOffset;
        this.deviceLength = deviceLength;
        this.codecWireId = codecWireId;
        this.level = level;
        this.extents = extents;
        this.map = AllocationMap.encode(extents, deviceOffset);
        this.frameCount = (int) Math.min(Integer.MAX_VALUE, FrameWindows.count(extents, frameSize));
    }

    /** Returns the number of the chunk, from 0. */
    public int chunkIndex() {
        return chunkIndex;
    }

    /** Returns the first byte of device. */
    public long deviceOffset() {
        return deviceOffset;
    }

    /** Returns the bytes of device. */
    public long deviceLength() {
        return deviceLength;
    }

    /** Returns the wire id of the codec of its frames. */
    public int codecWireId() {
        return codecWireId;
    }

    /** Returns the level of the codec; any number where it was read from a file. */
    public int level() {
        return level;
    }

    /** Returns what is in use in it. */
    public ExtentList extents() {
        return extents;
    }

    /** Returns the number of windows that a part of the extents lies in. */
    public int frameCount() {
        return frameCount;
    }

    /** Returns the extents as they stand in the file. Not to be changed. */
    public byte[] map() {
        return map;
    }

    /** Begins a structure of {@code kind} with these facts. */
    StructureWriter begin(StructureKind kind, long imageId, StructureWriter out) {
        return out.begin(kind).u64(imageId)
                .u32(chunkIndex).u32(frameCount)
                .u64(deviceOffset).u64(deviceLength)
                .u32(level).u16(codecWireId).u16(0)
                .u32(extents.count()).u32(map.length)
                .bytes(map);
    }

    /** Reads what {@link #begin} wrote behind the tag. */
    public static ChunkDescription read(StructureReader in, long imageId, ImageSpec spec) throws ImageDamagedException {
        in.imageId(imageId);
        int chunkIndex = in.u32("chunk", 0, Limits.CHUNKS - 1);
        int frameCount = in.u32("frame count", 1, Limits.FRAMES_PER_CHUNK);
        long deviceOffset = in.u64("device offset", 0, spec.deviceLength() - 1);
        long deviceLength = in.u64("device length", 1,
                Math.min(ImageSpec.MAX_CHUNK_SIZE, spec.deviceLength() - deviceOffset));
        int level = in.bits32();
        int codecWireId = in.u16();
        if (codecWireId == 0) {
            throw in.damaged("codec number is 0");
        }
        in.zeros(2);
        int extentCount = in.u32("extent count", 1, Limits.EXTENTS_PER_CHUNK);
        int mapLength = in.u32("map length", AllocationMap.MIN_BYTES, Limits.MAP_BYTES);
        ExtentList extents = AllocationMap.decode(in.bytes(mapLength), extentCount, deviceOffset, deviceLength, in);
        boolean aligned = deviceOffset % spec.frameSize() == 0 && (deviceLength % spec.frameSize() == 0
                || deviceOffset + deviceLength == spec.deviceLength());
        if (!aligned || frameCount != FrameWindows.count(extents, spec.frameSize())) {
            throw in.damaged("device " + deviceOffset + "+" + deviceLength + " and " + frameCount
                    + " frames do not fit the frame size " + spec.frameSize() + " and extents " + extents);
        }
        return new ChunkDescription(chunkIndex, deviceOffset, deviceLength, codecWireId, level, extents,
                spec.frameSize());
    }

    /** Checks that this is the chunk that the index has in {@code slot}. */
    public void requireSameAs(IndexSlot slot, StructureReader in) throws ImageDamagedException {
        boolean same = chunkIndex == slot.chunk().chunkIndex() && deviceOffset == slot.chunk().deviceOffset()
                && deviceLength == slot.chunk().deviceLength() && codecWireId == slot.chunk().codecWireId()
                && level == slot.level() && frameCount == slot.chunk().frameCount()
                && extents.totalLength() == slot.usedBytes();
        if (!same) {
            throw in.damaged("chunk " + chunkIndex + ", device " + deviceOffset + "+" + deviceLength + ", codec "
                    + codecWireId + ", level " + level + ", " + frameCount + " frames, " + extents.totalLength()
                    + " bytes used; the index has " + slot);
        }
    }
}
