package org.imagingutility.engine.jobs;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.api.job.DiskListing;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;

/** An engine whose jobs do what the test says. None makes or verifies an image: those that should are cancelled in the end. */
final class ScriptedEngine implements ImagingService {
    /** The requests that were carried out. */
    final BlockingQueue<JobRequest<?>> requests = new LinkedBlockingQueue<>();
    private volatile Script script = monitor -> { };
    /** What a job gives that images several volumes. */
    volatile ImageVolumesResult volumes;

    /** What a job does. */
    interface Script {
        void run(JobMonitor monitor) throws ImagingException;
    }

    void does(Script next) {
        script = next;
    }

    /** A job that continues until it is told to stop. */
    static void untilCancelled(JobMonitor monitor) throws CancelledException {
        while (!monitor.cancelled()) {
            nap();
        }
        throw new CancelledException("testing");
    }

    static void nap() {
        java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }

    private <R> R run(JobRequest<R> request, JobMonitor monitor) throws ImagingException {
        Script now = script;
        requests.add(request);
        now.run(monitor);
        return null;
    }

    @Override
    public ImageResult image(ImageRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        throw new CancelledException("testing, which makes no image");
    }

    @Override
    public ImageVolumesResult imageVolumes(ImageVolumesRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        return volumes;
    }

    @Override
    public VerifyResult verify(VerifyRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        throw new CancelledException("testing, which verifies no image");
    }

    @Override
    public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public RestoreResult export(ExportRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public DiskExportResult exportDisk(DiskExportRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public ConvertResult convert(ConvertRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public RepairResult repair(RepairRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public BackupResult backup(BackupRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        throw new CancelledException("testing, which backs nothing up");
    }

    @Override
    public VerifySetResult verifySet(VerifySetRequest request, JobMonitor monitor) throws ImagingException {
        run(request, monitor);
        throw new CancelledException("testing, which verifies no set");
    }

    @Override
    public RestoreSetResult restoreSet(RestoreSetRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public ServeResult serve(ServeRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public ExtractResult extract(ExtractRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor);
    }

    @Override
    public long dumpHead(String device, String file, long bytes, boolean overwrite) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ImageInfo info(String image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExtentList unreadable(String image) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeBadMap(String image, String file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DeviceListing> devices() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DiskListing disk(String device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PluginInfo> plugins() {
        throw new UnsupportedOperationException();
    }
}
