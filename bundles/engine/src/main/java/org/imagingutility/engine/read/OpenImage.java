package org.imagingutility.engine.read;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.repository.image.RepositoryFormat;

/** An image opened for reading, with the file it is in; closes both. */
public final class OpenImage implements AutoCloseable {
    private final ImageFile file;
    private final ImageReader reader;
    private final boolean fromMedium;

    private OpenImage(ImageFile file, ImageReader reader, boolean fromMedium) {
        this.file = file;
        this.reader = reader;
        this.fromMedium = fromMedium;
    }

    /** Opens the image of a job: each time again that a plug-in of the job was replaced. */
    @FunctionalInterface
    public interface Source {
        /** Opens it; the job closes it. */
        OpenImage open() throws ImagingException;
    }

    /** Opens the image {@code reference} with the container format that recognises it. */
    public static OpenImage open(Plugins plugins, String reference) throws ImagingException {
        return open(plugins, reference, false);
    }

    /** Opens it like {@link #open(Plugins, String)}; if {@code uncached}, to be read from the medium where the store can. */
    public static OpenImage open(Plugins plugins, String reference, boolean uncached) throws ImagingException {
        return of(plugins, plugins.storeFor(reference).open(reference), uncached);
    }

    /** Opens the image in {@code file}, which is closed with it, also if it cannot be opened. */
    public static OpenImage of(Plugins plugins, ImageFile file, boolean uncached) throws ImagingException {
        try {
            boolean fromMedium = uncached && file.bypassCache(true);
            ImageReader reader = formatOf(plugins, file).open(file, plugins);
            plugins.expectCodec(reader.info().spec());
            return new OpenImage(file, reader, fromMedium);
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                file.close();
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Opens an image once more that was open in this job before.
     *
     * @param before what it said of itself then
     * @throws ImageFormatException if it is another one now
     */
    public static OpenImage reopen(JobPlugins plugins, ImageInfo before, String reference, boolean uncached)
            throws ImagingException {
        return reopen(plugins, before, reference, () -> open(plugins, reference, uncached));
    }

    /** Opens it once more like {@link #reopen(JobPlugins, ImageInfo, String, boolean)}, by {@code source}. */
    public static OpenImage reopen(JobPlugins plugins, ImageInfo before, String reference, Source source) throws ImagingException {
        OpenImage image;
        try {
            image = source.open();
        } catch (ImageFormatException e) {
            throw plugins.interrupted() ? e : plugins.refuse(plugins.formats(), reference,
                    "it does not open the image any more: " + e.getMessage());
        }
        if (!image.reader().info().digests().equals(before.digests())) {
            image.close();
            throw new ImageFormatException(reference, -1, "is another image than when the job began", "run the job again");
        }
        return image;
    }

    /** Returns the container format that recognises {@code file}. */
    public static ContainerFormat formatOf(Plugins plugins, ImageFile file) throws ImagingException {
        if (RepositoryFormat.INSTANCE.recognises(file)) {
            return RepositoryFormat.INSTANCE;
        }
        Optional<ContainerFormat> found = plugins.ask(plugins.formats(), file.reference(),
                format -> format.recognises(file) ? Optional.of(format) : Optional.empty());
        if (found.isEmpty()) {
            throw unknown(plugins, file);
        }
        return found.get();
    }

    /** Returns the reader. */
    public ImageReader reader() {
        return reader;
    }

    /** Says whether what is read comes from the medium rather than from the operating system's cache. */
    public boolean fromMedium() {
        return fromMedium;
    }

    /** Returns the name the image was opened by. */
    public String reference() {
        return file.reference();
    }

    @Override
    public void close() throws ImagingException {
        try {
            reader.close();
        } finally {
            file.close();
        }
    }

    private static ImageFormatException unknown(Plugins plugins, ImageFile file) throws ImagingException {
        byte[] start = new byte[(int) Math.min(8, file.length())];
        file.read(0, ByteBuffer.wrap(start));
        String formats = String.join(", ", plugins.formats().all().stream().map(ContainerFormat::name).toList());
        return new ImageFormatException(file.reference(), 0, start.length == 0 ? "the file is empty"
                : "begins with bytes " + HexFormat.of().formatHex(start) + ", which no installed container format ("
                + formats + ") begins with", "check that this is an image");
    }
}
