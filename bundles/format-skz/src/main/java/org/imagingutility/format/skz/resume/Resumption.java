package org.imagingutility.format.skz.resume;

import java.util.List;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ResumePoint;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.file.ChunkWalk;
import org.imagingutility.format.skz.file.ChunkWalker;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.write.ChunkSettings;
import org.imagingutility.format.skz.write.FrontIndexWriter;
import org.imagingutility.format.skz.write.SkzWriter;
import org.imagingutility.format.skz.write.WriteTarget;

/**
 * Resumes an unfinished image. In this order:
 * <ol>
 * <li>all that can be refused is, and what is kept is read: nothing is changed yet;
 * <li>the file is cut off behind what is kept;
 * <li>slots and links of what is not kept are made empty again;
 * <li>both are forced, so that no slot can ever tell of bytes that are written from now on;
 * <li>slots and links that what is kept should have and has not are written: all of it is on stable storage now.
 * </ol>
 * Then the file is what it was when the writer that began it had written just so much. For one thread.
 */
public final class Resumption {
    private final ValidPrefix whole;
    private final ResumePoint point;
    private final CodecLookup codecs;
    private final ImageSpec spec;
    private final ChunkSettings settings;
    private final ChunkWalk open;

    /** Checks that it is possible; changes nothing. */
    Resumption(ValidPrefix whole, ResumePoint point, CodecLookup codecs) throws ImagingException {
        this.whole = whole;
        this.point = point;
        this.codecs = codecs;
        this.spec = whole.header().spec();
        this.settings = new ChunkSettings(point.codecWireId(), point.level(), point.chunkSize());
        requireInRange();
        requireChunkSize();
        requireCodec(point.codecWireId());
        this.open = point.keptFrames() == 0 ? null : keptBegin();
    }

    private void requireInRange() {
        int chunks = whole.slots().size();
        int kept = point.keptChunks();
        int frames = kept < chunks ? whole.slots().get(kept).chunk().frameCount()
                : whole.partial().map(partial -> partial.frames().size()).orElse(0);
        if (kept > chunks || point.keptFrames() > frames) {
            throw new IllegalArgumentException("cannot keep " + kept + " chunks and " + point.keptFrames()
                    + " frames: there are " + chunks + " whole chunks" + (kept > chunks ? "" : ", then "
                    + frames + " frames"));
        }
    }

    private void requireChunkSize() throws UsageException {
        long size = point.chunkSize();
        if (size < spec.frameSize() || size > ImageSpec.MAX_CHUNK_SIZE || size % spec.frameSize() != 0) {
            throw new UsageException("image \"" + whole.in().image() + "\" has frames of " + spec.frameSize()
                    + " bytes and cannot have chunks of " + size, "use chunks of a multiple of that, up to 1 TiB");
        }
    }

    /** Checks that codec {@code wireId} has zero runs for the gaps of this image. */
    private void requireCodec(int wireId) throws ImagingException {
        Codec codec = codecs.byWireId(wireId, Header.neededBy(spec, whole.in().image(), wireId));
        if (codec.traits().maxZeroRun() < whole.header().gapRun()) {
            throw new UsageException("image \"" + whole.in().image() + "\" has windows without data as runs of "
                    + whole.header().gapRun() + " zeros, and codec " + codec.name() + " has no stored form for these",
                    "continue with codec " + spec.codecName() + ", or make the image again");
        }
    }

    /** Reads the kept begin of the chunk behind the kept ones, be it whole or not, byte by byte. */
    private ChunkWalk keptBegin() throws ImagingException {
        int kept = point.keptChunks();
        int block = blockOf(kept);
        long offset = firstOf(block) == kept ? whole.blocks().get(block).end() : whole.fileEnd(kept);
        ChunkWalk walk = new ChunkWalker(whole.in(), whole.header(), whole.imageId(),
                new GapFrames(codecs, whole.in().image(), whole.header())).checking(offset, kept, whole.deviceEnd(kept));
        while (walk.frames().size() < point.keptFrames()) {
            walk.next();
        }
        requireCodec(walk.description().codecWireId());
        return walk;
    }

    /** Returns the number of the index block that has the slot of chunk {@code chunkIndex}. */
    private int blockOf(int chunkIndex) {
        int block = 0;
        while (chunkIndex >= firstOf(block) + whole.blocks().get(block).capacity()) {
            block++;
        }
        return block;
    }

    /** Returns the first chunk whose slot is in index block {@code block}. */
    private int firstOf(int block) {
        return whole.blocks().subList(0, block).stream().mapToInt(IndexBlock::capacity).sum();
    }

    /** Changes the file and returns the writer that continues it. */
    SkzWriter run() throws ImagingException {
        ImageFile file = whole.in().file();
        int kept = point.keptChunks();
        long end = open == null ? whole.fileEnd(kept) : open.position();
        // a block that no kept chunk needs goes too: the writer adds it when the next chunk begins
        int last = blockOf(open == null ? Math.max(0, kept - 1) : kept);
        WriteTarget target = WriteTarget.of(file, end, whole.headerBytes(), whole.header(), codecs);
        try {
            SkzWriter writer = new SkzWriter(target, settings,
                    FrontIndexWriter.resume(target, whole.blocks().get(last), kept - firstOf(last)));
            for (int i = 0; i < kept; i++) {
                writer.keep(whole.slots().get(i), whole.table(i));
            }
            if (open != null) {
                writer.keep(open.description(), open.fileOffset(), List.<FrameEntry>copyOf(open.frames()));
            }
            FrontIndexRestore index = new FrontIndexRestore(whole, kept, last);
            if (whole.in().length() > end) {
                file.truncate(end);
            }
            index.empty();
            file.force();
            index.fill();
            return writer;
        } catch (ImagingException | RuntimeException | Error e) {
            target.close();
            throw e;
        }
    }
}
