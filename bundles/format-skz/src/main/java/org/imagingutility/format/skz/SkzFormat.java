package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.format.skz.file.GapFrames;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.MetadataJson;
import org.imagingutility.format.skz.read.ImageOpener;
import org.imagingutility.format.skz.resume.AbortedStart;
import org.imagingutility.format.skz.resume.UnfinishedImageScan;
import org.imagingutility.format.skz.salvage.ChunkMap;
import org.imagingutility.format.skz.salvage.DamagedImage;
import org.imagingutility.format.skz.salvage.DamagedImageSearch;
import org.imagingutility.format.skz.salvage.SkzSalvage;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.write.SkzWriter;
import org.osgi.service.component.annotations.Component;

/**
 * The skz container: seekable, verifiable images that with the zstd codec are valid {@code .zst} files as well. Its
 * layout is specified in {@code docs/image-format.md}; the grammar stands in the comment of this package.
 * Used by several threads at once.
 */
@Component(service = ContainerFormat.class)
public final class SkzFormat implements ContainerFormat {
    /** Creates the format. */
    public SkzFormat() {
    }

    @Override
    public String name() {
        return Header.FORMAT;
    }

    /**
     * {@inheritDoc} A file that only ends as such an image does is recognised as well: its first bytes may be damaged or
     * unreadable.
     */
    @Override
    public boolean recognises(ImageFile file) throws ImagingException {
        ImageInput in = new ImageInput(file);
        try {
            if (beginsAsImage(in)) {
                return true;
            }
        } catch (ImageReadException e) {
            if (in.endLocator().isPresent()) {
                return true;
            }
            throw e;
        }
        return in.endLocator().isPresent();
    }

    private static boolean beginsAsImage(ImageInput in) throws ImagingException {
        if (in.length() < Structure.TAGGED_LENGTH) {
            return false;
        }
        ByteBuffer start = in.read(0, Structure.TAGGED_LENGTH);
        return start.getInt(0) == StructureKind.HEADER.magic()
                && start.getLong(Structure.PREFIX_LENGTH) == StructureKind.HEADER.tagBits();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UsageException if more chunks are planned than an index can have
     */
    @Override
    public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
        requireStorable(spec);
        boolean streamed = !file.seekable();
        if (!streamed && file.length() > 0) {
            throw new TargetException(file.reference(), 0, "has " + file.length() + " bytes already",
                    "begin the image in an empty file", null);
        }
        Codec codec = codecs.byWireId(spec.codecWireId(), Header.neededBy(spec, file.reference(), spec.codecWireId()));
        return SkzWriter.begin(file, new Header(spec, streamed, GapFrames.planRun(spec, codec)), codecs);
    }

    private static void requireStorable(ImageSpec spec) throws UsageException {
        if (spec.plannedChunks() > Limits.PLANNED_CHUNKS) {
            throw new UsageException(spec.plannedChunks() + " chunks of " + spec.chunkSize() + " bytes are more than the "
                    + Limits.PLANNED_CHUNKS + " an image is planned with", chunkSizeRemedy(spec));
        }
        if (spec.sectorSize() < 1 || spec.sectorSize() > Limits.SECTOR_SIZE || !Header.validCodecName(spec.codecName())) {
            throw new IllegalArgumentException("sector size " + spec.sectorSize() + " or codec name \""
                    + spec.codecName() + "\" cannot stand in an image");
        }
        if (spec.plannedChunks() < 0 || spec.plannedFrames() < 0) {
            throw new IllegalArgumentException("planned counts are negative: " + spec.plannedChunks() + " chunks, "
                    + spec.plannedFrames() + " frames");
        }
        MetadataJson.encodeStorable(spec.metadata());
    }

    private static String chunkSizeRemedy(ImageSpec spec) {
        // a power of two is a multiple of any smaller frame size
        long size = Long.highestOneBit(spec.chunkSize());
        long chunks = spec.plannedChunks();
        while (size < ImageSpec.MAX_CHUNK_SIZE && chunks > Limits.PLANNED_CHUNKS) {
            size *= 2;
            chunks = (chunks + 1) / 2;
        }
        return "use chunks of " + (size >> 20) + " MiB";
    }

    /**
     * {@inheritDoc} Chunks that the index tells of are believed when their tables hold: they were forced before. All else is
     * read and checked, byte by byte.
     */
    @Override
    public UnfinishedImage reopen(ImageFile file, CodecLookup codecs) throws ImagingException {
        return UnfinishedImageScan.of(file, codecs);
    }

    @Override
    public boolean holdsNothing(ImageFile file) throws ImagingException {
        return AbortedStart.isAllOf(new ImageInput(file));
    }

    @Override
    public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
        return ImageOpener.open(new ImageInput(file), codecs);
    }

    @Override
    public SalvagedImage salvage(ImageFile file, CodecLookup codecs, SearchMonitor monitor) throws ImagingException {
        DamagedImage image = new DamagedImageSearch(new ImageInput(file), codecs, monitor).run();
        return new SkzSalvage(image, ChunkMap.find(image, monitor), monitor);
    }
}
