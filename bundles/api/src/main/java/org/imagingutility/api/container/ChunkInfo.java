package org.imagingutility.api.container;

import java.util.Objects;
import org.imagingutility.api.Digest;

/**
 * One entry of an image's index.
 *
 * @param chunkIndex place in the index, from 0
 * @param deviceOffset first byte of device
 * @param deviceLength bytes of device
 * @param fileOffset first byte in the image file
 * @param fileLength bytes in the image file
 * @param frameCount number of frames
 * @param codecWireId wire id of the codec of its frames
 * @param digest covers its place, allocation map, codec, frame digests and unreadable ranges
 * @param unreadableBytes bytes of device in it that could not be read when the image was made
 */
public record ChunkInfo(int chunkIndex, long deviceOffset, long deviceLength, long fileOffset, long fileLength,
        int frameCount, int codecWireId, Digest digest, long unreadableBytes) {

    /** Checks that the digest is there. */
    public ChunkInfo {
        Objects.requireNonNull(digest, "digest");
    }

    /** Creates the entry of a chunk all of which could be read. */
    public ChunkInfo(int chunkIndex, long deviceOffset, long deviceLength, long fileOffset, long fileLength,
            int frameCount, int codecWireId, Digest digest) {
        this(chunkIndex, deviceOffset, deviceLength, fileOffset, fileLength, frameCount, codecWireId, digest, 0);
    }
}
