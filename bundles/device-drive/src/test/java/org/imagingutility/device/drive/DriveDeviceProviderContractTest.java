package org.imagingutility.device.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.fixtures.windows.WindowsInMemory;
import org.imagingutility.tck.device.DeviceProviderContract;
import org.imagingutility.windows.io.Kernel32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Physical drives, of a Windows in memory. */
class DriveDeviceProviderContractTest {

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new DeviceProviderContract(new Drives()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static final class Drives implements DeviceProviderContract.Fixture {
        private final WindowsInMemory windows = new WindowsInMemory();
        private final DeviceProvider provider = new DriveDeviceProvider(true, () -> windows.as(Kernel32.class), kernel -> Map.of());
        private final AtomicInteger missing = new AtomicInteger(5000);

        @Override
        public DeviceProvider provider() {
            return provider;
        }

        @Override
        public String newSource(byte[] content) {
            return "\\\\.\\PhysicalDrive" + windows.addDrive(content);
        }

        @Override
        public String newReference() {
            return "\\\\.\\PhysicalDrive" + missing.getAndIncrement();
        }

        @Override
        public Optional<String> putVolume(String reference, ExtentList ranges) {
            int drive = provider.diskNumber(reference).orElseThrow();
            List<long[]> extents = new ArrayList<>();
            for (int i = 0; i < ranges.count(); i++) {
                extents.add(new long[] {drive, ranges.offset(i), ranges.length(i)});
            }
            return Optional.of(windows.addVolume(new byte[(int) ranges.totalLength()], extents));
        }

        @Override
        public boolean anyLength() {
            return false;
        }

        @Override
        public boolean makesTargets() {
            return false;
        }

        @Override
        public boolean damage(Device device, long offset) {
            windows.damage(device.info().reference(), offset);
            return true;
        }
    }
}
