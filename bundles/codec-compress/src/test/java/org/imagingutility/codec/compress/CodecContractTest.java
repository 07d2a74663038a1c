package org.imagingutility.codec.compress;

import java.util.stream.Stream;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.tck.CodecContract;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CodecContractTest {
    @TestFactory
    Stream<DynamicContainer> eachCodecKeepsTheContract() {
        return Codecs.all().map(CodecContractTest::contract);
    }

    private static DynamicContainer contract(Codec codec) {
        return DynamicContainer.dynamicContainer(codec.name(), new CodecContract(codec).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run)));
    }
}
