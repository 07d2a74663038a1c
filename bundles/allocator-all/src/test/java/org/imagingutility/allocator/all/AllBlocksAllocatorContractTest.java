package org.imagingutility.allocator.all;

import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.tck.allocator.AllocatorContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AllBlocksAllocatorContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new AllocatorContract(new AllBlocksAllocator(), Map.of()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
