package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ChunkLayout;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.check.KnownImage;
import org.imagingutility.format.skz.check.LayoutCheck;
import org.imagingutility.format.skz.check.StructureCheck;
import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;

/** Reads a complete image. Has no state but what was read when it was opened. */
final class SkzReader implements ImageReader {
    private final OpenImage image;
    private final ImageInfo info;

    SkzReader(OpenImage image) throws ImagingException {
        this.image = image;
        Footer footer = image.footer();
        StockRestore stock = StockRestore.of(image);
        this.info = new ImageInfo(Header.FORMAT, Header.MAJOR, actual(image.header().spec(), footer), footer.digests(),
                footer.usedBytes(), unreadableBytes(image), footer.fileLength(), stock.command(), footer.statistics(),
                stock.obstacle());
    }

    private static ImageSpec actual(ImageSpec planned, Footer footer) {
        return new ImageSpec(planned.deviceLength(), planned.sectorSize(), planned.frameSize(), planned.chunkSize(),
                planned.codecName(), planned.codecWireId(), planned.level(), planned.usedOnly(), planned.created(),
                footer.chunkCount(), footer.frameCount(), planned.metadata());
    }

    private static long unreadableBytes(OpenImage image) {
        // each is at most the bytes in use of its chunk, whose sum is no more than the device has
        long unreadable = 0;
        for (IndexSlot slot : image.slots()) {
            unreadable += slot.chunk().unreadableBytes();
        }
        return unreadable;
    }

    @Override
    public ImageInfo info() {
        return info;
    }

    @Override
    public int chunkCount() {
        return image.slots().size();
    }

    @Override
    public ChunkInfo chunk(int chunkIndex) {
        return image.slots().get(chunkIndex).chunk();
    }

    @Override
    public int findChunk(long deviceOffset) {
        List<IndexSlot> slots = image.slots();
        int low = 0;
        int high = slots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slots.get(middle).deviceEnd() > deviceOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < slots.size() && slots.get(low).chunk().deviceOffset() <= deviceOffset ? low : -1;
    }

    @Override
    public ChunkTable table(int chunkIndex) throws ImagingException {
        return image.table(chunkIndex);
    }

    @Override
    public Optional<Digest> computeContentDigest() throws ImagingException {
        SkzDigests.Content content = new SkzDigests.Content(image.header().spec());
        for (int chunkIndex = 0; chunkIndex < chunkCount(); chunkIndex++) {
            ChunkTable table = table(chunkIndex);
            for (FrameEntry entry : table.frames()) {
                content.add(entry.frame(), table.extents());
            }
        }
        return Optional.of(content.digest());
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        image.in().readStored(entry, target);
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        List<ImageRegion> regions = new ArrayList<>(image.slots().size());
        for (IndexSlot slot : image.slots()) {
            regions.add(ImageRegion.of(slot));
        }
        new StructureCheck(known(), regions, this::table, damages).run();
    }

    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) throws ImagingException {
        IndexSlot slot = image.slots().get(table.chunk().chunkIndex());
        LayoutCheck check = new LayoutCheck(image.in(), image.gaps(), damages);
        new ChunkLayout(known()).visit(slot, table, image.deviceEndBefore(slot.chunk().chunkIndex()), check);
    }

    private KnownImage known() {
        return new KnownImage(image.in(), image.headerBytes(), image.header(), image.footer().imageId(),
                Optional.of(image.footer()), image.slots().size(), image.codecs());
    }

    /** Does nothing: the file is the caller's, and there is nothing else to give back. */
    @Override
    public void close() {
    }
}
