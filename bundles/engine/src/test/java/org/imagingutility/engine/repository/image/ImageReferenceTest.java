package org.imagingutility.engine.repository.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageReferenceTest {

    @Test
    void hasPlaceNameAndTime() {
        assertThat(ImageReference.of("/r#c")).contains(new ImageReference("/r#c", "/r", "c", ""));
        assertThat(ImageReference.of("s3://b/p#my-pc.c@20261201t")).contains(
                new ImageReference("s3://b/p#my-pc.c@20261201t", "s3://b/p", "my-pc.c", "20261201t"));
        assertThat(ImageReference.of("C:\\r #1#c").map(ImageReference::repository)).contains("C:\\r #1");
    }

    @Test
    void otherReferencesAreNone() {
        for (String reference : List.of("", "#c", "/r", "/r#", "/r#C", "/r#con", "/r#nul.x", "/r#a.", "/r#.a", "/r#a/b", "/r#a b", "/r#a@",
                "/r#a@b@c", "/r#" + "a".repeat(65))) {
            assertThat(ImageReference.of(reference)).as(reference).isEqualTo(Optional.empty());
        }
    }
}
