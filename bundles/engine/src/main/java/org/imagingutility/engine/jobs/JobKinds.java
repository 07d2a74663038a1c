package org.imagingutility.engine.jobs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Output;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.JobRequest;
import org.imagingutility.api.job.JobState;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;

/**
 * What the engine does for each type of request. Plain comparisons instead of a table: a table would load each type at each start, and with
 * functions in it Java would make a class of each of them, whichever is used.
 */
final class JobKinds {
    private JobKinds() {
    }

    /** Carries a request out. */
    @SuppressWarnings("unchecked") // the type of the request says what it gives
    static <R> R run(ImagingService service, JobRequest<R> request, JobMonitor monitor) throws ImagingException {
        return (R) result(service, request, monitor);
    }

    private static Object result(ImagingService service, JobRequest<?> request, JobMonitor monitor) throws ImagingException {
        if (request instanceof ImageRequest image) {
            return service.image(image, monitor);
        } else if (request instanceof ImageVolumesRequest volumes) {
            return service.imageVolumes(volumes, monitor);
        } else if (request instanceof VerifyRequest verify) {
            return service.verify(verify, monitor);
        } else if (request instanceof RestoreRequest restore) {
            return service.restore(restore, monitor);
        } else if (request instanceof ExportRequest export) {
            return service.export(export, monitor);
        } else if (request instanceof DiskExportRequest export) {
            return service.exportDisk(export, monitor);
        } else if (request instanceof ConvertRequest convert) {
            return service.convert(convert, monitor);
        } else if (request instanceof RepairRequest repair) {
            return service.repair(repair, monitor);
        } else if (request instanceof BackupRequest backup) {
            return service.backup(backup, monitor);
        } else if (request instanceof VerifySetRequest verify) {
            return service.verifySet(verify, monitor);
        } else if (request instanceof RestoreSetRequest restore) {
            return service.restoreSet(restore, monitor);
        } else if (request instanceof ServeRequest serve) {
            return service.serve(serve, monitor);
        } else if (request instanceof ExtractRequest extract) {
            return service.extract(extract, monitor);
        }
        throw unknown(request);
    }

    /** Returns how many workers a request asks for; 0 for one for each processor. */
    static int workers(JobRequest<?> request) {
        return pipeline(request).parallel();
    }

    private static PipelineOptions pipeline(JobRequest<?> request) {
        if (request instanceof ImageRequest image) {
            return image.pipeline();
        } else if (request instanceof ImageVolumesRequest volumes) {
            return volumes.pipeline();
        } else if (request instanceof VerifyRequest verify) {
            return verify.pipeline();
        } else if (request instanceof RestoreRequest restore) {
            return restore.pipeline();
        } else if (request instanceof ExportRequest export) {
            return export.pipeline();
        } else if (request instanceof DiskExportRequest export) {
            return export.pipeline();
        } else if (request instanceof ConvertRequest convert) {
            return convert.pipeline();
        } else if (request instanceof RepairRequest repair) {
            return repair.pipeline();
        } else if (request instanceof BackupRequest backup) {
            return backup.pipeline();
        } else if (request instanceof VerifySetRequest verify) {
            return verify.pipeline();
        } else if (request instanceof RestoreSetRequest restore) {
            return restore.pipeline();
        } else if (request instanceof ServeRequest serve) {
            return serve.pipeline();
        } else if (request instanceof ExtractRequest) {
            // one thread reads and writes
            return new PipelineOptions(1, 0, false);
        }
        throw unknown(request);
    }

    private static IllegalStateException unknown(JobRequest<?> request) {
        return new IllegalStateException("nothing is known of " + request.getClass());
    }

    /** Returns the request that starts a job again that did not come to its end. */
    @SuppressWarnings("unchecked") // each is answered by one of its own type
    static <R> JobRequest<R> restarted(JobRequest<R> request, JobRecord job) {
        return (JobRequest<R>) restart(request, job);
    }

