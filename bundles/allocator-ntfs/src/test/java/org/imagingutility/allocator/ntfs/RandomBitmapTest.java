package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.VolumeBuilder.ListForm;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.device.CountingDevice;

/** Any bitmap in any runs means what a plain look at each bit says. */
class RandomBitmapTest {

    @Property(tries = 150)
    void extentsAreThoseOfThePlainModel(@ForAll @IntRange(min = 500, max = 60_000) int clusterCount,
            @ForAll @IntRange(min = 9, max = 13) int clusterShift, @ForAll @IntRange(min = 1, max = 6) int pieces,
            @ForAll @IntRange(min = 1, max = 3000) int longestStretch,
            @ForAll @LongRange(min = 0, max = 9000) long surplus, @ForAll ListForm form, @ForAll long seed)
            throws ImagingException {
        Random random = new Random(seed);
        VolumeBuilder volume = new VolumeBuilder().clusters(1 << clusterShift, clusterCount);
        volume.surplusBytes = surplus;
        volume.mft = List.of(new Run(60, 48));
        volume.listClusters = List.of(new Run(2, 1), new Run(40, 1));
        volume.bitmapList = form;
        volume.bitmap = scatter(clusterCount / 8 / volume.clusterSize + 1, pieces, random);
        for (int at = random.nextInt(longestStretch); at < clusterCount; at += random.nextInt(longestStretch)) {
            int end = Math.min(clusterCount, at + 1 + random.nextInt(longestStretch));
            volume.inUse.set(at, end);
            at = end;
        }
        CountingDevice device = volume.build(512 << random.nextInt(4));
        assertThat(Extents.of(device)).isEqualTo(Extents.model(volume));
    }

    /** Returns runs that have {@code clusters} clusters in all, in any order on the volume, from cluster 120 on. */
    private static List<Run> scatter(long clusters, int pieces, Random random) {
        List<Run> runs = new ArrayList<>();
        long left = clusters;
        long lcn = 120;
        while (left > 0) {
            long length = runs.size() == pieces - 1 ? left : 1 + random.nextInt((int) left);
            runs.add(new Run(lcn, length));
            lcn += length + 1 + random.nextInt(20);
            left -= length;
        }
        Collections.shuffle(runs, random);
        return runs;
    }
}
