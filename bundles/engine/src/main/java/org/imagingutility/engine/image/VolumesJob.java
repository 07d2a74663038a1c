package org.imagingutility.engine.image;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.source.Snapshots;

/** Makes one image after the other of several devices, which are frozen together before the first where that is asked for. */
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
            jobs.add(job);
        }
        List<ImageResult> made = request.source().snapshot()
                ? Snapshots.during(plugins, new Snapshots.Together(request.devices(), request.separately()), () -> made(jobs)) : made(jobs);
        tellOfOtherMoments(made);
        List<ImageResult> finished = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            finished.add(jobs.get(i).finished(made.get(i)));
        }
        return new ImageVolumesResult(finished);
    }

    /** An image that an earlier run has finished does not hold the moment of those that this one makes. */
    private void tellOfOtherMoments(List<ImageResult> made) {
        for (int i = 0; i < made.size() && request.source().snapshot(); i++) {
            if (made.get(i).alreadyComplete()) {
                plugins.monitor().notice("the image of \"" + request.devices().get(i) + "\" was complete already: it is of an earlier moment than"
                        + " those that are made now");
            }
        }
    }

    private static List<ImageResult> made(List<ImageJob> jobs) throws ImagingException {
        List<ImageResult> made = new ArrayList<>();
        for (ImageJob job : jobs) {
            made.add(job.completed());
        }
        return made;
    }
}
