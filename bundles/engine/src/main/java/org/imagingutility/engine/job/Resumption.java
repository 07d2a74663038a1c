package org.imagingutility.engine.job;

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
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plan.WindowReader;
import org.imagingutility.engine.plugin.Plugins;

/**
 * Finds out how much of an unfinished image holds and is of the device at hand. What is kept is never mixed with another
 * moment of the device: where the device is seen to have changed, the job is refused or, after every frame was compared, goes
 * on from the first difference.
 */
final class Resumption {
    /** Frames at the end that are always looked at: what was on its way when the image was interrupted. */
    private static final int LAST_FRAMES = 16;
    /** Frames of all the others that are. */
    private static final int SAMPLE_FRAMES = 48;
    private static final String BEGIN_ANEW = "or begin anew (--force without --resume)";

    private final Plugins plugins;
    private final String reference;
    private final Device device;
    private final Recognition recognition;
    private final JobMonitor monitor;
    private final KeptImage image;

    Resumption(Plugins plugins, String reference, Device device, Recognition recognition, JobMonitor monitor,
            KeptImage image) {
        this.plugins = plugins;
        this.reference = reference;
        this.device = device;
        this.recognition = recognition;
        this.monitor = monitor;
        this.image = image;
    }

    /**
     * Looks at the image as closely as {@code scrutiny} says.
     *
     * @param hashes gets the content of every frame that is kept
     * @param reader reads windows of the device
     * @param pipeline how much is done at once
     * @return what is kept
     * @throws DeviceException if the device is another one, or has changed and not every frame was compared
     */
    KeptPart examine(Scrutiny scrutiny, LinearHashes hashes, WindowReader reader, PipelineOptions pipeline)
            throws ImagingException {
        image.image().damage().ifPresent(reason -> monitor.notice("the unfinished image \"" + reference
                + "\" is damaged: what is whole ends at byte " + image.image().wholeLength() + " (" + reason + ")"));
        requireSameDevice(scrutiny);
        // first, because it is the one look that needs every chunk's table
        long difference = firstDifferenceOfAllocation();
        KeptPart kept = KeptPart.all(image);
        if (difference >= 0) {
            if (scrutiny != Scrutiny.FULL) {
                throw changed(difference, "other parts of it are in use than when the image was begun");
            }
            kept = KeptPart.before(image, difference);
            monitor.notice("other parts of \"" + name() + "\" are in use from byte " + difference
                    + " on than the unfinished image says: going on from there at the latest");
        }
        SortedSet<Long> sample = scrutiny.decodesSample() ? sample(kept, scrutiny) : new TreeSet<>();
        boolean all = scrutiny.decodesAll() || !hashes.none();
        KeptPart result = look(kept, new KeptFrames(image, kept, all, scrutiny == Scrutiny.FULL, sample),
                framesToLookAt(kept, all, sample), scrutiny, hashes, reader, pipeline);
        if (result.frames() == 0 && kept.frames() > 0 && scrutiny == Scrutiny.FULL) {
            throw new DeviceException(name(), 0, "not one frame of the unfinished image \"" + reference
                    + "\" is what this device holds: it is another device, or all of it was written to since",
                    "name the device it was begun with, " + BEGIN_ANEW, null);
        }
        return result;
    }

    private String name() {
        return device.info().reference();
    }

    private void requireSameDevice(Scrutiny scrutiny) throws ImagingException {
        ImageSpec spec = image.image().spec();
        Optional<String> difference = SourceFacts.difference(spec, device, recognition.allocation().info());
        if (difference.isPresent()) {
            throw new DeviceException(name(), -1, "is not the device that the unfinished image \"" + reference
                    + "\" was begun with: " + difference.get(), "name that device, " + BEGIN_ANEW, null);
        }
        boolean mayHaveChanged = !device.info().mountPoints().isEmpty() || device.info().kind() == DeviceKind.SNAPSHOT;
        if (mayHaveChanged && scrutiny == Scrutiny.SAMPLE) {
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
        try (ExtentCursor now = recognition.allocation().extents()) {
            return KeptAllocation.firstDifference(image, now, image.image().spec().deviceLength());
        }
    }

    private SortedSet<Long> sample(KeptPart kept, Scrutiny scrutiny) throws ImagingException {
        SortedSet<Long> indexes = new TreeSet<>();
        long step = Math.max(1, kept.frames() / SAMPLE_FRAMES);
        ExtentList telltale = scrutiny.comparesWithDevice() ? recognition.allocation().telltale() : ExtentList.empty();
        int frameSize = image.image().spec().frameSize();
        long place = 0;
        for (int i = 0; i < kept.chunksTouched(); i++) {
            KeptSummary chunk = image.summary(i);
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

    private static long framesToLookAt(KeptPart kept, boolean all, SortedSet<Long> sample) {
        return all ? kept.frames() : sample.size();
    }

    private KeptPart look(KeptPart kept, KeptFrames frames, long frameCount, Scrutiny scrutiny, LinearHashes hashes,
            WindowReader reader, PipelineOptions pipeline) throws ImagingException {
        if (frameCount == 0) {
            return kept;
        }
        int frameSize = image.image().spec().frameSize();
        JobPulse pulse = new JobPulse(monitor, "Checking", reference, frameCount * frameSize);
        KeptStages stages = new KeptStages(plugins, reference, image.image(), frames,
                scrutiny.comparesWithDevice() ? Optional.of(reader) : Optional.empty(), hashes, pulse);
        new FramePipeline<>(plugins.machine(), "checking", stages,
                PipelineSettings.of(pipeline, true, frameSize, largestStored(frameSize)), pulse).run();
        pulse.end();
        KeptPart looked = kept.with(stages.framesChecked(), stages.bytesCompared());
        if (stages.firstFault().isEmpty()) {
            return looked;
        }
        return afterFault(stages.firstFault().get(), looked, frames, scrutiny, hashes, reader, pipeline);
    }

    private KeptPart afterFault(KeptStages.Finding fault, KeptPart kept, KeptFrames frames, Scrutiny scrutiny,
            LinearHashes hashes, WindowReader reader, PipelineOptions pipeline) throws ImagingException {
        KeptFrame frame = fault.frame();
        if (fault.changed() && scrutiny != Scrutiny.FULL) {
            throw changed(frame.task().offset(), "its content in frame " + frame.entry().frame().frameIndex()
                    + " is not what was stored");
        }
        if (!frames.all()) {
            monitor.notice("the unfinished image \"" + reference + "\" is damaged in frame "
                    + frame.entry().frame().frameIndex() + " (" + fault.damage().orElse("") + "): checking all of it");
            return look(kept, new KeptFrames(image, kept, true, false, new TreeSet<>()), kept.frames(), Scrutiny.SAME_RUN, hashes,
                    reader, pipeline);
        }
        monitor.notice("going on from byte " + frame.task().offset() + " of \"" + name() + "\": "
                + fault.damage().map(reason -> "the stored frame there is damaged (" + reason + ")")
                        .orElse("the device has changed there since"));
        return KeptPart.upTo(image, frame.chunkIndex(), frame.place()).with(kept.checkedFrames(), kept.comparedBytes());
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
