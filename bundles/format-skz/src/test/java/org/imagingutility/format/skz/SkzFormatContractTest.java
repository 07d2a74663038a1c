package org.imagingutility.format.skz;

import java.util.stream.Stream;
import org.imagingutility.codec.zstd.ZstdCodec;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.container.ContainerFormatContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of all containers, without gap frames and with them. */
class SkzFormatContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return tests(new ContainerFormatContract(new SkzFormat()));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractWithZstd() {
        // more states than by default
        return tests(new ContainerFormatContract(new SkzFormat(), new ZstdCodec(), Integer.getInteger("crash.effort", 10),
                RandomSeed.get()));
    }

    private static Stream<DynamicTest> tests(ContainerFormatContract contract) {
        return contract.checks().stream().map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
