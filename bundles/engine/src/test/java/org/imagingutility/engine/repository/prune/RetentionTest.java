package org.imagingutility.engine.repository.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.imagingutility.api.repository.RetentionPolicy;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.junit.jupiter.api.Test;

/** Which images a policy keeps, and why. */
class RetentionTest {
    private static final List<ImageKey> IMAGES = Stream.of("20251231t120000z", "20260101t120000z", "20260104t230000z", "20260105t010000z",
            "20260105t015959z", "20260105t020000z").map(time -> ObjectNames.imageKey("images/a/" + time + "-0123456789abcdef.json").orElseThrow())
            .toList();

    private static List<List<String>> reasons(int last, int hourly, int daily, int weekly, int monthly, int yearly) {
        return new Retention(new RetentionPolicy(last, hourly, daily, weekly, monthly, yearly)).reasons(IMAGES);
    }

    @Test
    void theNewestOfEachPeriodIsKept() {
        assertThat(reasons(2, 0, 0, 0, 0, 0)).containsExactly(List.of(), List.of(), List.of(), List.of(), List.of("last 2"), List.of("last 1"));
        assertThat(reasons(0, 2, 0, 0, 0, 0)).containsExactly(List.of(), List.of(), List.of(), List.of(), List.of("hourly 20260105t01"),
                List.of("hourly 20260105t02"));
        assertThat(reasons(0, 0, 3, 0, 0, 0)).containsExactly(List.of(), List.of("daily 20260101"), List.of("daily 20260104"), List.of(), List.of(),
                List.of("daily 20260105"));
        // Monday, 5 January 2026, begins week 2; 31 December 2025 is in week 1 of 2026
        assertThat(reasons(0, 0, 0, 9, 0, 0)).containsExactly(List.of(), List.of(), List.of("weekly 2026w01"), List.of(), List.of(),
                List.of("weekly 2026w02"));
        assertThat(reasons(1, 0, 0, 0, 2, 2)).containsExactly(List.of("monthly 202512", "yearly 2025"), List.of(), List.of(), List.of(), List.of(),
                List.of("last 1", "monthly 202601", "yearly 2026"));
    }

    @Test
    void aPolicyKeepsSomething() {
        assertThatThrownBy(() -> new RetentionPolicy(0, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionPolicy(-1, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
