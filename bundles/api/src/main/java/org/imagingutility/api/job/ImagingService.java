package org.imagingutility.api.job;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
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
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs jobs. Each call returns when its job is done; calls may come from several threads at once. A call fails with
 * {@link org.imagingutility.api.error.UsageException} for a request that makes no sense, with
 * {@link org.imagingutility.api.error.PluginMissingException} where an image needs a plug-in that is not installed,
 * and with {@link org.imagingutility.api.error.CancelledException} when the monitor asked for it.
 */
@ProviderType
public interface ImagingService {

    /** Makes an image. When it fails, nothing new stands under the target's name. */
    ImageResult image(ImageRequest request, JobMonitor monitor) throws ImagingException;

    /**
     * Makes one image of each of several devices, frozen at one moment where that is asked for. A device that fails does not
     * keep the job from the others: the result says what is missing. What is not about one device, such as a cancellation or a snapshot of
     * all that cannot be made, ends the job with its error.
     */
    ImageVolumesResult imageVolumes(ImageVolumesRequest request, JobMonitor monitor) throws ImagingException;

    /** Verifies an image. Damage is a result, not an exception, as long as the image can be opened. */
    VerifyResult verify(VerifyRequest request, JobMonitor monitor) throws ImagingException;

    /** Restores an image. Each frame is checked against its digest before any of it is written. */
    RestoreResult restore(RestoreRequest request, JobMonitor monitor) throws ImagingException;

    /** Writes a range of an image to a raw file. */
    RestoreResult export(ExportRequest request, JobMonitor monitor) throws ImagingException;

    /** Writes an image as a virtual disk. When it fails, nothing new stands under the target's name. */
    DiskExportResult exportDisk(DiskExportRequest request, JobMonitor monitor) throws ImagingException;

    /** Rewrites an image as a new one. When it fails, nothing new stands under the target's name. */
    ConvertResult convert(ConvertRequest request, JobMonitor monitor) throws ImagingException;

    /**
     * Looks at a damaged, cut off or unfinished image and saves what is left of it. What is lost is a result, not an
     * exception, as long as anything can be made of the file.
     */
    RepairResult repair(RepairRequest request, JobMonitor monitor) throws ImagingException;

    /**
     * Makes a backup set of a whole disk. The manifest is written when all else is there; without it a folder is no
     * complete set.
     */
    BackupResult backup(BackupRequest request, JobMonitor monitor) throws ImagingException;

    /** Verifies a backup set. Damage and missing files are a result, as long as the manifest can be read. */
    VerifySetResult verifySet(VerifySetRequest request, JobMonitor monitor) throws ImagingException;

    /**
     * Restores a backup set to a disk or a new file. What makes a target look like a disk with content is taken away first
     * and written last.
     */
    RestoreSetResult restoreSet(RestoreSetRequest request, JobMonitor monitor) throws ImagingException;

    /**
     * Serves images, as block devices or by their files, until {@code monitor} says that it is cancelled, which is how this ends well: what was done is the
     * result. A plug-in that leaves meanwhile is waited for, and clients with it; when the server itself is replaced, connections end.
     */
    default ServeResult serve(ServeRequest request, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service cannot serve images", null);
    }

    /**
     * Opens a volume for its files, without mounting it, and hands them to {@code use} in the thread of the caller.
     *
     * @param monitor told what the user should know of the volume; asked whether to wait for plug-ins any longer
     * @throws org.imagingutility.api.error.FileSystemException if no installed reader knows what is on it, or it cannot be read
     * @throws org.imagingutility.api.error.PluginGoneException if a plug-in that is needed was replaced meanwhile
     */
    default <T> T browse(BrowseRequest request, TreeUse<T> use, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service cannot read files of volumes", null);
    }

    /**
     * Makes a repository in an empty place.
     *
     * @throws UsageException if something is there
     */
    default RepositoryInfo initRepository(String repository) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /** Returns what a repository says of itself, and counts its objects. */
    default RepositoryInfo repository(String repository) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /**
     * Lists the images of a repository, by name and then by time.
     *
     * @param name only those of this name; empty for all
     */
    default List<RepositoryImage> images(String repository, Optional<String> name) throws ImagingException {
        return images(repository, RepositoryFilter.ofName(name));
    }

