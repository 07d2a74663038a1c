package org.imagingutility.format.skz.read;

import java.nio.ByteBuffer;
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
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.format.skz.check.ChunkCheck;
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
        this.info = new ImageInfo(Header.FORMAT, Header.MAJOR, actual(image.header().spec(), footer), footer.digests(),
                footer.usedBytes(), unreadableBytes(image), footer.fileLength(), stockCommand(image), footer.statistics());
    }

    private static ImageSpec actual(ImageSpec planned, Footer footer) {
        return new ImageSpec(planned.deviceLength(), planned.sectorSize(), planned.frameSize(), planned.chunkSize(),
                planned.codecName(), planned.codecWireId(), planned.level(), planned.usedOnly(), planned.created(),
                footer.chunkCount(), footer.frameCount(), planned.metadata());
    }

    private static long unreadableBytes(OpenImage image) {
        // each is at most the bytes in use of its chunk, whose sum is no more than the device has
        return image.slots().stream().mapToLong(slot -> slot.chunk().unreadableBytes()).sum();
    }

    private static Optional<String> stockCommand(OpenImage image) throws ImagingException {
        int codec = image.header().spec().codecWireId();
        boolean oneCodec = image.slots().stream().allMatch(slot -> slot.chunk().codecWireId() == codec);
        if (!image.header().gapsWritten() || !oneCodec) {
            return Optional.empty();
        }
        try {
            return image.codecs().byWireId(codec, Header.neededBy(image.header().spec(), image.in().image(), codec))
                    .traits().stockCommand();
        } catch (PluginMissingException e) {
            // only the codec knows the command; the image can be looked at without it
            return Optional.empty();
        }
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
        new StructureCheck(image, damages).run();
    }

    @Override
    public void checkChunk(ChunkTable table, Consumer<Damage> damages) throws ImagingException {
        new ChunkCheck(image, damages).run(table);
    }

    /** Does nothing: the file is the caller's, and there is nothing else to give back. */
    @Override
    public void close() {
    }
}
