package org.imagingutility.allocator.ext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;

/** Any volume of any shape has in use what a plain look at each block says. */
class RandomVolumeTest {
    private static final int META_BG = 0x10;
    private static final int LONG = 0x80;
    private static final int FLEX = 0x200;

    @Property(tries = 150)
    void extentsAreThoseOfThePlainModel(@ForAll @IntRange(min = 10, max = 13) int blockShift,
            @ForAll boolean meta, @ForAll boolean wide, @ForAll boolean flex, @ForAll boolean sparse,
            @ForAll @IntRange(max = 2) int checksum, @ForAll @IntRange(max = 3) int clusterShift, @ForAll long seed)
            throws ImagingException {
        Random random = new Random(seed);
        VolumeBuilder volume = new VolumeBuilder();
        volume.blockSize = 1 << blockShift;
        volume.clusterShift = clusterShift;
        volume.incompat |= (meta ? META_BG : 0) | (wide ? LONG : 0) | (flex ? FLEX : 0);
        volume.roCompat = (sparse ? 1 : 0) | new int[] {0, 0x10, 0x400}[checksum] | (clusterShift > 0 ? 0x200 : 0);
        volume.descriptorSize = 64 << random.nextInt(4);
        volume.inodesPerGroup = volume.blockSize / 128 * (1 + random.nextInt(3));
        volume.blocksPerGroup = 8 * (16 + random.nextInt(40)) << clusterShift;
        int groups = 1 + random.nextInt(150);
        volume.blockCount = volume.firstBlock() + volume.blocksPerGroup * groups - random.nextInt(60);
        volume.firstMetaBg = meta ? random.nextInt(2) : 0;
        volume.reserved = meta ? 0 : random.nextInt(20);
        volume.flexGroups = flex ? 1 + random.nextInt(8) : 1;
        volume.surplusBytes = random.nextInt(2) * random.nextInt(5000);
        if (random.nextBoolean()) {
            volume.compat |= 0x200;
            volume.backups = new int[] {random.nextInt(groups), random.nextInt(groups)};
        }
        for (int at = random.nextInt(600); at < volume.blockCount; at += random.nextInt(600)) {
            int end = Math.min(volume.blockCount, at + 1 + random.nextInt(600));
            volume.inUse.set(at, end);
            at = end;
        }
        for (int group = 1; group < groups && checksum > 0; group++) {
            if (random.nextInt(3) == 0) {
                volume.uninitialised.set(group);
                volume.inUse.clear(volume.start(group), volume.end(group));
            }
        }
        CountingDevice device = volume.build(512 << random.nextInt(4));
        assertThat(Extents.of(device)).isEqualTo(
                ExtentsInUse.model(volume.inUse, volume.blockCount, volume.blockSize, device.length()));
    }
}
