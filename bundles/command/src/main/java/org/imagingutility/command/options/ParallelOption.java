package org.imagingutility.command.options;

import org.imagingutility.api.job.PipelineOptions;
import picocli.CommandLine.Option;

/** The one pipeline option of commands that read images. */
public final class ParallelOption {
    @Option(names = "--parallel", paramLabel = "N", defaultValue = "0",
            description = "Worker threads, 1 to 256; 0 for one for each processor. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    public PipelineOptions pipeline() {
        return new PipelineOptions(parallel, PipelineOptions.DEFAULT.depth(), PipelineOptions.DEFAULT.adaptive());
    }
}
