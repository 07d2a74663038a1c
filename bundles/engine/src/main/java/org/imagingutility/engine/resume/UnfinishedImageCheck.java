package org.imagingutility.engine.resume;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.engine.frames.LinearHashes;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.ProbeResult;
import org.imagingutility.engine.probe.SourceIdentity;
import org.imagingutility.engine.progress.ProgressReporter;

/**
 * Finds out how much of an unfinished image holds and is of the device at hand. What is kept is never mixed with another
 * moment of the device: where the device is seen to have changed, the job is refused or, after every frame was compared, goes
 * on from the first difference.
 */
public final class UnfinishedImageCheck {
    /** Frames at the end that are always looked at: what was on its way when the image was interrupted. */
    private static final int LAST_FRAMES = 16;
    /** Frames of all the others that are. */
    private static final int SAMPLE_FRAMES = 48;
    private static final String BEGIN_ANEW = "or begin anew (--force without --resume)";

    private final Plugins plugins;
    private final String reference;
    private final Device device;
    private final ProbeResult probed;
    private final JobMonitor monitor;
    private final UnfinishedChunks image;
    private final long jobBytes;

    /**
     * Creates the check.
     *
     * @param reference name of the image
     * @param device the device at hand
     * @param probed what is in use on it now
     * @param image the unfinished image
     * @param jobBytes bytes of the device that the whole image will hold, for the progress
     */
    public UnfinishedImageCheck(Plugins plugins, String reference, Device device, ProbeResult probed, JobMonitor monitor,
            UnfinishedChunks image, long jobBytes) {
        this.plugins = plugins;
        this.reference = reference;
        this.device = device;
        this.probed = probed;
        this.monitor = monitor;
        this.image = image;
        this.jobBytes = jobBytes;
    }

    /**
     * Looks at the image as closely as {@code depth} says.
     *
     * @param hashes gets the content of every frame that is kept
     * @param reader reads windows of the device
     * @param pipeline how much is done at once
     * @return what is kept
     * @throws DeviceException if the device is another one, or has changed and not every frame was compared
     */
    public ResumePosition examine(CheckDepth depth, LinearHashes hashes, WindowReader reader, PipelineOptions pipeline)
            throws ImagingException {
        image.image().damage().ifPresent(reason -> monitor.notice("the unfinished image \"" + reference
                + "\" is damaged: what is whole ends at byte " + image.image().wholeLength() + " (" + reason + ")"));
        requireSameDevice(depth);
        // first, because it is the one look that needs every chunk's table
        long difference = firstDifferenceOfAllocation();
        ResumePosition kept = ResumePosition.all(image);
        if (difference >= 0) {
            if (depth != CheckDepth.FULL) {
                throw changed(difference, "other parts of it are in use than when the image was begun");
            }
            kept = ResumePosition.before(image, difference);
            monitor.notice("other parts of \"" + name() + "\" are in use from byte " + difference
                    + " on than the unfinished image says: going on from there at the latest");
        }
        SortedSet<Long> sample = depth.usesSample() ? sample(kept, depth) : new TreeSet<>();
        boolean all = depth.decodesAll() || !hashes.none();
        return checkFrames(kept, new FramesToCheck(image, kept, all, depth == CheckDepth.FULL, sample),
                framesToLookAt(kept, all, sample), depth, hashes, reader, pipeline);
    }

    private String name() {
        return device.info().reference();
    }

    private void requireSameDevice(CheckDepth depth) throws ImagingException {
        ImageSpec spec = image.image().spec();
        Optional<String> difference = SourceIdentity.difference(spec, device, probed.allocation().info());
        if (difference.isPresent()) {
            throw new DeviceException(name(), -1, "is not the device that the unfinished image \"" + reference
                    + "\" was begun with: " + difference.get(), "name that device, " + BEGIN_ANEW, null);
        }
        boolean mayHaveChanged = !device.info().mountPoints().isEmpty() || device.info().kind() == DeviceKind.SNAPSHOT;
        if (mayHaveChanged && depth == CheckDepth.SAMPLE) {
            throw new UsageException("\"" + name() + "\" is " + (device.info().mountPoints().isEmpty() ? "a snapshot, which is"
                    + " another moment than the one the unfinished image \"" + reference + "\" was made of"
                    : "mounted: what the unfinished image \"" + reference + "\" holds of it may have changed since"),
                    "use --resume-check full, which compares all of it with the device and goes on from the first"
                            + " difference, " + BEGIN_ANEW);
        }
    }

    private DeviceException changed(long offset, String what) {
        return new DeviceException(name(), offset, what + ": it has changed since, or is another device; image \""
                + reference + "\" would hold a mixture", "use --resume-check full, which compares all of it with the"
                + " device and goes on from the first difference, " + BEGIN_ANEW, null);
    }

    private long firstDifferenceOfAllocation() throws ImagingException {
        try (ExtentCursor now = probed.allocation().extents()) {
            return AllocationComparison.firstDifference(image, now, image.image().spec().deviceLength());
        }
    }

