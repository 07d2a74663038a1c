package org.imagingutility.allocator.ext;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExtAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new ExtAllocator(), Map.of(
                "plain", () -> plain().build(512),
                "in sectors of 4096 bytes", () -> inLargeSectors().build(4096),
                "with all features", () -> featured().build(512),
                "waiting for its journal", () -> waiting().build(512))).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static VolumeBuilder plain() {
        VolumeBuilder volume = new VolumeBuilder();
        volume.inUse.set(700, 900);
        volume.inUse.set(1500);
        return volume;
    }

    private static VolumeBuilder inLargeSectors() {
        VolumeBuilder volume = plain();
        volume.surplusBytes = 5000;
        return volume;
    }

    static VolumeBuilder featured() {
        VolumeBuilder volume = plain();
        volume.incompat |= 0x10 | 0x40 | 0x80 | 0x200;
        volume.roCompat |= 0x400;
        volume.flexGroups = 4;
        volume.compat |= 0x4;
        volume.journal = IntStream.concat(IntStream.range(300, 310), IntStream.range(330, 350)).boxed().toList();
        volume.uninitialised.set(3);
        return volume;
    }

    static VolumeBuilder waiting() {
        VolumeBuilder volume = plain();
        volume.compat |= 0x4;
        volume.incompat |= 0x4;
        volume.journal = List.of(300, 301, 302, 310, 311, 312, 313, 320);
        new JournalBuilder(volume).transaction(JournalBuilder.tag(500, 0)).write();
        return volume;
    }
}
