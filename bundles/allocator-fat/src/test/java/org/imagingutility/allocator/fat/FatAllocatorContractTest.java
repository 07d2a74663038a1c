package org.imagingutility.allocator.fat;

import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FatAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new FatAllocator(), Map.of(
                "FAT12", () -> VolumeBuilder.fat12().use(100, 50).build(),
                "FAT16 in sectors of 4096 bytes", () -> inLargeSectors().build(4096),
                "FAT32", () -> VolumeBuilder.fat32().use(3, 20).use(60_000, 100).build())).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static VolumeBuilder inLargeSectors() {
        VolumeBuilder volume = VolumeBuilder.fat16().use(100, 50);
        volume.sectorSize = 4096;
        volume.surplusBytes = 4096;
        return volume;
    }
}
