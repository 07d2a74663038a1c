package org.imagingutility.engine.set.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.Progress;
import org.junit.jupiter.api.Test;

class SetProgressTest {
    private final List<Progress> told = new ArrayList<>();
    private final SetProgress set = new SetProgress(new JobMonitor() {
        @Override
        public void progress(Progress progress) {
            told.add(progress);
        }
    }, "Imaging", "sda");

    @Test
    void theCheckOfAPartThatIsResumedIsNoPartOfTheWork() {
        set.total(1000);
        set.begin(400);
        set.progress(new Progress("Checking (10%)", "sda1", 100, 200, 100, 1));
        assertThat(last()).isEqualTo(List.of(200L, 200L));
        set.progress(new Progress("Checking (90%)", "sda1", 100, 200, 100, 1));
        assertThat(last()).isEqualTo(List.of(200L, 200L));
        set.progress(new Progress("Imaging", "sda1", 150, 200, 100, 1));
        assertThat(last()).isEqualTo(List.of(300L, 200L));
        set.end(false);
        assertThat(last()).as("what was done earlier stays so").isEqualTo(List.of(400L, 200L));
        set.begin(600);
        set.progress(new Progress("Imaging", "sda2", 50, 100, 0, 1));
        assertThat(last()).isEqualTo(List.of(700L, 200L));
        set.end(true);
        assertThat(last()).isEqualTo(List.of(1000L, 800L));
    }

    @Test
    void aCheckDoesNotTakeThePlaceOfTheActivitiesThatCount() {
        set.total(1000);
        set.begin(1000, 2);
        set.progress(new Progress("Checking (10%)", "sda1", 50, 100, 50, 1));
        assertThat(last()).isEqualTo(List.of(250L, 250L));
        set.progress(new Progress("Imaging", "sda1", 100, 100, 50, 1));
        assertThat(last()).isEqualTo(List.of(500L, 250L));
        set.progress(new Progress("Verifying", "sda1", 50, 100, 0, 1));
        assertThat(last()).isEqualTo(List.of(750L, 250L));
    }

    private List<Long> last() {
        Progress progress = told.get(told.size() - 1);
        return List.of(progress.doneBytes(), progress.earlierBytes());
    }
}
