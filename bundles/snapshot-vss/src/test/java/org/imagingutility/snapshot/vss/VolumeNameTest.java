package org.imagingutility.snapshot.vss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeNameTest {
    private static final String GUID = "Volume{0FEE0fee-1111-2222-3333-444455556666}";

    @ParameterizedTest
    @CsvSource({"C:,C:\\", "c:,C:\\", "C:\\,C:\\", "\\\\.\\C:,C:\\", "\\\\.\\C:\\,C:\\", "\\\\?\\C:,C:\\", "\\\\?\\" + GUID + ",\\\\?\\" + GUID + "\\",
        "\\\\?\\" + GUID + "\\,\\\\?\\" + GUID + "\\", "\\\\.\\" + GUID + ",\\\\?\\" + GUID + "\\"})
    void volumesAreKnownByEachForm(String reference, String root) {
        assertThat(VolumeName.of(reference)).contains(new VolumeName(root, false));
    }

    @ParameterizedTest
    @CsvSource({"C:\\mnt\\data,C:\\mnt\\data\\", "C:/mnt/data/,C:\\mnt\\data\\", "c:\\mnt\\,c:\\mnt\\", "\\\\?\\C:\\a b,C:\\a b\\"})
    void foldersMayBeMountPoints(String reference, String root) {
        assertThat(VolumeName.of(reference)).contains(new VolumeName(root, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "1:", "ä:", "CC:", "C:file", "\\\\.\\PhysicalDrive0", "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\", "\\\\server\\share", "\\\\?\\UNC\\server\\share", "/dev/sda1", "disk.raw",
        "C:\\a*b", "\\\\?\\Volume{1}\\", "\\\\.\\" + GUID + "\\file", "C:#1", "memory:x", "no such:/device at all"})
    void nothingElseIs(String reference) {
        assertThat(VolumeName.of(reference)).isEmpty();
    }
}
