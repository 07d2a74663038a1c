package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.VolumeBuilder.ListForm;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code $MFT} and {@code $Bitmap} in pieces, with records that extend record 0 and 6. */
class AttributeListTest {
    /** Of clusters of 512 bytes: records lie across the borders of clusters and of runs. */
    private static final List<Run> MFT_RUNS = List.of(new Run(1000, 30), new Run(400, 9), new Run(2000, 3),
            new Run(300, 21));
    private static final List<Run> BITMAP_RUNS = List.of(new Run(50, 2), new Run(20, 1), new Run(3900, 2),
            new Run(90, 3));

    private final VolumeBuilder volume = new VolumeBuilder().clusters(512, 30_001);

    @BeforeEach
    void scatter() {
        volume.mft = MFT_RUNS;
        volume.bitmap = BITMAP_RUNS;
        volume.listClusters = List.of(new Run(4000, 1), new Run(3990, 1));
        for (int i = 5000; i < 30_001; i += 501) {
            volume.inUse.set(i, Math.min(30_001, i + 1 + i % 400));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsABitmapWhoseRunsStandInSeveralRecords(ListForm form) throws ImagingException {
        volume.bitmapList = form;
        assertFound();
    }

    @ParameterizedTest
    @EnumSource
    void readsATableWhoseRunsStandInSeveralRecordsOfItself(ListForm form) throws ImagingException {
        volume.mftList = form;
        assertFound();
    }

    @ParameterizedTest
    @EnumSource
    void readsBothInPiecesWithTheExtensionsOfTheBitmapInTheLastPieceOfTheTable(ListForm form) throws ImagingException {
        volume.mftList = ListForm.RESIDENT;
        volume.bitmapList = form;
        volume.nextExtensionOfBitmap = 27;
        assertFound();
    }

    @Test
    void readsATableOfManyPieces() throws ImagingException {
        List<Run> runs = new ArrayList<>(List.of(new Run(8000, 40)));
        for (int i = 0; i < 200; i++) {
            runs.add(new Run(8100 + 3L * i, 2));
        }
        volume.mft = runs;
        volume.mftList = ListForm.NON_RESIDENT;
        volume.listClusters = List.of(new Run(4000, 7), new Run(3000, 7));
        assertFound();
    }

    @Test
    void refusesATableThatIsToldOfByARecordNotToldOfBefore() {
        volume.mftList = ListForm.RESIDENT;
        volume.nextExtension = 15;
        assertRefused("record 15 of $MFT is needed, but only 15 records can be read");
    }

    @Test
    void refusesAnExtensionOfAnotherFile() {
        volume.bitmapList = ListForm.RESIDENT;
        CountingDevice device = volume.build();
        volume.patchRecord(13, 32, (byte) 5);
        assertRefused(device, "record 13 of $MFT should extend record 6");
    }

    @Test
    void refusesAnExtensionThatWasReused() {
        volume.bitmapList = ListForm.RESIDENT;
        CountingDevice device = volume.build();
        volume.patchRecord(13, 16, (byte) 77);
        assertRefused(device, "record 13 of $MFT has the sequence number 77, record 6 refers to 13");
    }

    @Test
    void refusesAnExtensionThatIsNotInUse() {
        volume.bitmapList = ListForm.RESIDENT;
        CountingDevice device = volume.build();
        volume.patchRecord(14, 22, (byte) 0);
        assertRefused(device, "record 14 of $MFT is not in use");
    }

    @Test
    void refusesABaseRecordThatIsAnExtension() {
        CountingDevice device = volume.build();
        volume.patchRecord(6, 32, (byte) 9);
        assertRefused(device, "record 6 of $MFT is an extension of record 9");
    }

    @Test
    void refusesAListWhoseEntriesMakeNoProgress() {
        volume.bitmapList = ListForm.RESIDENT;
        CountingDevice device = volume.build();
        volume.patchRecord(6, volume.attributeAt(6, Attribute.ATTRIBUTE_LIST) + 24 + 4, (byte) 0);
        assertRefused(device, "an entry of the attribute list has 0 bytes");
    }

    @Test
    void refusesAListThatLacksAPiece() {
        volume.bitmapList = ListForm.RESIDENT;
        CountingDevice device = volume.build();
        // the entry of the second piece becomes one of another type
        volume.patchRecord(6, volume.attributeAt(6, Attribute.ATTRIBUTE_LIST) + 24 + 3 * 32, (byte) 0x90);
        assertRefused(device, "a piece of $Bitmap begins at its cluster 3, expected 2");
    }

    @Test
    void refusesAListWithoutTheData() {
        volume.bitmapList = ListForm.RESIDENT;
        volume.bitmap = List.of();
        volume.fillBitmap = false;
        assertRefused("record 6 of $MFT ($Bitmap) has no clusters for its data");
    }

    @Test
    void refusesAListLongerThanAnyThatWindowsMakes() {
        volume.bitmapList = ListForm.NON_RESIDENT;
        volume.listClusters = List.of(new Run(4000, 1000));
        CountingDevice device = volume.build();
        int list = volume.attributeAt(6, Attribute.ATTRIBUTE_LIST);
        volume.patchRecord(6, list + 48, new byte[] {1, 0, 4});
        volume.patchRecord(6, list + 56, new byte[] {1, 0, 4});
        assertRefused(device, "has 262145 bytes, 262145 of them initialised");
    }

    @Test
    void namesTheRightByteInARecordThatLiesInTwoRuns() {
        // record 19 begins with the last cluster of the second run; its second block is in the third
        volume.bitmapList = ListForm.RESIDENT;
        volume.nextExtension = 19;
        CountingDevice device = volume.build();
        volume.bytes.write(2000 * 512 + 510, (byte) 0x55);
        assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(FileSystemException.class,
                refusal -> assertThat(refusal.offset()).isEqualTo(2000 * 512 + 510));
    }

    private void assertFound() throws ImagingException {
        ExtentList found = Extents.of(volume.build());
        ExtentList expected = Extents.model(volume);
        assertThat(found).isEqualTo(expected);
        assertThat(expected.count()).as("extents").isGreaterThan(40);
    }

    private void assertRefused(String reason) {
        assertRefused(volume.build(), reason);
    }

    private static void assertRefused(CountingDevice device, String reason) {
        assertThatThrownBy(() -> Extents.of(device)).isInstanceOfSatisfying(FileSystemException.class, refusal -> {
            assertThat(refusal).hasMessageContaining(reason);
            assertThat(refusal.offset()).isNotNegative();
        });
    }
}
