package org.imagingutility.engine.resume;

/** How thoroughly an unfinished image is checked before a job resumes it. Its structure always is. */
public enum CheckDepth {
    /** Every frame is decoded and compared with the device. */
    FULL,
    /** The last frames, a sample, and what nearly any change of the file system touches are. */
    SAMPLE,
    /** The last frames and a sample are decoded; the device is the one that this very job has had open all the time. */
    SAME_RUN,
    /** None is. */
    NONE;

    boolean decodesAll() {
        return this == FULL;
    }

    boolean decodesSample() {
        return this != NONE;
    }

    boolean comparesWithDevice() {
        return this == FULL || this == SAMPLE;
    }
}
