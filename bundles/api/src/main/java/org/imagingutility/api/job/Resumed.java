package org.imagingutility.api.job;

/**
 * What a job that continued with an unfinished image found there.
 *
 * @param keptChunks whole chunks that were kept
 * @param keptFrames frames that were kept, those of the whole chunks included
 * @param keptUsedBytes bytes of device in use that need not be imaged again
 * @param discardedFileBytes bytes of the file that were cut off because they were not whole
 * @param checkedFrames frames that were decoded and compared with their digest
 * @param comparedBytes bytes that were compared with the device
 */
public record Resumed(int keptChunks, long keptFrames, long keptUsedBytes, long discardedFileBytes, long checkedFrames,
        long comparedBytes) {
}
