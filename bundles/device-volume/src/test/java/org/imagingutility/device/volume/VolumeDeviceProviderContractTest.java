package org.imagingutility.device.volume;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.fixtures.windows.WindowsInMemory;
import org.imagingutility.tck.device.DeviceProviderContract;
import org.imagingutility.windows.io.Kernel32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Volumes, of a Windows in memory. */
class VolumeDeviceProviderContractTest {

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new DeviceProviderContract(new Volumes()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    private static final class Volumes implements DeviceProviderContract.Fixture {
        private final WindowsInMemory windows = new WindowsInMemory();
        private final DeviceProvider provider = new VolumeDeviceProvider(true, () -> windows.as(Kernel32.class), kernel -> Map.of());
        private final AtomicInteger missing = new AtomicInteger(1);

        @Override
        public DeviceProvider provider() {
            return provider;
        }

        @Override
        public String newSource(byte[] content) {
            return windows.addVolume(content, List.of(new long[] {0, 1 << 20, content.length}));
        }

        @Override
        public String newReference() {
            return String.format("\\\\?\\Volume{00000000-0000-4000-8000-%012d}", missing.getAndIncrement());
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
