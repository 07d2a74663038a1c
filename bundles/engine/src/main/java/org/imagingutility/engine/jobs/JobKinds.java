package org.imagingutility.engine.jobs;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.BackupResult;
import org.imagingutility.api.job.ExportRequest;
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
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult;

/** What the engine does for each type of request. */
final class JobKinds {
    private static final List<Kind<?, ?>> KINDS = List.of(
            new Kind<>(ImageRequest.class, ImagingService::image, ImageRequest::pipeline, JobKinds::resumed,
                    JobKinds::imageOutcome),
            new Kind<>(ImageVolumesRequest.class, ImagingService::imageVolumes, ImageVolumesRequest::pipeline, JobKinds::volumesResumed,
                    JobKinds::volumesOutcome),
            new Kind<>(VerifyRequest.class, ImagingService::verify, VerifyRequest::pipeline, Kind::same,
                    JobKinds::verifyOutcome),
            new Kind<>(RestoreRequest.class, ImagingService::restore, RestoreRequest::pipeline, Kind::same, Kind::nothing),
            new Kind<>(ExportRequest.class, ImagingService::export, ExportRequest::pipeline, JobKinds::exportAnew, Kind::nothing),
            new Kind<>(DiskExportRequest.class, ImagingService::exportDisk, DiskExportRequest::pipeline,
                    JobKinds::diskExportAnew, Kind::nothing),
            new Kind<>(ConvertRequest.class, ImagingService::convert, ConvertRequest::pipeline, JobKinds::convertAnew,
                    result -> result.verified().map(JobKinds::verifyOutcome).orElse("")),
            new Kind<>(RepairRequest.class, ImagingService::repair, RepairRequest::pipeline, JobKinds::repairAnew, Kind::nothing),
            new Kind<>(BackupRequest.class, ImagingService::backup, BackupRequest::pipeline, JobKinds::backupResumed,
                    JobKinds::backupOutcome),
            new Kind<>(VerifySetRequest.class, ImagingService::verifySet, VerifySetRequest::pipeline, Kind::same,
                    JobKinds::verifySetOutcome),
            new Kind<>(RestoreSetRequest.class, ImagingService::restoreSet, RestoreSetRequest::pipeline, Kind::same,
                    Kind::nothing));

    private JobKinds() {
    }

    /** The call of the service that carries a request out. */
    private interface Run<Q, R> {
        R run(ImagingService service, Q request, JobMonitor monitor) throws ImagingException;
    }

    /** Makes the request of a job that is started again. */
    private interface Again<Q> {
        Q again(Q request, KeptJob job);
    }

    /**
     * One type of request.
     *
     * @param outcome says what a user should know of a job that is done, else an empty text
     */
    private record Kind<Q extends JobRequest<R>, R>(Class<Q> type, Run<Q, R> run, Function<Q, PipelineOptions> pipeline,
            Again<Q> again, Function<R, String> outcome) {

        static <Q> Q same(Q request, KeptJob job) {
            return request;
        }

        static String nothing(Object result) {
            return "";
        }
    }

    /** Says whether requests of that type can be carried out. */
    static boolean knows(Class<?> type) {
        return KINDS.stream().anyMatch(kind -> kind.type() == type);
    }

    /** Carries a request out. */
    static <R> R run(ImagingService service, JobRequest<R> request, JobMonitor monitor) throws ImagingException {
        return kind(request).run().run(service, request, monitor);
    }

    /** Returns how many workers a request asks for; 0 for one for each processor. */
    static int workers(JobRequest<?> request) {
        JobRequest<Object> any = as(request);
        return kind(any).pipeline().apply(any).parallel();
    }

    /** Returns the request that starts a job again that did not come to its end. */
    static <R> JobRequest<R> again(JobRequest<R> request, KeptJob job) {
        return kind(request).again().again(request, job);
    }

    /** Says whether that request resumes what an earlier run has written. */
    static boolean goesOn(JobRequest<?> request) {
        return request instanceof ImageRequest image && image.output().resume().isPresent()
                || request instanceof ImageVolumesRequest volumes && volumes.output().resume().isPresent()
                || request instanceof BackupRequest backup && backup.output().resume().isPresent();
    }

    /** Returns what a user should know of a job that is done, else an empty text. */
    static <R> String outcome(JobRequest<R> request, R result) {
        return kind(request).outcome().apply(result);
    }

    @SuppressWarnings("unchecked") // a kind is found by the type of the request, which says what it gives
    private static <R> Kind<JobRequest<R>, R> kind(JobRequest<R> request) {
        return (Kind<JobRequest<R>, R>) KINDS.stream().filter(kind -> kind.type() == request.getClass()).findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing is known of " + request.getClass()));
    }

    @SuppressWarnings("unchecked") // what a request gives does not matter to the caller
    private static JobRequest<Object> as(JobRequest<?> request) {
        return (JobRequest<Object>) request;
    }

    /**
     * An image is resumed, unless that would find another image that stands under the name and take it for the
     * finished one: the one that it was to replace before it was begun, or the one that it was refused for.
     */
    private static ImageRequest resumed(ImageRequest request, KeptJob job) {
        Output output = request.output();
        boolean safe = job.begun()
                || !output.overwrite() && (job.state() != JobState.FAILED || isFree(request.target()));
        if (output.resume().isPresent() || !safe) {
            return request;
        }
        return new ImageRequest(request.device(), request.target(), new Output(output.overwrite(), output.writeThrough(),
                output.verify(), Optional.of(checkOf(request.source())), output.retryTarget()), request.source(),
                request.readErrors(), request.layout(), request.pipeline(), request.linearHashes());
    }

    /** Images of several devices are resumed as those of one are: those that are finished stay, the others are gone on with or begun. */
    private static ImageVolumesRequest volumesResumed(ImageVolumesRequest request, KeptJob job) {
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
        return result.images().stream().map(JobKinds::imageOutcome).filter(outcome -> !outcome.isEmpty()).findFirst().orElse("");
    }

    /** A snapshot of another moment is compared with all that there is. */
    private static ResumeCheck checkOf(ImageRequest.Source source) {
        return source.snapshot() ? ResumeCheck.FULL : ResumeCheck.QUICK;
    }

    /** A set is resumed once it was started: what it was to replace is gone then. */
    private static BackupRequest backupResumed(BackupRequest request, KeptJob job) {
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
    private static ExportRequest exportAnew(ExportRequest request, KeptJob job) {
        return new ExportRequest(request.image(), request.target(), request.offset(), request.length(),
                request.overwrite() || job.begun() && isFree(request.target()), request.pipeline(), request.expected());
    }

    private static DiskExportRequest diskExportAnew(DiskExportRequest request, KeptJob job) {
        return new DiskExportRequest(request.image(), request.target(), request.format(),
                request.overwrite() || job.begun() && isFree(request.target()), request.pipeline(), request.expected());
    }

    private static ConvertRequest convertAnew(ConvertRequest request, KeptJob job) {
        return new ConvertRequest(request.image(), request.target(), request.overwrite() || job.begun() && isFree(request.target()),
                request.writeThrough(), request.verify(), request.layout(), request.pipeline());
    }

    private static RepairRequest repairAnew(RepairRequest request, KeptJob job) {
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
