package org.imagingutility.allocator.ntfs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.allocator.ntfs.Records.Run;
import org.imagingutility.allocator.ntfs.VolumeBuilder.ListForm;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NtfsAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new NtfsAllocator(), Map.of(
                "plain", () -> plain().build(),
                "in sectors of 4096 bytes", () -> inLargeSectors().build(4096),
                "in pieces", () -> inPieces().build())).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static VolumeBuilder plain() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.inUse.set(500, 700);
        return volume;
    }

    private static VolumeBuilder inLargeSectors() {
        VolumeBuilder volume = plain();
        volume.sectorSize = 4096;
        volume.surplusBytes = 4096;
        return volume;
    }

    private static VolumeBuilder inPieces() {
        VolumeBuilder volume = plain().clusters(512, 20_001);
        volume.mft = List.of(new Run(1000, 30), new Run(400, 9), new Run(2000, 3));
        volume.bitmap = List.of(new Run(50, 2), new Run(20, 3));
        volume.mftList = ListForm.RESIDENT;
        volume.bitmapList = ListForm.NON_RESIDENT;
        volume.listClusters = List.of(new Run(4000, 1));
        return volume;
    }
}
