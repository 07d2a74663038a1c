package org.imagingutility.api.job;

/**
 * What a job is to do. A value of the types of {@code java.base}, and of records and enums of the API whose values can be kept on disk, too.
 *
 * @param <R> what the job gives when it is done
 */
public sealed interface JobRequest<R> permits ImageRequest, ImageVolumesRequest, VerifyRequest, RestoreRequest, ExportRequest,
        DiskExportRequest, ConvertRequest, RepairRequest, BackupRequest, VerifySetRequest, RestoreSetRequest, ServeRequest,
        ExtractRequest {

    /** Returns what kind of job it is, by the name of its command: {@code image}, {@code verify}, ... */
    String kind();

    /** Returns the device or image that it is done to. */
    String subject();
}
