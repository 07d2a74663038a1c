package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.fs.ntfs.runs.RunList;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.fs.ntfs.structure.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunListTest {
    private static final long CLUSTERS = 1L << 54;

    private final RunList runs = new RunList(CLUSTERS);

    @Test
    void decodesWhatWasEncoded() throws FileSystemException {
        List<Run> given = List.of(new Run(0, 1), new Run(128, 127), new Run(32_768, 128), new Run(5, 32_767),
                new Run(CLUSTERS - 1, 1), new Run(1L << 40, 1L << 39), new Run(40_000, 2));
        append(given);
        List<Run> found = new ArrayList<>();
        for (int i = 0; i < runs.count(); i++) {
            found.add(new Run(runs.lcn(i), runs.length(i)));
        }
        assertThat(found).isEqualTo(given);
        assertThat(runs.length()).isEqualTo(Records.clusters(given));
    }

    @Test
    void findsTheRunOfAnyCluster() throws FileSystemException {
        append(List.of(new Run(100, 3), new Run(50, 1), new Run(60, 5)));
        int[] expected = {0, 0, 0, 1, 2, 2, 2, 2, 2};
        for (int vcn = 0; vcn < expected.length; vcn++) {
            assertThat(runs.indexOf(vcn)).as("run of %d", vcn).isEqualTo(expected[vcn]);
        }
    }

    @Test
    void makesOneRunOfRunsThatFollowOneAnother() throws FileSystemException {
        append(List.of(new Run(100, 3), new Run(103, 7), new Run(111, 1)));
        assertThat(runs.count()).isEqualTo(2);
        assertThat(runs.length(0)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "'', no end mark",
        "11, has the head 0x11 with 0 bytes left",
        "1101, has the head 0x11 with 1 bytes left",
        "110105, no end mark",
        "1001, has the head 0x10 with 1 bytes left",
        "19010101010101010101, has the head 0x19",
        "910101010101010101010101, has the head 0x91",
        "010500, is a hole",
        "11000500, has 0 clusters",
        "11FF0500, has -1 clusters",
        "110180, has 1 clusters at cluster -128",
        "81017FFFFFFFFFFFFF7F, has 1 clusters at cluster 9223372036854775679",
        "8101FFFFFFFFFFFFFF7F8101FFFFFFFFFFFFFF7F, has 1 clusters at cluster 9223372036854775807",
        "110105 8101FFFFFFFFFFFFFF7F, has 1 clusters at cluster -9223372036854775804",
        "18FFFFFFFFFFFFFF7F05, has 9223372036854775807 clusters at cluster 5"})
    void refusesRunsThatCannotBe(String pairs, String reason) {
        byte[] bytes = HexFormat.of().parseHex(pairs.replace(" ", ""));
        assertThatThrownBy(() -> runs.append(piece(bytes, 0, 0), "$Bitmap"))
                .isInstanceOf(FileSystemException.class).hasMessageContaining(reason);
    }

    @Test
    void refusesMoreRunsThanAnyBitmapNeeds() {
        ByteBuffer pairs = ByteBuffer.allocate(3 * (RunList.MAX_RUNS + 1) + 1);
        for (int i = 0; i <= RunList.MAX_RUNS; i++) {
            pairs.put((byte) 0x11).put((byte) 1).put((byte) 2);
        }
        assertThatThrownBy(() -> runs.append(piece(pairs.array(), 0, RunList.MAX_RUNS), "$Bitmap"))
                .isInstanceOf(FileSystemException.class).hasMessageContaining("more than 1048576 runs");
    }

    private void append(List<Run> given) throws FileSystemException {
        runs.append(piece(Records.mappingPairs(given), 0, Records.clusters(given) - 1), "$Bitmap");
    }

    private static Attribute.NonResident piece(byte[] pairs, long lowestVcn, long highestVcn) {
        return new Attribute.NonResident(Attribute.DATA, "", 64 + pairs.length, Place.start("volume", null), 0, lowestVcn,
                highestVcn, 0, 0, 0, 0, 0, ByteBuffer.wrap(pairs), 64);
    }
}
