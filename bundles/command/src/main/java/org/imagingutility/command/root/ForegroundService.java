package org.imagingutility.command.root;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.DifferenceSink;
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
import org.imagingutility.api.job.JobService;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.RestoreSetResult;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.job.TreeUse;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.ForgetResult;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.repository.RepositoryInfo;

/**
 * The imaging service of a command line that is a process of its own: jobs run in its thread, as jobs of the job service, so that
 * other processes see and control them. All else is passed on. (No proxy, as in a shell: making one takes 14 ms of a start.)
 */
final class ForegroundService implements ImagingService {
    private final ImagingService direct;
    private final JobService jobs;

    ForegroundService(ImagingService direct, JobService jobs) {
        this.direct = direct;
        this.jobs = jobs;
    }

    @Override
    public ImageResult image(ImageRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public ImageVolumesResult imageVolumes(ImageVolumesRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public VerifyResult verify(VerifyRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public RestoreResult export(ExportRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public DiskExportResult exportDisk(DiskExportRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public ConvertResult convert(ConvertRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public RepairResult repair(RepairRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public BackupResult backup(BackupRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public VerifySetResult verifySet(VerifySetRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public RestoreSetResult restoreSet(RestoreSetRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public ServeResult serve(ServeRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public ExtractResult extract(ExtractRequest request, JobMonitor monitor) throws ImagingException {
        return jobs.run(request, monitor);
    }

    @Override
    public void compare(CompareRequest request, DifferenceSink sink, JobMonitor monitor) throws ImagingException {
        direct.compare(request, sink, monitor);
    }

    @Override
    public <T> T browse(BrowseRequest request, TreeUse<T> use, JobMonitor monitor) throws ImagingException {
        return direct.browse(request, use, monitor);
    }

    @Override
    public RepositoryInfo initRepository(String repository) throws ImagingException {
        return direct.initRepository(repository);
    }

    @Override
    public RepositoryInfo repository(String repository) throws ImagingException {
        return direct.repository(repository);
    }

    @Override
    public List<RepositoryImage> images(String repository, Optional<String> name) throws ImagingException {
        return direct.images(repository, name);
    }

    @Override
    public List<RepositoryImage> images(String repository, RepositoryFilter filter) throws ImagingException {
        return direct.images(repository, filter);
    }

    @Override
    public RepositoryCopyResult copyImages(RepositoryCopyRequest request, JobMonitor monitor) throws ImagingException {
        return direct.copyImages(request, monitor);
    }

    @Override
    public RepositoryCheckResult checkRepository(RepositoryCheckRequest request, JobMonitor monitor) throws ImagingException {
        return direct.checkRepository(request, monitor);
    }

    @Override
    public ForgetResult forget(ForgetRequest request) throws ImagingException {
        return direct.forget(request);
    }

    @Override
    public PruneResult prune(PruneRequest request, JobMonitor monitor) throws ImagingException {
        return direct.prune(request, monitor);
    }

    @Override
    public ImageInfo info(String image) throws ImagingException {
        return direct.info(image);
    }

    @Override
    public ExtentList unreadable(String image) throws ImagingException {
        return direct.unreadable(image);
    }

    @Override
    public void writeBadMap(String image, String file) throws ImagingException {
        direct.writeBadMap(image, file);
    }

    @Override
    public List<DeviceListing> devices() throws ImagingException {
        return direct.devices();
    }

    @Override
    public List<DeviceListing> devices(JobMonitor monitor) throws ImagingException {
        return direct.devices(monitor);
    }

    @Override
    public DiskListing imagedDisk(String image) throws ImagingException {
        return direct.imagedDisk(image);
    }

    @Override
    public DiskListing disk(String device) throws ImagingException {
        return direct.disk(device);
    }

    @Override
    public DiskListing disk(String device, OptionalInt sectorSize) throws ImagingException {
        return direct.disk(device, sectorSize);
    }

    @Override
    public long dumpHead(String device, String file, long bytes, boolean overwrite) throws ImagingException {
        return direct.dumpHead(device, file, bytes, overwrite);
    }

    @Override
    public List<PluginInfo> plugins() {
        return direct.plugins();
    }
}
