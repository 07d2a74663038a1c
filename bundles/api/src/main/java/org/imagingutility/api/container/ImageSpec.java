package org.imagingutility.api.container;

import java.time.Instant;
import java.util.Objects;
import org.imagingutility.api.Metadata;

/**
 * What is fixed when an image is started.
 *
 * @param deviceLength length of the device in bytes, positive
 * @param sectorSize sector size of the device in bytes
 * @param frameSize bytes of device one frame covers: a power of two from 64 KiB to 64 MiB
 * @param chunkSize most bytes of device one chunk covers: a multiple of the frame size
 * @param codecName name of the codec
 * @param codecWireId wire id of the codec
 * @param level level of the codec
 * @param usedOnly whether the image holds only what an allocator said is in use
 * @param created when the image was started, seconds
 * @param plannedChunks how many chunks are expected; more or fewer are no error
 * @param plannedFrames how many frames are expected; more or fewer are no error
 * @param metadata facts about the device
 */
public record ImageSpec(long deviceLength, int sectorSize, int frameSize, long chunkSize, String codecName,
        int codecWireId, int level, boolean usedOnly, Instant created, long plannedChunks, long plannedFrames,
        Metadata metadata) {

    /** Smallest frame, bytes. */
    public static final int MIN_FRAME_SIZE = 64 << 10;
    /** Largest frame, bytes. */
    public static final int MAX_FRAME_SIZE = 64 << 20;
    /** Largest chunk, bytes. */
    public static final long MAX_CHUNK_SIZE = 1L << 40;

    /** Checks the values. */
    public ImageSpec {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(metadata, "metadata");
        if (deviceLength <= 0) {
            throw new IllegalArgumentException("device length " + deviceLength + " is not positive");
        }
        if (frameSize < MIN_FRAME_SIZE || frameSize > MAX_FRAME_SIZE || Integer.bitCount(frameSize) != 1) {
            throw new IllegalArgumentException("frame size " + frameSize + " is no power of two from 64 KiB to 64 MiB");
        }
        if (chunkSize < frameSize || chunkSize > MAX_CHUNK_SIZE || chunkSize % frameSize != 0) {
            throw new IllegalArgumentException("chunk size " + chunkSize + " is no multiple of the frame size "
                    + frameSize + " up to 1 TiB");
        }
        if (codecWireId < 1 || codecWireId > 0xFFFF) {
            throw new IllegalArgumentException("codec wire id " + codecWireId + " is not in 1..65535");
        }
    }

    /** Returns the number of windows the device has: frame indexes go from 0 to one less. */
    public long frameCount() {
        return (deviceLength - 1) / frameSize + 1;
    }

    /** Returns how many bytes of device frame {@code frameIndex} covers: the frame size, less for the last one. */
    public int contentLength(long frameIndex) {
        return (int) Math.min(frameSize, deviceLength - frameIndex * frameSize);
    }
}
