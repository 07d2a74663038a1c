package org.imagingutility.api.job;

/**
 * How much a job may do at once. Memory for frames is {@code 2 * (parallel + depth)} times the frame size.
 *
 * @param parallel worker threads, 1 to 256; 0 for one for each processor
 * @param depth frames in flight beside those being worked on, 1 to 256; 0 for the default
 * @param adaptive whether the number of workers follows the bottleneck
 */
public record PipelineOptions(int parallel, int depth, boolean adaptive) {
    /** One worker for each processor, adaptive. */
    public static final PipelineOptions DEFAULT = new PipelineOptions(0, 0, true);

    /** Checks the ranges. */
    public PipelineOptions {
        if (parallel < 0 || parallel > 256) {
            throw new IllegalArgumentException("parallel " + parallel + " is not in 0..256");
        }
        if (depth < 0 || depth > 256) {
            throw new IllegalArgumentException("pipeline depth " + depth + " is not in 0..256");
        }
    }
}
