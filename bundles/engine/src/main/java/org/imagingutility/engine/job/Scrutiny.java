package org.imagingutility.engine.job;

/** How closely an unfinished image is looked at before a job goes on with it. Its structure always is. */
enum Scrutiny {
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
