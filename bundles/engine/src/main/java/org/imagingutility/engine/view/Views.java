package org.imagingutility.engine.view;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.ServedDevice;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.read.OmittedRanges;
import org.imagingutility.engine.read.OpenImage;
import org.imagingutility.engine.read.UnreadableRanges;
import org.imagingutility.engine.source.LeftOut;
import org.imagingutility.engine.source.PartitionReference;
import org.imagingutility.engine.view.overlay.OverlayDevice;

/** The devices of one server, with the memory and the threads they share. For one thread; the devices are for many. */
public final class Views implements AutoCloseable {
    private final Plugins installed;
    private final JobMonitor monitor;
    private final DecodedFrames cache;
    private final Semaphore permits;
    private final ThreadPoolExecutor ahead;
    private final int aheadBytes;
    /** The last one is closed first: an overlay before what it lies over. */
    private final Contents.Closer open = new Contents.Closer();
    private final List<String> leftOut = new ArrayList<>();
    private int images;

    /**
     * Creates a server's share.
     *
     * @param monitor may be asked and told by several threads at once
     * @param cacheBytes most bytes of decoded content that are kept
     * @param decoders how many frames are decoded at once; 0 for one for each processor
     */
    public Views(Plugins installed, JobMonitor monitor, long cacheBytes, int decoders) {
        this.installed = installed;
        this.monitor = monitor;
        this.cache = new DecodedFrames(cacheBytes);
        int most = decoders > 0 ? decoders : Runtime.getRuntime().availableProcessors();
        this.permits = new Semaphore(most, true);
        this.ahead = ReadAhead.threads(most);
        this.aheadBytes = (int) Math.min(Integer.MAX_VALUE, cacheBytes / 2);
    }

    /** Returns the frames that all devices share. */
    DecodedFrames cache() {
        return cache;
    }

    /** Opens what is to be served. */
    public ServedDevice open(ServeRequest.Export export) throws ImagingException {
        ContentDevice device = content(export, false);
        open.add(device::close);
        if (export.overlay().isEmpty()) {
            return device;
        }
        OverlayDevice written = OverlayDevice.over(device, device.identity(), export.overlay().get());
        open.add(written::close);
        if (written.continued()) {
            monitor.notice("\"" + export.overlay().get().file() + "\" was there: what was written to it before is continued with");
        }
        return written;
    }

    /**
     * Opens an image, a set or a partition of either so that what it lacks is an error, not zeros. The caller closes it.
     *
     * @param reference reference of an image, of the folder of a set, or of one partition of either
     */
    public ContentVolume openWhole(String reference) throws ImagingException {
        return new ContentVolume(content(new ServeRequest.Export("", reference, false, Optional.empty()), true));
    }

    /** Returns the paths of files whose content the images opened by {@link #openWhole} leave out, as their facts have them. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private ContentDevice content(ServeRequest.Export export, boolean whole) throws ImagingException {
        Optional<PartitionReference> part = PartitionReference.of(export.image());
        String reference = part.map(PartitionReference::disk).orElse(export.image());
        OptionalInt number = number(export);
        AtomicReference<ContentDevice.Parts> parts = new AtomicReference<>();
        ContentKeeper<OpenContent> keeper = ContentKeeper.open(installed, monitor, export.image(),
                asAsked(export, isFolder(reference) ? set(reference, number, parts) : image(reference, number), parts, whole));
        return new ContentDevice(export.name(), export.image(), keeper, parts.get(), cache, aheadBytes, ahead, monitor::notice);
    }

    private static OptionalInt number(ServeRequest.Export export) {
        return PartitionReference.of(export.image()).map(one -> OptionalInt.of(one.number())).orElse(OptionalInt.empty());
    }

    /** A reference that is the path of a folder is a set; all else is for image stores. */
    public static boolean isFolder(String reference) {
        try {
            return Files.isDirectory(FilePaths.of(reference));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private ContentKeeper.Opener<OpenContent> asAsked(ServeRequest.Export export, ContentKeeper.Opener<OpenContent> content,
            AtomicReference<ContentDevice.Parts> parts, boolean whole) {
        return plugins -> {
            OpenContent opened = content.open(plugins);
            try {
                return noted(plugins, export.asDisk() ? DiskShape.around(plugins, export.image(), opened) : opened, parts, number(export), whole);
            } catch (ImagingException | RuntimeException | Error e) {
                Contents.Closer closer = new Contents.Closer();
                closer.add(opened::close);
                closer.after(e);
                throw e;
            }
        };
    }

    private static ContentKeeper.Opener<OpenContent> image(String reference, OptionalInt partition) {
        AtomicReference<ImageInfo> info = new AtomicReference<>();
        return plugins -> {
            OpenContent content = Contents.image(plugins, reference, Optional.ofNullable(info.get()), partition);
            info.set(content.images().get(0).reader().info());
            return content;
        };
    }

    private static ContentKeeper.Opener<OpenContent> set(String folder, OptionalInt partition, AtomicReference<ContentDevice.Parts> parts) {
        return plugins -> SetContent.open(plugins, folder,
                Optional.ofNullable(parts.get()).map(known -> SetContent.digestOf(known.identity())), partition);
    }

    /** Makes the frames of the images when they are opened first; they stay when these are opened again. */
    private OpenContent noted(JobPlugins plugins, OpenContent content, AtomicReference<ContentDevice.Parts> parts, OptionalInt partition,
            boolean whole) throws ImagingException {
        if (parts.get() == null) {
            List<ImageFrames> frames = new ArrayList<>();
            List<ExtentList> lost = new ArrayList<>();
            for (OpenImage image : content.images()) {
                ImageInfo info = image.reader().info();
                frames.add(new ImageFrames(plugins, image.reference(), images++, info.spec(), cache, permits, monitor::notice));
                if (info.unreadableBytes() > 0) {
                    plugins.monitor().notice(info.unreadableBytes() + " bytes of the device of \"" + image.reference()
                            + "\" could not be read when the image was made: "
                            + (whole ? "what lies there is missing" : "they read as zeros") + "; info lists them");
                }
                if (whole) {
                    lost.add(info.unreadableBytes() > 0 ? UnreadableRanges.of(image.reader(), Integer.MAX_VALUE) : ExtentList.empty());
                    OmittedRanges.report(image.reference(), info, plugins.monitor());
                    LeftOut.of(info.spec().metadata()).ifPresent(files -> {
                        List<String> paths = LeftOut.onVolume(List.of(files.split(", ")), partition);
                        leftOut.addAll(paths);
                        if (!paths.isEmpty()) {
                            plugins.monitor().notice("\"" + image.reference() + "\" does not hold the content of " + String.join(", ", paths));
                        }
                    });
                }
            }
            parts.set(new ContentDevice.Parts(content.layout(), content.sectorSize(), content.identity(), frames, List.copyOf(lost)));
        }
        return content;
    }

    /** Closes all devices: those who read are waited for. */
    @Override
    public void close() throws ImagingException {
        ahead.shutdown();
        open.close();
    }
}
