package org.imagingutility.engine.resume;

/**
 * How thoroughly an unfinished image is checked before a job resumes it. Its structure always is, and of what an earlier run
 * left every stored frame: what is resumed must verify when it is complete. What differs is how much is compared with the
 * device.
 */
public enum CheckDepth {
    /** Every frame is decoded and compared with the device. */
    FULL,
    /** Every frame is decoded; the last ones, a sample, and what nearly any change of the file system touches are compared. */
    SAMPLE,
    /** The last frames and a sample are decoded; the device is the one that this very job has had open all the time. */
    SAME_RUN,
    /** Every frame is decoded, none is compared. */
    NONE;

    boolean decodesAll() {
        return this != SAME_RUN;
    }

    boolean usesSample() {
        return this == SAMPLE || this == SAME_RUN;
    }

    boolean comparesWithDevice() {
        return this == FULL || this == SAMPLE;
    }
}
