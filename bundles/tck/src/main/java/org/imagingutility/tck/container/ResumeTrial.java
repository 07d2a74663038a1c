package org.imagingutility.tck.container;

import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.store.MemoryImageFile;

/**
 * Tries what is left of a sample that was being written: it opens only if it is whole; if not, it is resumed from
 * what must still be there, and becomes the sample.
 */
final class ResumeTrial {
    private final ContainerFormat format;
    private final SampleImage sample;
    private final byte[] complete;

    /** Prepares trials of {@code sample}, which is {@code complete} when it was written without a stop. */
    ResumeTrial(ContainerFormat format, SampleImage sample, byte[] complete) {
        this.format = format;
        this.sample = sample;
        this.complete = complete;
    }

    /**
     * Tries a state.
     *
     * @param state what the file holds
     * @param least what must still be there; null if the image may not have been started
     * @param how tells the state from others
     * @return whether it is whole or was resumed; false if it was refused
     */
    boolean run(byte[] state, RecordedJob.Mark least, String how) throws ImagingException {
        if (Arrays.equals(state, complete) || opens(state, how)) {
            Expect.fails(ImageFormatException.class, "reopening a complete image, " + how,
                    () -> format.reopen(MemoryImageFile.of(state), sample.codecs()).close());
            Expect.that(!holdsNothing(state), "a complete image is said to hold nothing, %s", how);
            return true;
        }
        MemoryImageFile file = MemoryImageFile.of(state);
        try (UnfinishedImage image = format.reopen(file, sample.codecs())) {
            Expect.that(!holdsNothing(state), "what can be resumed is said to hold nothing, %s", how);
            int partial = image.partialChunk().map(chunk -> chunk.frames().size()).orElse(0);
            int frames = sample.frameCount(image.chunkCount()) + partial;
            Expect.that(least == null || image.chunkCount() >= least.chunks() && frames >= least.frames(),
                    "%s: %d chunks and %d frames are left, expected at least %s", how, image.chunkCount(), frames, least);
            RecordedJob job = RecordedJob.resumed(image, sample, image.chunkCount(), partial, file);
            Expect.equalBytes(complete, job.content(), "resumed with " + image.chunkCount() + " chunks and " + partial
                    + " frames, " + how);
            return true;
        } catch (ImageFormatException | ImageDamagedException e) {
            if (least != null) {
                throw new AssertionError("cannot be resumed, " + how, e);
            }
            Expect.that(e.getMessage() != null, "refused without a word, %s", how);
            return false;
        }
    }

    /** Says whether the format says that {@code state} holds nothing; it must not change it. */
    boolean holdsNothing(byte[] state) throws ImagingException {
        MemoryImageFile file = MemoryImageFile.of(state);
        boolean nothing = format.holdsNothing(file);
        Expect.equal(List.of(), file.operations(), "what was done to a file that was asked about");
        return nothing;
    }

    /** Says whether it opens; if it does, it must be whole. */
    private boolean opens(byte[] state, String how) throws ImagingException {
        ImageReader opened;
        try {
            opened = format.open(MemoryImageFile.of(state), sample.codecs());
        } catch (ImageFormatException | ImageDamagedException e) {
            return false;
        }
        try (ImageReader reader = opened) {
            new ImageCheck(format, sample).expectContent(reader, how);
        }
        return true;
    }
}