    /** What verifies or restores is the same again. */
    private static JobRequest<?> restart(JobRequest<?> request, JobRecord job) {
        if (request instanceof ImageRequest image) {
            return resumed(image, job);
        } else if (request instanceof ImageVolumesRequest volumes) {
            return volumesResumed(volumes, job);
        } else if (request instanceof BackupRequest backup) {
            return backupResumed(backup, job);
        } else if (request instanceof ExportRequest export) {
            return exportRestarted(export, job);
        } else if (request instanceof DiskExportRequest export) {
            return diskExportRestarted(export, job);
        } else if (request instanceof ConvertRequest convert) {
            return convertRestarted(convert, job);
        } else if (request instanceof RepairRequest repair) {
            return repairRestarted(repair, job);
        } else if (request instanceof ExtractRequest extract) {
            return extract.merge() || !job.begun() ? extract : extract.merging();
        }
        return request;
    }

    /** Says whether that request resumes what an earlier run has written. */
    static boolean resumes(JobRequest<?> request) {
        return request instanceof ImageRequest image && image.output().resume().isPresent()
                || request instanceof ImageVolumesRequest volumes && volumes.output().resume().isPresent()
                || request instanceof BackupRequest backup && backup.output().resume().isPresent();
    }

    /**
     * Returns how a job ended that gave {@code result}. One that lacks a part of what was asked for has failed, whatever else it made, and
     * so can be resumed.
     */
    static JobOutcome outcome(Object result) {
        boolean whole = result instanceof ImageVolumesResult volumes ? volumes.isComplete()
                : !(result instanceof ExtractResult extracted) || extracted.isComplete();
        return new JobOutcome(whole ? JobState.DONE : JobState.FAILED, reason(result));
    }

    /** Returns what a user should know of a job that gave {@code result}, else an empty text. */
    private static String reason(Object result) {
        if (result instanceof ImageResult image) {
            return imageOutcome(image);
        } else if (result instanceof ImageVolumesResult volumes) {
            return volumesOutcome(volumes);
        } else if (result instanceof VerifyResult verified) {
            return verifyOutcome(verified);
        } else if (result instanceof ConvertResult converted) {
            return converted.verified().isPresent() ? verifyOutcome(converted.verified().get()) : "";
        } else if (result instanceof BackupResult backup) {
            return backupOutcome(backup);
        } else if (result instanceof VerifySetResult verified) {
            return verifySetOutcome(verified);
        } else if (result instanceof ExtractResult extracted) {
            long missing = extracted.counts().unreadable() + extracted.counts().notMade();
            return missing == 0 ? "" : missing + (missing == 1 ? " file is missing" : " files are missing");
        }
        return "";
    }

    /**
     * An image is resumed, unless that would find another image that stands under the name and take it for the
     * finished one: the one that it was to replace before it was started, or the one that it was refused for.
     */
    private static ImageRequest resumed(ImageRequest request, JobRecord job) {
        Output output = request.output();
        boolean safe = job.begun()
                || !output.overwrite() && (job.state() != JobState.FAILED || isFree(request.target()));
        if (output.resume().isPresent() || !safe) {
            return request;
        }
        return new ImageRequest(request.device(), request.target(), new Output(output.overwrite(), output.writeThrough(),
                output.verify(), Optional.of(checkOf(request.source())), output.retryTarget()), request.source(),
                request.readErrors(), request.layout(), request.pipeline(), request.linearHashes(), request.labels());
    }

    /** Images of several devices are resumed as those of one are: those that are finished stay, the others are gone on with or begun. */
    private static ImageVolumesRequest volumesResumed(ImageVolumesRequest request, JobRecord job) {
        Output output = request.output();
        boolean safe = !output.overwrite() && (job.begun() || job.state() != JobState.FAILED);
        if (output.resume().isPresent() || !safe) {
            return request;
        }
        return new ImageVolumesRequest(request.devices(), request.folder(), request.separately(), new Output(output.overwrite(), output.writeThrough(),
                output.verify(), Optional.of(checkOf(request.source())), output.retryTarget()), request.source(), request.readErrors(),
                request.layout(), request.pipeline(), request.linearHashes());
    }