    /**
     * Lists images of a repository, by name and then by time. One that cannot be read is listed, whatever is asked for beside name and time:
     * it may be one of those.
     */
    default List<RepositoryImage> images(String repository, RepositoryFilter filter) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /**
     * Copies images from one repository into another. An image that is damaged or missing in part is a result and does not keep the others, as
     * long as both repositories can be opened.
     */
    default RepositoryCopyResult copyImages(RepositoryCopyRequest request, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /** Checks a repository. Damage is a result, as long as the repository can be opened. */
    default RepositoryCheckResult checkRepository(RepositoryCheckRequest request, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /** Forgets images of a repository. What they alone needed stays until it is pruned. */
    default ForgetResult forget(ForgetRequest request) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /**
     * Prunes a repository. Others may write to it and prune it at once; a prune that was interrupted is simply run again.
     *
     * @throws org.imagingutility.api.error.ImageDamagedException if it cannot be told what an image needs
     */
    default PruneResult prune(PruneRequest request, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service has no repositories", null);
    }

    /**
     * Writes files of a volume into a folder. What cannot be read, or cannot be made there, does not keep the job from the others: the monitor
     * is told of each, and the result says how much is missing. Nothing is ever written outside the folder, whatever names and links the volume
     * has. What the job ended before is gone on with by a request that merges.
     */
    default ExtractResult extract(ExtractRequest request, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service cannot write files of volumes", null);
    }

    /**
     * Compares the files of two volumes, without mounting them. Memory does not grow with them.
     *
     * @param sink told what differs
     * @param monitor told what the user should know of the volumes; asked whether to go on
     */
    default void compare(CompareRequest request, DifferenceSink sink, JobMonitor monitor) throws ImagingException {
        throw new UsageException("this service cannot compare files of volumes", null);
    }

    /** Returns what an image says of itself; {@code IMAGE#N}, a partition of the disk it was made of, names the same image. */
    ImageInfo info(String image) throws ImagingException;

    /**
     * Returns the ranges of the device that could not be read when an image was made, in bytes of device; all of them, or those of the partition
     * that {@code IMAGE#N} names.
     * Reads the tables of the chunks that have some.
     */
    ExtentList unreadable(String image) throws ImagingException;

    /**
     * Looks at the disk that an image was made of: its partition table, and what is on the partitions, as far as the image holds them.
     *
     * @throws org.imagingutility.api.error.PartitionTableException if it has a table that cannot be gone by
     */
    default DiskListing imagedDisk(String image) throws ImagingException {
        throw new UsageException("this service cannot look at the disks that images were made of", null);
    }

    /**
     * Writes a map file as GNU ddrescue does: {@code +} for what the image holds, {@code -} for what could not be read,
     * {@code ?} for what is not in the image.
     *
     * @param file path of the map file; nothing may stand there
     */
    void writeBadMap(String image, String file) throws ImagingException;

    /** Lists devices and what is on them. */
    List<DeviceListing> devices() throws ImagingException;

    /**
     * Lists devices and what is on them. A device provider that cannot list its own is passed over; {@code monitor} is told.
     */
    default List<DeviceListing> devices(JobMonitor monitor) throws ImagingException {
        return devices();
    }

    /**
     * Looks at one disk, a disk image file for example: its partition table and what is on the partitions.
     *
     * @throws org.imagingutility.api.error.PartitionTableException if it has a table that cannot be gone by
     */
    DiskListing disk(String device) throws ImagingException;

    /**
     * Looks at one disk whose partition table counts in sectors of a given length.
     *
     * @param sectorSize 512 or 4096 bytes; empty for what the table, the disk, or what lies on the partitions tells
     * @throws org.imagingutility.api.error.PartitionTableException if it has a table that cannot be gone by
     * @throws org.imagingutility.api.error.UsageException if there is a sector size and the service cannot be told one
     */
    default DiskListing disk(String device, OptionalInt sectorSize) throws ImagingException {
        if (sectorSize.isPresent()) {
            throw new UsageException("this service finds the sector size of a partition table out and cannot be told", null);
        }
        return disk(device);
    }

    /**
     * Copies the first bytes of a device, where its partition table stands, to a file as they are.
     *
     * @param bytes how many, at least 1; all if the device has less
     * @param overwrite whether a file that stands there is replaced
     * @return how many were copied
     */
    long dumpHead(String device, String file, long bytes, boolean overwrite) throws ImagingException;

    /** Lists the plug-ins there are, sorted by kind and name, those that are not used included. Never fails because of one. */
    List<PluginInfo> plugins();
}
