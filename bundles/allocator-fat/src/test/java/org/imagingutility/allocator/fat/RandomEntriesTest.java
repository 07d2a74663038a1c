package org.imagingutility.allocator.fat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.imagingutility.api.error.ImagingException;

/** Random FATs against their meaning told entry by entry. */
class RandomEntriesTest {

    @Property(tries = 60)
    void everyEntryButFreeAndBadIsInUse(@ForAll @IntRange(min = 0, max = 2) int kind,
            @ForAll List<@IntRange(min = 2, max = 3500) Integer> clusters, @ForAll List<Integer> values,
            @ForAll @IntRange(min = 0, max = 1) int spare) throws ImagingException {
        VolumeBuilder volume = List.of(VolumeBuilder.fat12(), VolumeBuilder.fat16(), VolumeBuilder.fat32()).get(kind);
        volume.sectorsPerCluster = 2;
        volume.spareSectors = spare;
        for (int i = 0; i < Math.min(clusters.size(), values.size()); i++) {
            if (kind < 2 || clusters.get(i) > 2) {
                volume.entry(clusters.get(i), values.get(i) & volume.allOnes());
            }
        }
        assertThat(Extents.of(volume.build())).isEqualTo(volume.expected());
    }
}