    private SortedSet<Long> sample(ResumePosition kept, CheckDepth depth) throws ImagingException {
        SortedSet<Long> indexes = new TreeSet<>();
        long step = Math.max(1, kept.frames() / SAMPLE_FRAMES);
        ExtentList telltale = depth.comparesWithDevice() ? probed.allocation().telltale() : ExtentList.empty();
        int frameSize = image.image().spec().frameSize();
        long place = 0;
        for (int i = 0; i < kept.chunksTouched(); i++) {
            ChunkSummary chunk = image.summary(i);
            int count = kept.framesOf(i, chunk.frameCount());
            long nextOfStep = (place + step - 1) / step * step;
            boolean wanted = nextOfStep < place + count || place + count > kept.frames() - LAST_FRAMES
                    || touches(telltale, chunk.deviceOffset(), chunk.deviceEnd());
            if (wanted) {
                List<FrameEntry> frames = image.chunk(i).frames();
                for (int j = 0; j < count; j++) {
                    long index = frames.get(j).frame().frameIndex();
                    if ((place + j) % step == 0 || place + j >= kept.frames() - LAST_FRAMES
                            || touches(telltale, index * frameSize, (index + 1) * frameSize)) {
                        indexes.add(index);
                    }
                }
            }
            place += count;
        }
        return indexes;
    }

    private static boolean touches(ExtentList extents, long from, long to) {
        int first = extents.firstEndingAfter(from);
        return first < extents.count() && extents.offset(first) < to;
    }

    private static long framesToLookAt(ResumePosition kept, boolean all, SortedSet<Long> sample) {
        return all ? kept.frames() : sample.size();
    }

    private ResumePosition checkFrames(ResumePosition kept, FramesToCheck frames, long frameCount, CheckDepth depth, LinearHashes hashes,
            WindowReader reader, PipelineOptions pipeline) throws ImagingException {
        if (frameCount == 0) {
            return kept;
        }
        int frameSize = image.image().spec().frameSize();
        ProgressReporter progress = ProgressReporter.ofCheck(monitor, name(), kept.usedBytes(), jobBytes, frameCount * frameSize);
        FrameCheckStages stages = new FrameCheckStages(plugins, reference, image.image(), frames,
                depth.comparesWithDevice() ? Optional.of(reader) : Optional.empty(), hashes, progress);
        new FramePipeline<>(plugins.resources(), "checking", stages,
                PipelineSettings.of(pipeline, true, frameSize, largestStored(frameSize)), progress).run();
        progress.end();
        ResumePosition looked = kept.with(stages.framesChecked(), stages.bytesCompared());
        if (stages.firstFault().isEmpty()) {
            return looked;
        }
        return afterFault(stages.firstFault().get(), looked, frames, depth, hashes, reader, pipeline);
    }

    private ResumePosition afterFault(FrameCheckStages.FrameCheck fault, ResumePosition kept, FramesToCheck frames, CheckDepth depth,
            LinearHashes hashes, WindowReader reader, PipelineOptions pipeline) throws ImagingException {
        FrameToCheck frame = fault.frame();
        if (fault.changed() && depth == CheckDepth.FULL && frame.chunkIndex() == 0 && frame.place() == 0) {
            throw new DeviceException(name(), 0, "the first frame of the unfinished image \"" + reference
                    + "\" holds, and is not what this device has there: it is another device, or was written to from its begin on",
                    "name the device it was begun with, " + BEGIN_ANEW, null);
        }
        if (fault.changed() && depth != CheckDepth.FULL) {
            throw changed(frame.task().offset(), "its content in frame " + frame.entry().frame().frameIndex()
                    + " is not what was stored");
        }
        if (!frames.all()) {
            monitor.notice("the unfinished image \"" + reference + "\" is damaged in frame "
                    + frame.entry().frame().frameIndex() + " (" + fault.damage().orElse("") + "): checking all of it");
            return checkFrames(kept, new FramesToCheck(image, kept, true, false, new TreeSet<>()), kept.frames(),
                    CheckDepth.SAME_RUN, hashes, reader, pipeline);
        }
        monitor.notice("going on from byte " + frame.task().offset() + " of \"" + name() + "\": "
                + fault.damage().map(reason -> "the stored frame there is damaged (" + reason + ")")
                        .orElse("the device has changed there since"));
        return ResumePosition.upTo(image, frame.chunkIndex(), frame.place()).with(kept.checkedFrames(), kept.comparedBytes());
    }

    private int largestStored(int frameSize) throws ImagingException {
        int largest = 1;
        int known = -1;
        for (int i = 0; i < image.chunkCount(); i++) {
            int wireId = image.summary(i).codecWireId();
            if (wireId != known) {
                Codec codec = plugins.codecByWireId(wireId, "image \"" + reference + "\"");
                largest = Math.max(largest, codec.maxStoredLength(frameSize));
                known = wireId;
            }
        }
        return largest;
    }
}
