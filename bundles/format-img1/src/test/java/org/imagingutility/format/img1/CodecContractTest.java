package org.imagingutility.format.img1;

import java.util.stream.Stream;
import org.imagingutility.tck.codec.CodecContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class CodecContractTest {
    @TestFactory
    Stream<DynamicTest> storedCodecKeepsTheContract() {
        return new CodecContract(new StoredCodec()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
