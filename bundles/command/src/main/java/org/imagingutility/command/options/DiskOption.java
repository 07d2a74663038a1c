package org.imagingutility.command.options;

import java.util.List;
import java.util.OptionalInt;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.DeviceListing;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import picocli.CommandLine.Option;

/** A disk by its reference or by the number that {@code list} shows; for an exclusive group. */
public final class DiskOption {
    @Option(names = "--device", required = true, paramLabel = "DEVICE", order = 1,
            description = "The disk: a block device, or a raw file with the content of one.")
    private String device;

    @Option(names = "--disk", required = true, paramLabel = "N", order = 2, description = "The disk with this number in \"imaging list\".")
    private Integer number;

    /** Returns the number, if the disk was named by it. */
    public OptionalInt number() {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Returns the reference of the disk. */
    public String reference(ImagingService service) throws ImagingException {
        return number == null ? device : byNumber(service, number);
    }

    /**
     * Returns the reference of disk {@code number}.
     *
     * @throws UsageException if there is none, or a provider cannot list its disks, so that others may have its numbers
     */
    public static String byNumber(ImagingService service, int number) throws ImagingException {
        StringBuilder missing = new StringBuilder();
        List<DeviceListing> devices = service.devices(new JobMonitor() {
            @Override
            public void notice(String line) {
                missing.append(line);
            }
        });
        if (!missing.isEmpty()) {
            throw new UsageException("which disk has number " + number + " is not certain: " + missing,
                    "name the disk with --device, or remove the plug-in");
        }
        for (DeviceListing listing : devices) {
            if (listing.number().isPresent() && listing.number().getAsInt() == number) {
                return listing.device().reference();
            }
        }
        throw new UsageException("there is no disk " + number, "\"imaging list\" shows the disks and their numbers");
    }
}
