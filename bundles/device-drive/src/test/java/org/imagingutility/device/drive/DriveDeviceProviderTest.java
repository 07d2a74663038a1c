package org.imagingutility.device.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriveDeviceProviderTest {
    private final DriveDeviceProvider windows = new DriveDeviceProvider(true, () -> {
        throw new AssertionError("asked");
    }, kernel -> Map.of());

    @ParameterizedTest
    @CsvSource({"\\\\.\\PhysicalDrive0,0", "\\\\.\\PHYSICALDRIVE12,12", "\\\\?\\PhysicalDrive3,3", "//./physicaldrive1,1",
        "PhysicalDrive7,7", "\\\\.\\PhysicalDrive0\\,0"})
    void aDriveHasTheNumberOfItsName(String reference, int number) {
        assertThat(windows.accepts(reference)).isTrue();
        assertThat(windows.diskNumber(reference)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PhysicalDrive", "PhysicalDrive-1", "PhysicalDrive12345", "\\\\.\\C:", "\\\\.\\PhysicalDrive0#1",
        "folder/PhysicalDrive0", "folder/a file.raw", "/dev/sda"})
    void whatHasAnotherFormIsNone(String reference) {
        assertThat(windows.accepts(reference)).isFalse();
        assertThat(windows.diskNumber(reference)).isEmpty();
    }

    @Test
    void onOtherSystemsItHasNothing() throws Exception {
        DriveDeviceProvider elsewhere = new DriveDeviceProvider(false, () -> {
            throw new AssertionError("asked");
        }, kernel -> Map.of());
        assertThat(elsewhere.accepts("\\\\.\\PhysicalDrive0")).isFalse();
        assertThat(elsewhere.list()).isEmpty();
    }
}
