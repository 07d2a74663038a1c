package org.imagingutility.allocator.exfat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExfatAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new ExfatAllocator(), Map.of(
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
        volume.sectorShift = 12;
        volume.clusterShift = 0;
        volume.surplusBytes = 4096;
        return volume;
    }

    private static VolumeBuilder inPieces() {
        VolumeBuilder volume = plain();
        volume.clusterShift = 0;
        volume.clusterCount = 10_001;
        volume.bitmap = List.of(90L, 80L, 200L);
        volume.root = List.of(7L, 30L);
        return volume;
    }
}
