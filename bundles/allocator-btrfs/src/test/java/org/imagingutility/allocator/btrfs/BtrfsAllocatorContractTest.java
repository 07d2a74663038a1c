package org.imagingutility.allocator.btrfs;

import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BtrfsAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new BtrfsAllocator(), Map.of(
                "one device", () -> Volumes.device("mixed-crc32c"),
                "with a log", () -> Volumes.device("log-sha256"),
                "one of several devices", () -> Volumes.device("raid10-3"))).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
