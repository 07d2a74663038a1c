package org.imagingutility.format.img1;

import java.util.Optional;

/**
 * Where a chunk is.
 *
 * @param number its number, from 0
 * @param deviceOffset first byte of device
 * @param payloadOffset first byte of its zstd frame in the file
 * @param length bytes of device, positive
 * @param compressed bytes of its zstd frame, positive
 */
record Chunk(int number, long deviceOffset, long payloadOffset, int length, int compressed) {
    /** Bytes of a chunk's head, which lies right before its zstd frame. */
    static final int HEAD = 52;

    /** Returns the first byte of device behind it. */
    long deviceEnd() {
        return deviceOffset + length;
    }

    /** Returns the first byte of the file behind it. */
    long fileEnd() {
        return payloadOffset + compressed;
    }

    /**
     * Says what cannot be, in an image with {@code header}: a range outside the device or the part of the file chunks lie in, a
     * length of no bytes.
     *
     * @param deviceFrom end of the chunk before it on the device
     * @param fileLimit first byte of the file behind all chunks
     */
    Optional<String> problem(Header header, long deviceFrom, long fileLimit) {
        if (length < 1 || length > header.chunkSize()) {
            return Optional.of("a length of " + length + " bytes, which is not in 1.." + header.chunkSize());
        }
        long deviceLimit = header.version() == 1 ? Header.MAX_DEVICE : header.deviceLength();
        if (deviceOffset < deviceFrom || deviceOffset > deviceLimit - length) {
            return Optional.of("device offset " + deviceOffset + " for " + length + " bytes; expected inside "
                    + deviceFrom + " to " + deviceLimit);
        }
        if (compressed < 1 || payloadOffset < header.length() + HEAD || payloadOffset > fileLimit - compressed) {
            return Optional.of("file offset " + payloadOffset + " for " + compressed + " bytes; chunks lie in bytes "
                    + header.length() + " to " + fileLimit);
        }
        return Optional.empty();
    }
}
