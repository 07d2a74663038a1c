package org.imagingutility.api.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imagingutility.api.Metadata;
import org.junit.jupiter.api.Test;

class ImageLabelsTest {

    @Test
    void labelsAreReadBackFromTheFacts() {
        ImageLabels labels = new ImageLabels(Optional.of("büro-7.example"), List.of("weekly", "case=17", "weekly"));
        assertThat(labels.tags()).containsExactly("case=17", "weekly");
        Metadata facts = labels.addedTo(Metadata.of(Map.of("device.label", "x")));
        assertThat(facts.values()).containsEntry("label.host", "büro-7.example").containsEntry("label.tags", "case=17,weekly")
                .containsEntry("device.label", "x");
        assertThat(ImageLabels.of(facts)).isEqualTo(labels);
        assertThat(ImageLabels.NONE.addedTo(facts)).isSameAs(facts);
        assertThat(ImageLabels.of(Metadata.empty())).isEqualTo(ImageLabels.NONE);
        assertThat(labels.hasAll(List.of("weekly"))).isTrue();
        assertThat(labels.hasAll(List.of("weekly", "daily"))).isFalse();
    }

    @Test
    void whatIsNoLabelIsRefused() {
        for (String host : List.of("", "a b", "a/b", "a\nb", "a,b", "x".repeat(254))) {
            assertThatThrownBy(() -> new ImageLabels(Optional.of(host), List.of())).as(host).isInstanceOf(IllegalArgumentException.class);
        }
        for (String tag : List.of("", "a b", "a,b", "\u001b[2J", "x".repeat(65))) {
            assertThatThrownBy(() -> new ImageLabels(Optional.empty(), List.of(tag))).as(tag).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ImageLabels(Optional.empty(), numbers(33))).hasMessageContaining("at most 32");
    }

    @Test
    void factsOfAnotherFormAreNoLabels() {
        Metadata hostile = Metadata.of(Map.of("label.host", "a\u001b[2J", "label.tags", "b,,a b," + "x".repeat(65) + ",a,b"));
        assertThat(ImageLabels.of(hostile)).isEqualTo(new ImageLabels(Optional.empty(), List.of("a", "b")));
        assertThat(ImageLabels.of(Metadata.of(Map.of("label.host", 5L, "label.tags", true)))).isEqualTo(ImageLabels.NONE);
        assertThat(ImageLabels.of(Metadata.of(Map.of("label.tags", String.join(",", numbers(100))))).tags()).hasSize(ImageLabels.MAX_TAGS);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.toList());
    }
}
