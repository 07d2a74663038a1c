package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.MissChance;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyResult.Coverage;
import org.junit.jupiter.api.Test;

class RecordTextTest {

    @Test
    void aRecordIsWrittenAsItsOwnTextHasIt() {
        ImageRequest request = new ImageRequest("disk.raw", "disk.skzimg", ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 1L << 40, 0), ImageRequest.ReadErrors.DEFAULT, ImageRequest.Layout.DEFAULT,
                PipelineOptions.DEFAULT, List.of("sha256"));
        assertThat(RecordText.of(request)).isEqualTo(request.toString());
    }

    @Test
    void recordsInAListAreWrittenAsTheListHasThem() {
        Coverage coverage = new Coverage(1, 16, 4096, List.of(new MissChance(512, 0.25), new MissChance(4096, 0)), false);
        assertThat(RecordText.of(coverage)).isEqualTo(coverage.toString());
    }

    @Test
    void whatIsNoRecordSaysItself() {
        assertThat(RecordText.of(null)).isEqualTo("null");
        assertThat(RecordText.of(List.of(1, 2))).isEqualTo("[1, 2]");
    }
}
