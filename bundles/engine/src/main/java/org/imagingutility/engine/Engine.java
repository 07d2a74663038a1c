package org.imagingutility.engine;

import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
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
import org.imagingutility.engine.convert.ConvertJob;
import org.imagingutility.engine.export.BadMapExport;
import org.imagingutility.engine.export.DiskExportJob;
import org.imagingutility.engine.export.ExportJob;
import org.imagingutility.engine.files.BrowseJob;
import org.imagingutility.engine.files.compare.CompareJob;
import org.imagingutility.engine.files.extract.ExtractJob;
import org.imagingutility.engine.guard.CarriedException;
import org.imagingutility.engine.image.ImageJob;
import org.imagingutility.engine.image.VolumesJob;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.layout.ImagePart;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.probe.DeviceScanner;
import org.imagingutility.engine.probe.DiskInspector;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.repair.RepairJob;
import org.imagingutility.engine.repository.RepositoryCheck;
import org.imagingutility.engine.repository.RepositoryContents;
import org.imagingutility.engine.repository.copy.RepositoryCopyJob;
import org.imagingutility.engine.repository.image.RepositoryPlace;
import org.imagingutility.engine.repository.prune.ForgetJob;
import org.imagingutility.engine.repository.prune.PruneJob;
import org.imagingutility.engine.restore.RestoreJob;
import org.imagingutility.engine.serve.ServeJob;
import org.imagingutility.engine.set.backup.BackupJob;
import org.imagingutility.engine.set.backup.HeadDump;
import org.imagingutility.engine.set.restore.RestoreSetJob;
import org.imagingutility.engine.set.check.VerifySetJob;
import org.imagingutility.engine.verify.VerifyJob;

/** The imaging service, whatever its plug-ins come from: one job class for each call. */
abstract class Engine implements ImagingService {
    /** The plug-ins there are now. */
    final Plugins plugins;

    Engine(Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public ImageResult image(ImageRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new ImageJob(job, request).run());
    }