    private static String volumesOutcome(ImageVolumesResult result) {
        if (!result.isComplete()) {
            return "no image of " + String.join(", ", result.failed().stream().map(volume -> "\"" + volume.device() + "\"").toList());
        }
        return result.images().stream().map(JobKinds::imageOutcome).filter(outcome -> !outcome.isEmpty()).findFirst().orElse("");
    }

    /** A snapshot of another moment is compared with all that there is. */
    private static ResumeCheck checkOf(ImageRequest.Source source) {
        return source.snapshot() ? ResumeCheck.FULL : ResumeCheck.QUICK;
    }

    /** A set is resumed once it was started: what it was to replace is gone then. */
    private static BackupRequest backupResumed(BackupRequest request, JobRecord job) {
        Output output = request.output();
        boolean safe = job.begun() || !output.overwrite() && job.state() != JobState.FAILED;
        if (output.resume().isPresent() || !safe) {
            return request;
        }
        return new BackupRequest(request.device(), request.diskNumber(), request.folder(), new Output(output.overwrite(),
                output.writeThrough(), output.verify(), Optional.of(checkOf(request.source())), output.retryTarget()), request.source(),
                request.readErrors(), request.layout(), request.pipeline(), request.linearHashes(), request.artefacts(),
                request.division());
    }

    /** What the job left unfinished is replaced, nothing else. */
    private static ExportRequest exportRestarted(ExportRequest request, JobRecord job) {
        return new ExportRequest(request.image(), request.target(), request.offset(), request.length(),
                request.overwrite() || job.begun() && isFree(request.target()), request.pipeline(), request.expected());
    }

    private static DiskExportRequest diskExportRestarted(DiskExportRequest request, JobRecord job) {
        return new DiskExportRequest(request.image(), request.target(), request.format(),
                request.overwrite() || job.begun() && isFree(request.target()), request.pipeline(), request.expected());
    }

    private static ConvertRequest convertRestarted(ConvertRequest request, JobRecord job) {
        return new ConvertRequest(request.image(), request.target(), request.overwrite() || job.begun() && isFree(request.target()),
                request.writeThrough(), request.verify(), request.layout(), request.pipeline());
    }

    private static RepairRequest repairRestarted(RepairRequest request, JobRecord job) {
        return new RepairRequest(request.image(), request.target(), request.overwrite() || request.target().isPresent()
                && job.begun() && isFree(request.target().get()), request.inPlace(), request.pipeline());
    }

    /** Says whether nothing stands under that name, so that leave to overwrite reaches no further than an unfinished file. */
    private static boolean isFree(String target) {
        try {
            return Files.notExists(FilePaths.of(target));
        } catch (InvalidPathException e) {
            // not a file: nothing is known, so nothing is overwritten
            return false;
        }
    }

    private static String imageOutcome(ImageResult result) {
        if (result.verified().isPresent() && !result.verified().get().intact()) {
            return verifyOutcome(result.verified().get());
        }
        long unreadable = result.image().unreadableBytes();
        return unreadable == 0 ? "" : unreadable + " bytes of the device could not be read";
    }

    private static String backupOutcome(BackupResult result) {
        if (result.verified().isPresent() && !result.verified().get().intact()) {
            return verifySetOutcome(result.verified().get());
        }
        long unreadable = result.manifest().unreadableBytes();
        return unreadable == 0 ? "" : unreadable + " bytes of the disk could not be read";
    }

    private static String verifySetOutcome(VerifySetResult result) {
        return result.intact() ? "" : "damaged or not complete";
    }

    private static String verifyOutcome(VerifyResult result) {
        return result.intact() ? "" : "damaged in " + result.damageCount() + (result.damageCount() == 1 ? " place" : " places");
    }
}
