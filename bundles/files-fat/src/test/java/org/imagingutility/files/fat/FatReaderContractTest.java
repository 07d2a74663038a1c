package org.imagingutility.files.fat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.FileSystemReaderContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FatReaderContractTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() throws IOException {
        byte[] volume = Files.readAllBytes(Fixtures.unpack("fat12", folder));
        return new FileSystemReaderContract(new FatFileSystemReader(), Map.of("fat12", () -> new MemoryDevice(volume))).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
