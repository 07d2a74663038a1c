package org.imagingutility.command;

import org.imagingutility.api.job.PipelineOptions;
import picocli.CommandLine.Option;

/** The one pipeline option of commands that read images. */
final class ParallelOption {
    @Option(names = "--parallel", paramLabel = "N", defaultValue = "0",
            description = "Worker threads, 1 to 256; 0 for one for each processor. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    PipelineOptions pipeline() {
        return new PipelineOptions(parallel, PipelineOptions.DEFAULT.depth(), PipelineOptions.DEFAULT.adaptive());
    }
}
