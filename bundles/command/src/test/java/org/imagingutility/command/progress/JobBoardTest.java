package org.imagingutility.command.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.JobStatus;
import org.imagingutility.api.job.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobBoardTest {
    private static final String DEVICE = "/dev/disk/by-id/ata-WDC_WD10EZEX-08WN4A0_WD-WCC6Y5";

    @ParameterizedTest
    @ValueSource(ints = {24, 30, 39, 60, 79, 119, 199})
    void aRunningJobKeepsItsNumberAndHowFarItIs(int width) {
        String line = JobBoard.line(job(JobState.RUNNING, ""), width);
        assertThat(line).hasSizeLessThanOrEqualTo(width).startsWith("1234 ").contains("27.9%");
        assertThat(line).as("whole words").doesNotEndWith("ETA").doesNotContain("ETA 0 ");
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void everyStateIsShownWhole(JobState state) {
        for (int width : new int[] {24, 30, 39, 60, 79, 119, 199}) {
            String line = JobBoard.line(job(state, "its process ended while the target was away for longer than 30 seconds"), width);
            assertThat(line).as("width " + width).hasSizeLessThanOrEqualTo(width).startsWith("1234 ");
            if (state != JobState.RUNNING) {
                assertThat(line).contains(state.name());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {79, 119})
    void aReasonEndsWithAWholeWord(int width) {
        String reason = "its process ended while the target was away for longer than 30 seconds";
        String line = JobBoard.line(job(JobState.FAILED, reason), width);
        if (line.contains(" ...")) {
            String kept = line.replaceFirst(".*FAILED ?", "").replaceFirst(" \\.\\.\\..*", "");
            assertThat(reason + " ").startsWith(kept.strip() + " ");
        }
    }

    private static JobStatus job(JobState state, String reason) {
        return new JobStatus("1234", ImageRequest.of(DEVICE, "o"), state, reason,
                Optional.of(new Progress("Imaging", DEVICE, 279, 1000, 30_000_000_000L)), 2, Instant.EPOCH,
                state.isLive() ? Optional.empty() : Optional.of(Instant.EPOCH));
    }
}
