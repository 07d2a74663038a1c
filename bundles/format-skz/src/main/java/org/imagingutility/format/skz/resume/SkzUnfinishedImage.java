package org.imagingutility.format.skz.resume;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;

/** The whole part of an unfinished image, for reading until it is resumed. */
final class SkzUnfinishedImage implements UnfinishedImage {
    private final ValidPrefix whole;
    private final CodecLookup codecs;
    private volatile boolean resumed;

    SkzUnfinishedImage(ValidPrefix whole, CodecLookup codecs) {
        this.whole = whole;
        this.codecs = codecs;
    }

    @Override
    public ImageSpec spec() {
        return whole.header().spec();
    }

    @Override
    public int chunkCount() {
        return whole.slots().size();
    }

    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        requireNotResumed();
        return whole.table(chunkIndex);
    }

    @Override
    public Optional<PartialChunk> partialChunk() {
        return whole.partial();
    }

    @Override
    public long wholeLength() {
        return whole.length();
    }

    @Override
    public Optional<String> damage() {
        return whole.damage();
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        requireNotResumed();
        whole.in().readStored(entry, target);
    }

    @Override
    public ImageWriter resume(ResumePoint point) throws ImagingException {
        requireNotResumed();
        Resumption resumption = new Resumption(whole, point, codecs);
        resumed = true;
        return resumption.run();
    }

    private void requireNotResumed() {
        if (resumed) {
            throw new IllegalStateException("the image is being written again");
        }
    }

    /** Does nothing: the file is the caller's, and there is nothing else to give back. */
    @Override
    public void close() {
    }
}
