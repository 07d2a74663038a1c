package org.imagingutility.format.img1;

/**
 * What is kept of a chunk whose content held against its SHA-256.
 *
 * @param frames digests of the windows it alone has a part in
 * @param first its content in its first window if that is shared with other chunks, else null
 * @param last its content in its last window if that is shared with other chunks and is not the first, else null
 */
record ProvenChunk(FrameProofs frames, byte[] first, byte[] last) {

    /** Returns about how many bytes of memory this takes. */
    int weight() {
        return frames.weight() + (first == null ? 0 : first.length) + (last == null ? 0 : last.length);
    }
}
