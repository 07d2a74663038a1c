package org.imagingutility.files.exfat;

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

class ExfatReaderContractTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() throws IOException {
        byte[] volume = Files.readAllBytes(Fixtures.unpack("exfat", folder));
        return new FileSystemReaderContract(new ExfatFileSystemReader(), Map.of("exfat", () -> new MemoryDevice(volume))).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
