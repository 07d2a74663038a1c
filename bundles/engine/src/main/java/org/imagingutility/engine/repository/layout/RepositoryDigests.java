package org.imagingutility.engine.repository.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;

/** The digests above those of the frames. */
public final class RepositoryDigests {
    private RepositoryDigests() {
    }

    /** Returns the digest of an object's bytes. */
    public static Digest of(byte[] bytes) {
        return new Sha("").bytes(bytes).digest();
    }

    /** Returns the image digest. */
    public static Digest image(ImageSpec spec, List<Manifest.Chunk> chunks) {
        Sha sha = new Sha("repository image v1").u64(spec.deviceLength()).u32(spec.sectorSize()).u32(spec.frameSize()).u64(spec.chunkSize())
                .u32(spec.codecWireId()).u32(chunks.size());
        chunks.forEach(chunk -> sha.bytes(chunk.table().toBytes()));
        return sha.digest();
    }

    /**
     * The content digest, which an skz image of the same content has, too ({@code docs/image-format.md}, digests). Frames are added in
     * device order. For one thread.
     */
    public static final class Content {
        /** Set in the count of a frame's extents if its unreadable ranges follow them. */
        private static final int UNREADABLE_FOLLOW = 1 << 31;

        private final Sha sha;
        private final ImageSpec spec;

        /** Begins the digest of a device and frames as {@code spec} has them. */
        public Content(ImageSpec spec) {
            this.spec = spec;
            this.sha = new Sha("skz content v1").u64(spec.deviceLength()).u32(spec.sectorSize()).u32(spec.frameSize());
        }

        /** Adds a frame; {@code extents} are those of its chunk. */
        public void add(FrameInfo frame, ExtentList extents) {
            ExtentList within = extents.within(frame.frameIndex() * spec.frameSize(), frame.contentLength());
            int unreadable = frame.unreadable().count();
            sha.u64(frame.frameIndex()).bytes(frame.contentDigest().toBytes()).u32(within.count() | (unreadable > 0 ? UNREADABLE_FOLLOW : 0))
                    .ranges(within);
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
    private static final class Sha {
        private final MessageDigest sha;
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Sha(String domain) {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            sha.update(domain.getBytes(StandardCharsets.US_ASCII));
        }

        Sha u32(int value) {
            sha.update(number.clear().putInt(value).flip());
            return this;
        }

        Sha u64(long value) {
            sha.update(number.clear().putLong(value).flip());
            return this;
        }

        Sha bytes(byte[] value) {
            sha.update(value);
            return this;
        }

        Sha ranges(ExtentList value) {
            for (int i = 0; i < value.count(); i++) {
                u64(value.offset(i)).u64(value.length(i));
            }
            return this;
        }

        Digest digest() {
            return Digest.of(sha.digest());
        }
    }
}
