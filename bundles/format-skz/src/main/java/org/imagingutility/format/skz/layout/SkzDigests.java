package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;

/** The digests above those of the frames. Each begins with a text of its own, so that none can stand for another. */
public final class SkzDigests {
    private SkzDigests() {
    }

    /** Returns the digest of what stands in a chunk: its place, codec, allocation map and frames. */
    public static Digest chunk(ChunkDescription chunk, List<FrameEntry> frames) {
        Sha256 sha = new Sha256("skz chunk v1")
                .u64(chunk.deviceOffset()).u64(chunk.deviceLength()).u32(chunk.codecWireId())
                .u32(frames.size()).u32(chunk.extents().count()).u32(chunk.map().length).bytes(chunk.map());
        for (FrameEntry entry : frames) {
            FrameInfo frame = entry.frame();
            sha.u64(frame.frameIndex()).u32(FrameHead.code(frame.kind())).u32(frame.contentLength())
                    .digest(frame.contentDigest());
        }
        int unreadable = UnreadableRanges.count(frames);
        if (unreadable > 0) {
            sha.u32(unreadable);
            frames.forEach(entry -> sha.ranges(entry.frame().unreadable()));
        }
        return sha.digest();
    }

    /** Returns the digest of the whole image. */
    public static Digest image(ByteBuffer header, List<IndexSlot> slots) {
        Sha256 sha = new Sha256("skz image v1").bytes(header.duplicate().position(0)).u32(slots.size());
        for (IndexSlot slot : slots) {
            sha.digest(slot.chunk().digest());
        }
        return sha.digest();
    }

    /** Returns the number by which an image's structures know that they belong together. */
    public static long imageId(ByteBuffer header) {
        byte[] digest = new Sha256("").bytes(header.duplicate().position(0)).digest().toBytes();
        return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /**
     * The digest of what the device holds, whatever the chunk size, codec and level; frames are added in device order.
     * For one thread.
     */
    public static final class Content {
        /**
         * Set in the count of a frame's extents if its unreadable ranges follow them, so that no two images are hashed alike.
         */
        private static final int UNREADABLE_FOLLOW = 1 << 31;

        private final Sha256 sha;
        private final ImageSpec spec;

        /** Begins the digest of a device and frames as {@code spec} has them. */
        public Content(ImageSpec spec) {
            this.spec = spec;
            this.sha = new Sha256("skz content v1")
                    .u64(spec.deviceLength()).u32(spec.sectorSize()).u32(spec.frameSize());
        }

        /** Adds a frame; {@code extents} are those of its chunk. */
        public void add(FrameInfo frame, ExtentList extents) {
            long start = frame.frameIndex() * spec.frameSize();
            long end = start + frame.contentLength();
            int first = extents.firstEndingAfter(start);
            int behind = first;
            while (behind < extents.count() && extents.offset(behind) < end) {
                behind++;
            }
            int unreadable = frame.unreadable().count();
            sha.u64(frame.frameIndex()).digest(frame.contentDigest())
                    .u32(behind - first | (unreadable > 0 ? UNREADABLE_FOLLOW : 0));
            for (int i = first; i < behind; i++) {
                long from = Math.max(start, extents.offset(i));
                sha.u64(from).u64(Math.min(end, extents.end(i)) - from);
            }
            if (unreadable > 0) {
                sha.u32(unreadable).ranges(frame.unreadable());
            }
        }

        /** Returns the digest; nothing can be added after that. */
        public Digest digest() {
            return sha.digest();
        }
    }

    /** SHA-256 over little-endian numbers. */
    private static final class Sha256 {
        private final MessageDigest sha;
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Sha256(String domain) {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            sha.update(domain.getBytes(StandardCharsets.US_ASCII));
        }

        Sha256 u32(int value) {
            sha.update(number.clear().putInt(value).flip());
            return this;
        }

        Sha256 u64(long value) {
            sha.update(number.clear().putLong(value).flip());
            return this;
        }

        Sha256 digest(Digest value) {
            sha.update(value.toBytes());
            return this;
        }

        Sha256 ranges(ExtentList value) {
            for (int i = 0; i < value.count(); i++) {
                u64(value.offset(i)).u64(value.length(i));
            }
            return this;
        }

        Sha256 bytes(byte[] value) {
            sha.update(value);
            return this;
        }

        Sha256 bytes(ByteBuffer value) {
            sha.update(value);
            return this;
        }

        Digest digest() {
            return Digest.of(sha.digest());
        }
    }
}
