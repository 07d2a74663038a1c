package org.imagingutility.api.job;

/** The stages of a job's pipeline. */
public enum Stage {
    /** Reading the source: the device, or the image file. */
    READ,
    /** The workers: compressing or decompressing, and hashing. */
    WORK,
    /** Writing the target: the image file, or the device. */
    WRITE
}
