package com.example.imaging.codec.deflate;

import java.util.stream.Stream;
import org.imagingutility.tck.codec.CodecContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DeflateCodecTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new CodecContract(new DeflateCodec()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
