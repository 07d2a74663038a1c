package org.imagingutility.codec.zstd;

import java.util.stream.Stream;
import org.imagingutility.tck.codec.CodecContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ZstdCodecContractTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new CodecContract(new ZstdCodec()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
