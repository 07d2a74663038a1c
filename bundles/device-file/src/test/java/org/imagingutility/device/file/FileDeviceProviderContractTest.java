package org.imagingutility.device.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.tck.device.DeviceProviderContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FileDeviceProviderContractTest {
    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new DeviceProviderContract(new RawFiles()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private final class RawFiles implements DeviceProviderContract.Fixture {
        private final DeviceProvider provider = new FileDeviceProvider();
        private final AtomicInteger number = new AtomicInteger();

        @Override
        public DeviceProvider provider() {
            return provider;
        }

        @Override
        public String newSource(byte[] content) throws IOException {
            return Files.write(Path.of(newReference()), content).toString();
        }

        @Override
        public String newReference() {
            return directory.resolve("disk" + number.incrementAndGet() + ".raw").toString();
        }

        @Override
        public boolean shrink(String reference, long length) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(reference, "rw")) {
                file.setLength(length);
            }
            return true;
        }
    }
}
