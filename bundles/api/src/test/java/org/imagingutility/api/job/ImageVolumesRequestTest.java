package org.imagingutility.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageVolumesRequestTest {

    @ParameterizedTest
    @CsvSource({"C:,C.skzimg", "c:\\,C.skzimg", "\\\\.\\D:,D.skzimg", "/dev/sda1,sda1.skzimg", "a/b/vm.img,vm.img.skzimg", "C:\\mnt\\data\\,data.skzimg",
        "disk.raw#2,disk.raw#2.skzimg", "\\\\?\\Volume{1-2}\\,Volume{1-2}.skzimg", "/,volume.skzimg", "memory:a,memory_a.skzimg"})
    void imagesAreNamedAfterTheirVolumes(String device, String name) {
        assertThat(ImageVolumesRequest.nameOf(device)).isEqualTo(name);
    }

    @Test
    void eachVolumeHasARequestOfItsOwn() {
        List<ImageRequest> images = request("C:", "D:").images();
        assertThat(images).extracting(ImageRequest::device).containsExactly("C:", "D:");
        assertThat(images.get(1).target()).endsWith("D.skzimg").startsWith("folder");
    }

    @Test
    void noTwoImagesHaveOneName() {
        assertThatThrownBy(() -> request("C:", "\\\\.\\c:")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("C.skzimg");
        assertThatThrownBy(() -> request("a/x.img", "b/X.IMG")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(ImageVolumesRequestTest::request).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--volumes");
    }

    private static ImageVolumesRequest request(String... devices) {
        return new ImageVolumesRequest(List.of(devices), "folder", false, ImageRequest.Output.DEFAULT, ImageRequest.Source.DEFAULT,
                ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT, List.of());
    }
}
