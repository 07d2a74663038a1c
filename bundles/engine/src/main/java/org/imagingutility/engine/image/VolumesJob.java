package org.imagingutility.engine.image;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImageVolumesResult.Volume;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.source.Snapshots;
import org.imagingutility.engine.targets.ExistingFiles;

/**
 * Makes one image after the other of several devices, which are frozen together before the first where that is asked for. A device that
 * fails is told of and does not keep the job from the others; what would fail for all of them alike ends it.
 */
public final class VolumesJob {
    private final JobPlugins plugins;
    private final ImageVolumesRequest request;

    /** Creates the job; {@link #run} runs it once. */
    public VolumesJob(JobPlugins plugins, ImageVolumesRequest request) {
        this.plugins = plugins;
        this.request = request;
    }

    /** Runs the job. */
    public ImageVolumesResult run() throws ImagingException {
        List<ImageJob> jobs = new ArrayList<>();
        for (ImageRequest image : request.images()) {
            ImageJob job = new ImageJob(plugins, image);
            job.checkRequest();
            refuseExisting(image.target());
            jobs.add(job);
        }
        List<Volume> made = request.source().snapshot()
                ? Snapshots.during(plugins, new Snapshots.Together(request.devices(), request.separately()), () -> made(jobs)) : made(jobs);
        tellOfOtherMoments(made);
        List<Volume> finished = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            ImageJob job = jobs.get(i);
            Volume volume = made.get(i);
            finished.add(volume.image().isEmpty() ? volume : tried(volume.device(), () -> job.finished(volume.image().get())));
        }
        return new ImageVolumesResult(finished);
    }

    /** What can be known before anything is read is not found out after hours. */
    private void refuseExisting(String target) throws TargetException {
        if (!request.output().overwrite() && request.output().resume().isEmpty() && ExistingFiles.isThere(target)) {
            throw new TargetException(target, -1, "exists already, so no image was begun", "choose another folder, or add --force to replace what stands"
                    + " there, or --resume to keep the images that are complete", null);
        }
    }

    /** An image that an earlier run has finished does not hold the moment of those that this one makes. */
    private void tellOfOtherMoments(List<Volume> made) {
        for (Volume volume : made) {
            if (request.source().snapshot() && volume.image().isPresent() && volume.image().get().alreadyComplete()) {
                plugins.monitor().notice("the image of \"" + volume.device() + "\" was complete already: it is of an earlier moment than"
                        + " those that are made now");
            }
        }
    }

    private List<Volume> made(List<ImageJob> jobs) throws ImagingException {
        List<Volume> made = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            made.add(tried(request.devices().get(i), jobs.get(i)::completed));
        }
        return made;
    }

    /** Does a part of the work on one device, whose failure is its own. */
    private Volume tried(String device, JobPlugins.Step<ImageResult> work) throws ImagingException {
        try {
            return Volume.of(device, work.run());
        } catch (ImagingException e) {
            if (endsAll(e)) {
                throw e;
            }
            plugins.monitor().notice("the image of \"" + device + "\" failed, the job goes on with the others: " + e.getMessage());
            return Volume.of(device, e);
        }
    }

    /** Says whether an error is not about one device: all would meet it, or are not to be made. */
    private boolean endsAll(ImagingException e) {
        return e instanceof CancelledException || e instanceof PluginGoneException || e instanceof PluginMissingException || e instanceof MemoryException
                // those that are to show one moment are frozen together or not at all
                || e instanceof SnapshotException && !request.separately();
    }
}
