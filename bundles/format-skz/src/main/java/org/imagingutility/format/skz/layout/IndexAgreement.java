package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;

/** Whether the slots of all chunks are those that a footer tells of: the one rule for whoever opens, checks or repairs. */
public final class IndexAgreement {
    private IndexAgreement() {
    }

    /** Returns what the slots and the footer contradict each other in, found and expected; empty if in nothing. */
    public static Optional<String> contradiction(Footer footer, ByteBuffer headerBytes, List<IndexSlot> slots) {
        long frameCount = 0;
        long usedBytes = 0;
        for (IndexSlot slot : slots) {
            frameCount += slot.chunk().frameCount();
            usedBytes += slot.usedBytes();
        }
        if (slots.size() != footer.chunkCount() || frameCount != footer.frameCount() || usedBytes != footer.usedBytes()) {
            return Optional.of("the index has " + slots.size() + " chunks with " + frameCount + " frames and " + usedBytes
                    + " bytes in use, the footer " + footer.chunkCount() + " with " + footer.frameCount() + " and "
                    + footer.usedBytes());
        }
        Digest digest = SkzDigests.image(headerBytes, slots);
        return digest.equals(footer.digests().image()) ? Optional.empty()
                : Optional.of("image digest is " + digest + ", expected " + footer.digests().image());
    }
}