    @Override
    public ImageVolumesResult imageVolumes(ImageVolumesRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new VolumesJob(job, request).run());
    }

    @Override
    public VerifyResult verify(VerifyRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new VerifyJob(job, request).run());
    }

    @Override
    public RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new RestoreJob(job, request).run());
    }

    @Override
    public RestoreResult export(ExportRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new ExportJob(job, request).run());
    }

    @Override
    public DiskExportResult exportDisk(DiskExportRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> job.runRestartable("the export", () -> new DiskExportJob(job, request).run()));
    }

    @Override
    public ConvertResult convert(ConvertRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> new ConvertJob(job, request).run());
    }

    @Override
    public RepairResult repair(RepairRequest request, JobMonitor monitor) throws ImagingException {
        return run(request, monitor, job -> job.runRestartable("the repair", () -> new RepairJob(job, request).run()));
    }

    @Override
    public BackupResult backup(BackupRequest request, JobMonitor monitor) throws ImagingException {
        return runJob(request, monitor, logged -> new BackupJob(plugins, request, logged).run());
    }

    @Override
    public VerifySetResult verifySet(VerifySetRequest request, JobMonitor monitor) throws ImagingException {
        return runJob(request, monitor, logged -> new VerifySetJob(plugins, request, logged).run());
    }

    @Override
    public RestoreSetResult restoreSet(RestoreSetRequest request, JobMonitor monitor) throws ImagingException {
        return runJob(request, monitor, logged -> new RestoreSetJob(plugins, request, logged).run());
    }

    @Override
    public ServeResult serve(ServeRequest request, JobMonitor monitor) throws ImagingException {
        return runJob(request, monitor, logged -> new ServeJob(plugins, request, logged, this::log).run());
    }

    @Override
    public <T> T browse(BrowseRequest request, TreeUse<T> use, JobMonitor monitor) throws ImagingException {
        try (JobPlugins job = JobPlugins.withoutWaiting(plugins, monitor)) {
            return BrowseJob.run(plugins, job, request, use);
        } catch (CarriedException e) {
            throw e.reason();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }

    @Override
    public RepositoryInfo initRepository(String repository) throws ImagingException {
        return run(job -> {
            RepositoryPlace.create(job.blobStoreFor(repository), repository);
            return RepositoryContents.info(job, repository);
        });
    }

    @Override
    public RepositoryInfo repository(String repository) throws ImagingException {
        return run(job -> RepositoryContents.info(job, repository));
    }

    @Override
    public List<RepositoryImage> images(String repository, RepositoryFilter filter) throws ImagingException {
        return run(job -> RepositoryContents.images(job, repository, filter));
    }

    @Override
    public RepositoryCopyResult copyImages(RepositoryCopyRequest request, JobMonitor monitor) throws ImagingException {
        try (JobPlugins job = new JobPlugins(plugins, monitor)) {
            return job.runRestartable("the copy", () -> RepositoryCopyJob.run(job, request));
        } catch (CarriedException e) {
            throw e.reason();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }

    @Override
    public RepositoryCheckResult checkRepository(RepositoryCheckRequest request, JobMonitor monitor) throws ImagingException {
        try (JobPlugins job = new JobPlugins(plugins, monitor)) {
            return job.runRestartable("the check", () -> RepositoryCheck.run(job, request));
        } catch (CarriedException e) {
            throw e.reason();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }

    @Override
    public ForgetResult forget(ForgetRequest request) throws ImagingException {
        return run(job -> ForgetJob.run(job, request));
    }

    @Override
    public PruneResult prune(PruneRequest request, JobMonitor monitor) throws ImagingException {
        try (JobPlugins job = new JobPlugins(plugins, monitor)) {
            return job.runRestartable("the prune", () -> PruneJob.run(job, request));
        } catch (CarriedException e) {
            throw e.reason();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }

    @Override
    public ExtractResult extract(ExtractRequest request, JobMonitor monitor) throws ImagingException {
        return runJob(request, monitor, logged -> {
            try (JobPlugins job = new JobPlugins(plugins, logged)) {
                return job.runResumable(new ExtractJob(plugins, job, request)::run);
            }
        });
    }

    @Override
    public void compare(CompareRequest request, DifferenceSink sink, JobMonitor monitor) throws ImagingException {
        try (JobPlugins job = new JobPlugins(plugins, monitor)) {
            CompareJob.run(plugins, job, request, sink);
        } catch (CarriedException e) {
            throw e.reason();
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }

    @Override
    public long dumpHead(String device, String file, long bytes, boolean overwrite) throws ImagingException {
        return run(job -> HeadDump.copy(job, device, file, bytes, overwrite));
    }

    @Override
    public ImageInfo info(String image) throws ImagingException {
        return run(job -> {
            try (OpenImage open = OpenImage.open(job, ImagePart.of(job, image).image())) {
                return open.reader().info();
            }
        });
    }

    @Override
    public ExtentList unreadable(String image) throws ImagingException {
        return run(job -> {
            ImagePart part = ImagePart.of(job, image);
            try (OpenImage open = OpenImage.open(job, part.image())) {
                ExtentList all = UnreadableRanges.of(open.reader(), Integer.MAX_VALUE);
                return part.isWhole() ? all : all.within(part.offset(), part.length(open.reader().info().spec()));
            }
        });
    }

    @Override
    public DiskListing imagedDisk(String image) throws ImagingException {
        return run(job -> ImagePart.disk(job, image));
    }

    @Override
    public void writeBadMap(String image, String file) throws ImagingException {
        run(job -> {
            BadMapExport.write(job, image, file);
            return file;
        });
    }

    @Override
    public List<DeviceListing> devices() throws ImagingException {
        return devices(JobMonitor.NONE);
    }

    @Override
    public List<DeviceListing> devices(JobMonitor monitor) throws ImagingException {
        return run(job -> DeviceScanner.of(job, monitor));
    }

    @Override
    public DiskListing disk(String device) throws ImagingException {
        return run(job -> DiskInspector.at(job, device, OptionalInt.empty()));
    }

    @Override
    public DiskListing disk(String device, OptionalInt sectorSize) throws ImagingException {
        return run(job -> DiskInspector.at(job, device, sectorSize));
    }

    @Override
    public List<PluginInfo> plugins() {
        return plugins.list();
    }

    /** Something done with the plug-ins of one job. */
    interface Work<T> {
        T with(JobPlugins plugins) throws ImagingException;
    }

    private <T> T run(JobRequest<T> request, JobMonitor monitor, Work<T> work) throws ImagingException {
        return runJob(request, monitor, logged -> {
            try (JobPlugins job = new JobPlugins(plugins, logged)) {
                return job.runResumable(() -> work.with(job));
            }
        });
    }

    /** Runs a job; an error that a guard of a plug-in had carried out of a call that may not fail ends it like any other. */
    private <T> T runJob(JobRequest<T> request, JobMonitor monitor, JobLogger.Run<T> job) throws ImagingException {
        return logged(request, monitor, logged -> {
            try {
                return job.with(logged);
            } catch (CarriedException e) {
                throw e.reason();
            } catch (OutOfMemoryError e) {
                // all threads of the job have ended and what it had is let go of: there is memory again to say so
                throw new MemoryException(e);
            }
        });
    }

    /**
     * Runs a job and tells its story to whoever wants it. Nobody does, unless this is overridden: a program that embeds the
     * engine has the monitor, the result and the error, and nothing is to appear on its standard error unasked.
     */
    <T> T logged(JobRequest<T> request, JobMonitor monitor, JobLogger.Run<T> job) throws ImagingException {
        return job.with(monitor);
    }

    /** Writes to the log what no monitor is told: nowhere, as in {@link #logged}. */
    void log(String line) {
        // only in a container there is one
    }

    /** Runs something short, which waits for no plug-in that leaves meanwhile. */
    private <T> T run(Work<T> work) throws ImagingException {
        try (JobPlugins job = JobPlugins.withoutWaiting(plugins)) {
            return job.runResumable(() -> work.with(job));
        } catch (OutOfMemoryError e) {
            throw new MemoryException(e);
        }
    }
}
