package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * What stands before the zstd frame of a chunk.
 *
 * @param number its number
 * @param deviceOffset first byte of device
 * @param length bytes of device
 * @param compressed bytes of its zstd frame
 * @param digest SHA-256 of the content
 */
record ChunkHead(int number, long deviceOffset, int length, int compressed, Digest digest) {

    /** Reads the head at {@code offset}. */
    static ChunkHead read(ImageFile file, long offset) throws ImagingException {
        ByteBuffer head = Bytes.read(file, offset, Chunk.HEAD);
        int number = head.getInt();
        long deviceOffset = head.getLong();
        int length = head.getInt();
        int compressed = head.getInt();
        byte[] digest = new byte[FrameProofs.DIGEST];
        head.get(digest);
        return new ChunkHead(number, deviceOffset, length, compressed, Digest.of(digest));
    }

    /** Says in what it differs from what the index says of the chunk. */
    Optional<String> difference(Chunk chunk) {
        if (number == chunk.number() && deviceOffset == chunk.deviceOffset() && length == chunk.length()
                && compressed == chunk.compressed()) {
            return Optional.empty();
        }
        return Optional.of("the head says chunk " + number + " at device byte " + deviceOffset + ", " + length + " bytes, "
                + compressed + " compressed; the index says chunk " + chunk.number() + " at " + chunk.deviceOffset() + ", "
                + chunk.length() + ", " + chunk.compressed());
    }
}
