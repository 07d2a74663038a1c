package org.imagingutility.codec.compress;

import java.util.stream.Stream;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.tck.codec.CodecContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CodecContractTest {
    @TestFactory
    Stream<DynamicTest> eachCodecKeepsTheContract() {
        return Codecs.all().flatMap(CodecContractTest::checks);
    }

    private static Stream<DynamicTest> checks(Codec codec) {
        return new CodecContract(codec).checks().stream()
                .map(check -> DynamicTest.dynamicTest(codec.name() + " " + check.name(), check.action()::run));
    }
}
