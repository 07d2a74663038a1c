package org.imagingutility.allocator.exfat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.device.CountingDevice;

/** Random bitmaps against their meaning told cluster by cluster. */
class RandomBitmapTest {

    @Property(tries = 60)
    void everySetBitIsInUse(@ForAll @IntRange(min = 10, max = 20_000) int clusters, @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 2) int density) throws ImagingException {
        Random random = new Random(seed);
        VolumeBuilder volume = new VolumeBuilder();
        volume.clusterCount = clusters;
        for (int cluster = 2; cluster < clusters + 2; cluster++) {
            volume.inUse.set(cluster, random.nextInt(10) < new int[] {1, 5, 9}[density]);
        }
        CountingDevice device = volume.build();
        // bits behind the last cluster do not count
        int spare = (8 - clusters % 8) % 8;
        byte last = volume.bytes.read(volume.clusterOffset(volume.bitmap.get(0)) + (clusters - 1) / 8, 1)[0];
        volume.bytes.write(volume.clusterOffset(volume.bitmap.get(0)) + (clusters - 1) / 8,
                (byte) (last | 0xFF00 >> spare));
        assertThat(Extents.of(device)).isEqualTo(volume.expected());
    }
}
