package org.imagingutility.engine.set.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.partition.PartitionRole;
import org.junit.jupiter.api.Test;

class ListedRangesTest {
    private static final int SECTOR = 512;

    @Test
    void joinedRangesCoverAllThatWasUnreadable() {
        ExtentList all = everyOther(10_000);
        for (int most : new int[] {1, 2, 99, 9999, 10_000}) {
            ExtentList joined = ListedRanges.joined(all, most);
            assertThat(joined.count()).isLessThanOrEqualTo(most);
            for (int i = 0; i < all.count(); i++) {
                assertThat(joined.within(all.offset(i), SECTOR).offset(0)).isEqualTo(all.offset(i));
                assertThat(joined.within(all.offset(i), SECTOR).length(0)).isEqualTo(SECTOR);
            }
        }
        assertThat(ListedRanges.joined(all, 10_000)).isEqualTo(all);
    }

    @Test
    void aManifestListsNoMoreThanItMay() {
        List<SetPartition> partitions = new ArrayList<>(List.of(partition(1, everyOther(1000)), partition(2, everyOther(10))));
        List<SetPiece> pieces = new ArrayList<>(List.of(new SetPiece("p", 0, 0, OptionalLong.of(1 << 20), Optional.empty(), everyOther(1000))));
        new ListedRanges(5000).limit(partitions, pieces);
        assertThat(count(partitions, pieces)).as("below the bound nothing changes").isEqualTo(2010);
        new ListedRanges(300).limit(partitions, pieces);
        assertThat(count(partitions, pieces)).isBetween(30, 300);
        assertThat(partitions.get(1).artefact().orElseThrow().unreadable()).isEqualTo(everyOther(10));
        assertThat(partitions.get(0).artefact().orElseThrow().unreadableBytes()).as("all of them are counted").isEqualTo(1000 * SECTOR);
    }

    private static int count(List<SetPartition> partitions, List<SetPiece> pieces) {
        return partitions.stream().mapToInt(each -> each.artefact().orElseThrow().unreadable().count()).sum()
                + pieces.stream().mapToInt(each -> each.unreadable().count()).sum();
    }

    private static SetPartition partition(int index, ExtentList unreadable) {
        return new SetPartition(index, PartitionRole.PRIMARY, (long) index << 30, 1 << 30, "", "", "", "", 0, false, "", "", "", "",
                Optional.of(new SetArtefact(SetArtefact.Kind.IMAGE, index + ".skzimg", OptionalLong.empty(), Optional.empty(),
                        Optional.empty(), "all", OptionalLong.empty(), unreadable, (long) unreadable.count() * SECTOR)));
    }

    private static ExtentList everyOther(int count) {
        ExtentList.Builder builder = new ExtentList.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(2L * i * SECTOR, SECTOR);
        }
        return builder.build();
    }
}
