package org.imagingutility.allocator.swap;

import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SwapAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new SwapAllocator(), Map.of(
                "pages of 4 KiB", () -> SwapAreas.device(SwapAreas.bytes(4096, 20, 512)),
                "pages of 64 KiB", () -> SwapAreas.device(SwapAreas.bytes(65536, 10, 0)))).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
