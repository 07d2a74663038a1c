package org.imagingutility.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.junit.jupiter.api.Test;

/** The numbers that {@code --disk} takes. */
class DiskNumbersTest {

    /** A provider whose disks have the numbers that the system knows them by, if their names end with one. */
    private record Provider(boolean numbers) implements DeviceProvider {
        @Override
        public String name() {
            return "p";
        }

        @Override
        public OptionalInt diskNumber(String reference) {
            return numbers ? OptionalInt.of(Integer.parseInt(reference.replaceAll("\\D", ""))) : OptionalInt.empty();
        }

        @Override
        public List<DeviceInfo> list() {
            throw new AssertionError();
        }

        @Override
        public boolean accepts(String reference) {
            throw new AssertionError();
        }

        @Override
        public Device open(String reference) {
            throw new AssertionError();
        }

        @Override
        public WritableDevice openTarget(String reference, TargetOptions options) {
            throw new AssertionError();
        }
    }

    private static DeviceScanner.Found found(boolean numbers, String reference, DeviceKind kind, String parent) {
        return new DeviceScanner.Found(new Provider(numbers), new DeviceInfo(reference, kind, 512, 512, "", Optional.ofNullable(parent),
                List.of(), false));
    }

    @Test
    void disksHaveTheNumbersOfTheSystemWhateverTheirOrderAndGaps() {
        assertThat(DeviceScanner.numbers(List.of(found(true, "Drive1", DeviceKind.DISK, null), found(true, "Drive10", DeviceKind.DISK, null),
                found(true, "Drive4", DeviceKind.DISK, null), found(true, "V5", DeviceKind.VOLUME, "Drive4"))))
                .isEqualTo(Map.of("Drive1", 1, "Drive10", 10, "Drive4", 4));
    }

    @Test
    void othersAreNumberedBehindThem() {
        assertThat(DeviceScanner.numbers(List.of(found(false, "a", DeviceKind.DISK, null), found(true, "Drive4", DeviceKind.DISK, null),
                found(true, "V0", DeviceKind.VOLUME, null)))).isEqualTo(Map.of("Drive4", 4, "a", 5, "V0", 6));
    }

    @Test
    void withoutNumbersOfTheSystemDisksGoFirstFrom0On() {
        assertThat(DeviceScanner.numbers(List.of(found(false, "loop", DeviceKind.VOLUME, null), found(false, "a", DeviceKind.DISK, null),
                found(false, "a1", DeviceKind.PARTITION, "a"), found(false, "b", DeviceKind.DISK, null))))
                .isEqualTo(Map.of("a", 0, "b", 1, "loop", 2));
    }
}
