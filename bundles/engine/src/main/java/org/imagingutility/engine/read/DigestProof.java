package org.imagingutility.engine.read;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.engine.frames.LinearHashes;

/**
 * What a job knows of the digests of an image before it decodes the first frame: the content digest, computed from the very
 * digests that frames are compared with, and whether the image is the one that is expected. So an image whose footer states
 * another content than its frames have is refused before anything is written. Once all frames were decoded, the digests are
 * those of what was decoded.
 */
public final class DigestProof {
    private static final String REMEDY = "do not take this image for the one whose digest you know; verify lists what is wrong with it";
    private static final String WHOLE_DEVICE = "hash.sha256";
    private static final String SHA256 = "sha256";
    private static final Digest NONE = Digest.of(new byte[32]);

    private final Optional<ImageDigests> digests;
    private final Optional<Digest> wholeSha256;

    private DigestProof(Optional<ImageDigests> digests, Optional<Digest> wholeSha256) {
        this.digests = digests;
        this.wholeSha256 = wholeSha256;
    }

    /**
     * Computes the content digest and compares it.
     *
     * @param image name of the image for messages
     * @param expected a digest the image must have, if the user named one; that of the whole device is for who reads all of it
     * @throws ImageDamagedException if the content digest is not the one that the image states, a table of the image does not
     *         hold, or the image is not the expected one
     */
    public static DigestProof of(String image, ImageReader reader, Optional<Digest> expected) throws ImagingException {
        ImageInfo info = reader.info();
        Optional<Digest> content = reader.computeContentDigest();
        if (content.isPresent() && !content.get().equals(info.digests().content())) {
            throw new ImageDamagedException(image, -1, "states the content digest " + info.digests().content()
                    + ", but what it holds has " + content.get(), REMEDY);
        }
        Optional<ImageDigests> digests = content.map(known -> info.digests());
        return new DigestProof(digests, expected.isEmpty() || matches(digests, expected.get()) ? Optional.empty()
                : Optional.of(stated(image, info, digests, expected.get())));
    }

    /**
     * Looks at an image of which a part is wanted: that the table of another part does not hold is no reason to refuse it,
     * unless a certain image is expected.
     */
    public static DigestProof ofPart(String image, ImageReader reader, Optional<Digest> expected) throws ImagingException {
        if (expected.isEmpty()) {
            try {
                return of(image, reader, expected);
            } catch (ImageDamagedException | ImageReadException e) {
                // what is wrong with the part that is wanted, reading it will tell
                return new DigestProof(Optional.empty(), Optional.empty());
            }
        }
        DigestProof proof = of(image, reader, expected);
        if (proof.wholeSha256.isPresent()) {
            throw wholeDevice(image);
        }
        return proof;
    }

    /** Returns what to expect of an image that was made just now; nothing if its format has no digest of the whole. */
    public static Optional<Digest> expectation(ImageDigests made) {
        return Optional.of(made.image()).filter(digest -> !digest.equals(NONE));
    }

    /** Fails unless {@code expected} is one of the digests that the image states: before work that proves them is started. */
    public static void requireStated(String image, ImageInfo info, Optional<Digest> expected) throws ImagingException {
        if (expected.isPresent() && !matches(Optional.of(info.digests()), expected.get())) {
            if (noted(info).equals(expected)) {
                throw wholeDevice(image);
            }
            throw other(image, info, Optional.of(info.digests()), expected.get());
        }
    }

    /** Returns what to throw where an expected SHA-256 of the device cannot be computed, because not all of it is read in order. */
    private static UsageException wholeDevice(String image) {
        return new UsageException("the expected digest is the SHA-256 of the whole device that \"" + image + "\" notes, which"
                + " cannot be proven here", "expect the image digest or the content digest, or use restore or export-raw");
    }

    private static boolean matches(Optional<ImageDigests> digests, Digest expected) {
        // zeros stand for a digest that a format does not have
        return digests.isPresent() && !expected.equals(NONE) && (digests.get().image().equals(expected) || digests.get().content().equals(expected));
    }

    private static Digest stated(String image, ImageInfo info, Optional<ImageDigests> digests, Digest expected)
            throws ImagingException {
        if (!noted(info).equals(Optional.of(expected))) {
            throw other(image, info, digests, expected);
        }
        return expected;
    }

    private static ImageDamagedException other(String image, ImageInfo info, Optional<ImageDigests> digests, Digest expected) {
        return new ImageDamagedException(image, -1, "is not the image that is expected: none of its digests is " + expected
                + (digests.isPresent() ? "; its image digest is " + digests.get().image() + ", its content digest "
                        + digests.get().content() : "; its format has no digest of the whole")
                + noted(info).map(hash -> ", the SHA-256 that it notes of the whole device " + hash).orElse(""), null);
    }

    /** Returns the SHA-256 of the whole device as it was noted when the image was made. */
    private static Optional<Digest> noted(ImageInfo info) {
        return info.statistics().text(WHOLE_DEVICE).filter(text -> text.matches("[0-9a-f]{64}")).map(Digest::ofHex);
    }

    /** Returns the digests that are proven once all frames are decoded; empty if the format has none, or it is damaged elsewhere. */
    public Optional<ImageDigests> digests() {
        return digests;
    }

    /** Returns what computes the SHA-256 of the whole device, if it is what the user expects; else it computes nothing. */
    public LinearHashes wholeDevice() throws UsageException {
        return new LinearHashes(wholeSha256.isPresent() ? List.of(SHA256) : List.of());
    }

    /**
     * Compares what {@link #wholeDevice} found.
     *
     * @return the SHA-256 of the whole device, if it was computed
     * @throws ImageDamagedException if it is not the expected one
     */
    public Optional<Digest> compared(String image, LinearHashes found, long deviceLength) throws ImageDamagedException {
        if (wholeSha256.isEmpty()) {
            return wholeSha256;
        }
        Digest whole = found.finish(deviceLength).get(SHA256);
        if (!whole.equals(wholeSha256.get())) {
            throw new ImageDamagedException(image, -1, "the SHA-256 of the whole device is " + whole + ", expected "
                    + wholeSha256.get(), REMEDY);
        }
        return Optional.of(whole);
    }
}
