package org.imagingutility.engine.image;

import java.util.Optional;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.PartialChunk;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.resume.ResumePosition;
import org.imagingutility.engine.resume.UnfinishedChunk;
import org.imagingutility.engine.resume.UnfinishedChunks;
import org.imagingutility.engine.source.GuardedDevice;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.write.ProbingCodec;
import org.imagingutility.engine.write.ResumedChunk;

/** What an unfinished image lays down for the run that resumes it: what it is of, and where it continues. */
final class Continuation {
    private final Plugins plugins;
    private final ImageRequest request;
    private final UnfinishedImage unfinished;
    private final UnfinishedChunks image;

    Continuation(Plugins plugins, ImageRequest request, UnfinishedImage unfinished, UnfinishedChunks image) {
        this.plugins = plugins;
        this.request = request;
        this.unfinished = unfinished;
        this.image = image;
    }

    /**
     * Fails unless the image is of what would be imaged now.
     *
     * @param limit where that ends, bytes
     */
    void requireSameExtent(long limit, ProbeResult probed) throws UsageException {
        ImageSpec spec = unfinished.spec();
        if (request.source().maxBytes() != 0 && limit != spec.deviceLength()) {
            throw new UsageException("the unfinished image \"" + request.target() + "\" is of the first "
                    + spec.deviceLength() + " bytes of the device, which cannot be changed to " + limit,
                    "leave --max-bytes out, or start over (--force without --resume)");
        }
        if (spec.usedOnly() == probed.catchAll()) {
            throw new UsageException("the unfinished image \"" + request.target() + "\" holds "
                    + (spec.usedOnly() ? "what is in use only, and now all blocks would be taken"
                            : "all blocks, and now only what is in use would be taken")
                    + ": one image cannot have both" + (spec.usedOnly() ? whyAllBlocks(probed) : ""),
                    (spec.usedOnly() && request.source().allBlocks() ? "leave --all-blocks out, or start"
                            : spec.usedOnly() ? "start" : "add --all-blocks, or start")
                            + " over (--force without --resume)");
        }
    }

    /** What an image leaves out of a volume it leaves out to the end. */
    void requireSameFiles(GuardedDevice device) throws UsageException {
        if (!LeftOut.isIn(unfinished.spec().metadata())) {
            device.leaveOut(LeftOut.NOTHING);
        } else if (request.source().keepAllFiles()) {
            throw new UsageException("the unfinished image \"" + request.target() + "\" does not keep the content of all files,"
                    + " and now it would be kept: one image cannot have both", "leave --keep-all-files out, or start over"
                    + " (--force without --resume)");
        }
    }

    private String whyAllBlocks(ProbeResult probed) {
        return request.source().allBlocks() ? "" : "; all blocks because " + probed.contradiction()
                .map(reason -> "what is in use cannot be trusted: " + reason)
                .orElse("no installed allocator knows the file system any more");
    }

    /** Returns the chunk of which some frames are kept; empty if the image continues with a new one. */
    Optional<ResumedChunk> resumedChunk(ResumePosition kept) throws ImagingException {
        if (kept.framesOfNext() == 0) {
            return Optional.empty();
        }
        UnfinishedChunk chunk = image.chunk(kept.chunks());
        ImageSpec spec = unfinished.spec();
        Codec codec = ProbingCodec.asIn(spec, plugins.codecByWireId(chunk.codecWireId(), "image \"" + request.target() + "\""));
        int level = unfinished.partialChunk().filter(partial -> !image.isComplete(kept.chunks())).map(PartialChunk::level)
                .orElse(codec.wireId() == spec.codecWireId() ? spec.level() : codec.traits().defaultLevel());
        if (level < codec.traits().minLevel() || level > codec.traits().maxLevel()) {
            // frames of one chunk may be of several levels: only what is stored counts
            level = codec.traits().defaultLevel();
        }
        long firstFrame = chunk.frames().get(kept.framesOfNext() - 1).frame().frameIndex() + 1;
        return Optional.of(new ResumedChunk(chunk.plan(), firstFrame, codec, level));
    }

    /** Returns how many bytes of the file are kept. */
    long keptFileBytes(ResumePosition kept) throws ImagingException {
        if (kept.framesOfNext() > 0) {
            FrameEntry last = image.chunk(kept.chunks()).frames().get(kept.framesOfNext() - 1);
            return last.fileOffset() + last.frame().storedLength();
        }
        if (kept.chunks() > 0) {
            ChunkInfo last = unfinished.table(kept.chunks() - 1).chunk();
            return last.fileOffset() + last.fileLength();
        }
        return image.chunkCount() == 0 ? unfinished.wholeLength() : 0;
    }
}
