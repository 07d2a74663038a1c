package org.imagingutility.device.volume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeReferenceTest {
    private static final String GUID = "{5a5a5a5a-0000-4000-8000-00000000006F}";

    @ParameterizedTest
    @ValueSource(strings = {"C:", "c:", "C:\\", "C:/", "\\\\.\\C:", "\\\\.\\c:\\", "\\\\?\\C:", "//./C:"})
    void aDriveLetterHasManyForms(String reference) {
        VolumeReference volume = VolumeReference.of(reference).orElseThrow();
        assertThat(volume.device()).isEqualTo("\\\\.\\C:");
        assertThat(volume.root()).isEqualTo("C:\\");
        assertThat(volume.letter()).contains('C');
        assertThat(volume.isShadowCopy()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\?\\Volume" + GUID, "\\\\?\\Volume" + GUID + "\\", "\\\\.\\Volume" + GUID, "//?/Volume" + GUID + "/"})
    void aLastingNameIsOpenedWithoutTheBackslashAndEnteredWithIt(String reference) {
        VolumeReference volume = VolumeReference.of(reference).orElseThrow();
        assertThat(volume.device()).isEqualTo("\\\\?\\Volume" + GUID);
        assertThat(volume.root()).isEqualTo("\\\\?\\Volume" + GUID + "\\");
        assertThat(volume.letter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12,ShadowCopy12,true",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy12\\,ShadowCopy12,true",
        "\\\\?\\globalroot\\device\\harddiskvolumeshadowcopy3,ShadowCopy3,true", "\\\\.\\HarddiskVolumeShadowCopy1,ShadowCopy1,true",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume4,4,false", "\\\\.\\HarddiskVolume4,4,false"})
    void aSnapshotIsOneByTheNameOfItsDevice(String reference, String name, boolean snapshot) {
        VolumeReference volume = VolumeReference.of(reference).orElseThrow();
        assertThat(volume.device()).isEqualTo("\\\\?\\GLOBALROOT\\Device\\HarddiskVolume" + name);
        assertThat(volume.ntName()).contains("\\Device\\HarddiskVolume" + name);
        assertThat(volume.isShadowCopy()).isEqualTo(snapshot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "CD:", "C:\\x", "C:x", "1:", "\\\\.\\", "\\\\.\\PhysicalDrive0", "\\\\server\\share", "\\\\?\\Volume{1}",
        "\\\\?\\Volume" + GUID + "\\folder", "\\\\?\\C:\\folder\\disk.img", "/dev/sda1", "disk.img", "folder/a file.raw", "C:\n",
        "\\\\?\\GLOBALROOT\\Device\\HarddiskVolume", "s3://bucket"})
    void whatHasAnotherFormIsNone(String reference) {
        assertThat(VolumeReference.of(reference)).isEmpty();
    }
}
