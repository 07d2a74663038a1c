package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/**
 * Shows the {@link Sections} of an image as chunks, each window as a frame in the form of {@link StoredCodec}. Where the end of
 * the file is missing, one chunk more, without frames, stands for what is lost. Used by several threads at once, which wait for
 * each other: a zstd frame is decoded by one of them.
 *
 * <p>Memory: three streams, each with 4 MiB of content, 128 KiB of input and the window of its zstd frame (up to 128 MiB, as
 * little as 2 MiB at common levels), and up to 8 MiB of digests.
 */
final class Img1Reader implements ImageReader {
    /** Stands where the format has no digest. */
    static final Digest NO_DIGEST = Digest.of(new byte[FrameProofs.DIGEST]);

    private final ImageFile file;
    private final Layout layout;
    private final Sections sections;
    private final ImageInfo info;
    private final ChunkStreams streams;
    private final Tables tables;

    Img1Reader(ImageFile file, Layout layout) throws ImagingException {
        this.file = file;
        this.layout = layout;
        this.sections = new Sections(layout.chunks());
        this.info = Facts.info(layout, sections, file.length());
        this.streams = new ChunkStreams(file, layout.chunks());
        this.tables = new Tables(layout, sections, new ChunkProver(file, layout, streams));
    }

    @Override
    public ImageInfo info() {
        return info;
    }

    @Override
    public int chunkCount() {
        return sections.count() + (layout.lost() ? 1 : 0);
    }

    @Override
    public ChunkInfo chunk(int chunkIndex) {
        if (chunkIndex == sections.count() && layout.lost()) {
            return new ChunkInfo(chunkIndex, layout.lostFrom(), layout.deviceLength() - layout.lostFrom(), cutAt(), 0, 0,
                    StoredCodec.WIRE_ID, NO_DIGEST);
        }
        if (chunkIndex < 0 || chunkIndex >= sections.count()) {
            throw new IndexOutOfBoundsException("chunk " + chunkIndex + " of " + chunkCount());
        }
        long from = sections.firstWindow(chunkIndex) * Sections.FRAME;
        long end = from + sections.windowCount(chunkIndex) * (long) Sections.FRAME;
        Chunk first = layout.chunks().get(sections.firstChunk(chunkIndex));
        return new ChunkInfo(chunkIndex, from, Math.min(end, layout.lostFrom()) - from, first.payloadOffset(),
                first.compressed(), sections.windowCount(chunkIndex), StoredCodec.WIRE_ID, NO_DIGEST);
    }

    @Override
    public int findChunk(long deviceOffset) {
        if (deviceOffset >= layout.lostFrom()) {
            return deviceOffset < layout.deviceLength() ? sections.count() : -1;
        }
        return deviceOffset < 0 ? -1 : sections.find(Sections.window(deviceOffset));
    }

    /** {@inheritDoc} Decodes the chunks of the file that have a part in it, which takes a second for 512 MiB. */
    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        ChunkInfo chunk = chunk(chunkIndex);
        if (chunkIndex == sections.count()) {
            throw new ImageDamagedException(file.reference(), cutAt(), layout.cut().map(Damage::reason).orElse("is cut off")
                    + ": nothing is left of device bytes " + layout.lostFrom() + " to " + (layout.deviceLength() - 1),
                    layout.lostFrom() == 0 ? null : "what is left can be saved: export-range --offset 0 --length "
                            + layout.lostFrom());
        }
        synchronized (streams) {
            return tables.table(chunk);
        }
    }

    @Override
    public boolean tableProvesContent() {
        return true;
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        long from = entry.frame().frameIndex() * Sections.FRAME;
        long end = from + target.remaining();
        int base = target.position();
        Chunks chunks = layout.chunks();
        synchronized (streams) {
            for (int i = chunks.firstEndingAfter(from); i < chunks.count() && chunks.deviceOffset(i) < end; i++) {
                long partFrom = Math.max(from, chunks.deviceOffset(i));
                long partEnd = Math.min(end, chunks.deviceEnd(i));
                zeroUpTo(base + (int) (partFrom - from), target);
                read(i, (int) (partFrom - chunks.deviceOffset(i)), (int) (partEnd - partFrom), target);
            }
        }
        zeroUpTo(target.limit(), target);
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        layout.cut().ifPresent(damages);
        Chunks chunks = layout.chunks();
        long position = layout.header().length();
        for (int i = 0; i < chunks.count(); i++) {
            Chunk chunk = chunks.get(i);
            long head = chunk.payloadOffset() - Chunk.HEAD;
            if (head != position) {
                damages.accept(LayoutReader.harmless(Math.min(head, position), "chunk " + i + " begins at byte " + head
                        + ", the one before it ends at " + position));
            }
            position = chunk.fileEnd();
        }
        if (layout.cut().isEmpty()) {
            long index = LayoutReader.indexOffset(file.length(), chunks.count());
            if (index != position) {
                damages.accept(LayoutReader.harmless(Math.min(index, position), "the index begins at byte " + index
                        + ", the last chunk ends at " + position));
            }
        }
    }

    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) throws ImagingException {
        int section = table.chunk().chunkIndex();
        long end = table.chunk().deviceOffset() + table.chunk().deviceLength();
        Chunks chunks = layout.chunks();
        for (int i = sections.firstChunk(section); i < chunks.count() && chunks.deviceOffset(i) < end; i++) {
            if (chunks.deviceOffset(i) >= table.chunk().deviceOffset()) {
                Chunk chunk = chunks.get(i);
                long head = chunk.payloadOffset() - Chunk.HEAD;
                ChunkHead.read(file, head).difference(chunk)
                        .ifPresent(reason -> damages.accept(new Damage(head, Chunk.HEAD, Optional.empty(), reason)));
            }
        }
    }

    @Override
    public void close() {
        synchronized (streams) {
            streams.close();
        }
    }

    private long cutAt() {
        return layout.cut().map(Damage::fileOffset).orElse(-1L);
    }

    /** Content held when the table was made; that it does not decode now is a fault of the medium. */
    private void read(int chunk, int from, int length, ByteBuffer target) throws ImagingException {
        try {
            streams.of(chunk).read(from, length, target);
        } catch (ImageDamagedException e) {
            throw new ImageReadException(file.reference(), e.offset(), e.reason() + "; it was whole when it was read before", e);
        }
    }

    private static void zeroUpTo(int position, ByteBuffer target) {
        while (target.position() < position) {
            target.put((byte) 0);
        }
    }
}
