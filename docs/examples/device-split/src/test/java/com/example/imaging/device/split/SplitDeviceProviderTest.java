package com.example.imaging.device.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.tck.device.DeviceProviderContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SplitDeviceProviderTest {
    @TempDir
    static Path folder;
    private final SplitDeviceProvider provider = new SplitDeviceProvider();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new DeviceProviderContract(new Dumps()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @Test
    void aFileThatIsMissingInTheMiddleIsNamed() throws Exception {
        for (int number : new int[] {1, 2, 4}) {
            Files.write(folder.resolve("gap.00" + number), new byte[512]);
        }
        DeviceException error = assertThrows(DeviceException.class, () -> provider.open("split:" + folder.resolve("gap.001")));
        assertTrue(error.getMessage().contains("file number 3 is missing"), error.getMessage());
    }

    @Test
    void numbersMayOutgrowTheirWidthAndOtherFilesAreNotTaken() throws Exception {
        for (int number = 0; number <= 100; number++) {
            Files.write(folder.resolve(String.format("wide.%02d", number)), new byte[512]);
        }
        Files.write(folder.resolve("wide.001"), new byte[512]);
        Files.write(folder.resolve("wide2.02"), new byte[512]);
        try (Device device = provider.open("split:" + folder.resolve("wide.00"))) {
            assertEquals(101 * 512, device.length());
        }
    }

    @Test
    void anotherFileThanTheFirstIsRefused() throws Exception {
        Files.write(folder.resolve("first.002"), new byte[512]);
        assertThrows(DeviceException.class, () -> provider.open("split:" + folder.resolve("first.002")));
        assertThrows(DeviceException.class, () -> provider.open("split:" + folder.resolve("first")));
        assertThrows(DeviceException.class, () -> provider.open("split:"));
    }

    /** Splits what the contract asks for into four files, one of them empty and none of a whole number of sectors. */
    private static final class Dumps implements DeviceProviderContract.Fixture {
        private final SplitDeviceProvider provider = new SplitDeviceProvider();
        private int count;

        @Override
        public DeviceProvider provider() {
            return provider;
        }

        @Override
        public String newSource(byte[] content) throws Exception {
            String reference = newReference();
            Path first = Path.of(reference.substring("split:".length()));
            int[] cuts = {0, content.length / 3, content.length / 3, content.length / 2 + 1, content.length};
            for (int i = 0; i < 4; i++) {
                Files.write(first.resolveSibling("dump" + count + ".00" + (i + 1)),
                        Arrays.copyOfRange(content, cuts[i], Math.max(cuts[i], cuts[i + 1])));
            }
            return reference;
        }

        @Override
        public String newReference() {
            return "split:" + folder.resolve("dump" + ++count + ".001");
        }

        @Override
        public boolean writes() {
            return false;
        }

        @Override
        public boolean shrink(String reference, long length) throws Exception {
            // the third file has the bytes behind the middle
            Path last = Path.of(reference.substring("split:".length()).replaceFirst("001$", "004"));
            try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
            return true;
        }
    }
}
