package org.imagingutility.api.job;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Makes one image of each of several devices. Where their source is a snapshot, all are frozen at one moment.
 *
 * @param devices references of the devices, at least one, in the order in which their images are made
 * @param folder folder of the images, each named after its device ({@link #nameOf})
 * @param separately whether devices that cannot be frozen together are frozen one by one, at moments of their own
 * @param output how the images are written
 * @param source what of the devices is read
 * @param readErrors what is done where a device cannot be read
 * @param layout how the images are divided and compressed
 * @param pipeline how much is done at once
 * @param linearHashes names of digests over the content of each device in order, free ranges as zeros
 */
public record ImageVolumesRequest(List<String> devices, String folder, boolean separately, ImageRequest.Output output, ImageRequest.Source source,
        ImageRequest.ReadErrors readErrors, ImageRequest.Layout layout, PipelineOptions pipeline, List<String> linearHashes)
        implements JobRequest<ImageVolumesResult> {

    /** Checks that nothing is null, that there is a device, and that no two images have one name. */
    public ImageVolumesRequest {
        devices = List.copyOf(devices);
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(readErrors, "readErrors");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(pipeline, "pipeline");
        linearHashes = List.copyOf(linearHashes);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("no volumes are named: --volumes C:,D:");
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String device : devices) {
            String other = names.put(nameOf(device).toLowerCase(Locale.ROOT), device);
            if (other != null) {
                throw new IllegalArgumentException("\"" + other + "\" and \"" + device + "\" would both become \"" + nameOf(device)
                        + "\": name each volume once, and image those of one name by themselves");
            }
        }
        if (readErrors.retryRecorded() && output.resume().isEmpty()) {
            throw new IllegalArgumentException("recorded bad ranges are retried only when images are resumed");
        }
    }

    @Override
    public String kind() {
        return "image";
    }

    @Override
    public String subject() {
        return String.join(",", devices);
    }

    /**
     * Returns the name of the image of a device: {@code C.skzimg} for {@code C:}, {@code C:\} and {@code \\.\C:}, else the last part of its
     * reference with {@code .skzimg} behind it, without characters that no file name has on some system.
     */
    public static String nameOf(String device) {
        String[] parts = device.split("[\\\\/]+");
        String last = parts.length == 0 ? "" : parts[parts.length - 1];
        String name = last.matches("[A-Za-z]:") ? last.substring(0, 1).toUpperCase(Locale.ROOT) : last.replaceAll("[<>:\"|?*\\p{Cntrl}]", "_");
        return (name.isEmpty() ? "volume" : name) + ".skzimg";
    }

    /** Returns the request for each image. */
    public List<ImageRequest> images() {
        boolean ended = folder.endsWith("/") || folder.endsWith("\\");
        List<ImageRequest> images = new ArrayList<>();
        for (String device : devices) {
            images.add(new ImageRequest(device, folder + (ended ? "" : File.separator) + nameOf(device), output, source, readErrors, layout, pipeline,
                    linearHashes));
        }
        return images;
    }
}
