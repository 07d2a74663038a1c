package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ChunkLayout;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.check.LayoutVisitor;
import org.imagingutility.format.skz.check.OuterLayout;
import org.imagingutility.format.skz.check.StructureCheck;
import org.imagingutility.format.skz.layout.FeatureFlags;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexAgreement;

/** What is left of an skz image. Holds where its chunks are; what they hold is read when it is asked for. */
public final class SkzSalvage implements SalvagedImage {
    /** Flags of features that a program must know to change an image. */
    private static final int READ_COMPATIBLE_AT = 24;

    private final DamagedImage image;
    private final ChunkMap map;
    private final SearchMonitor monitor;

    /** Shows what is left of {@code image}, whose chunks are where {@code map} says. */
    public SkzSalvage(DamagedImage image, ChunkMap map, SearchMonitor monitor) {
        this.image = image;
        this.map = map;
        this.monitor = monitor;
    }

    DamagedImage image() {
        return image;
    }

    List<ImageRegion> regions() {
        return map.list();
    }

    SearchMonitor monitor() {
        return monitor;
    }

    /**
     * {@inheritDoc} Planned are the chunks and frames that are known, whatever the header says: what is there bounds what is
     * made of it.
     */
    @Override
    public ImageSpec spec() {
        ImageSpec spec = image.header().spec();
        long largest = spec.chunkSize();
        long frames = 0;
        for (ImageRegion region : regions()) {
            if (region.isChunk()) {
                largest = Math.max(largest, region.deviceEnd() - region.deviceStart());
                frames += region.slot() == null ? 0 : region.slot().chunk().frameCount();
            }
        }
        long chunkSize = (largest - 1) / spec.frameSize() * spec.frameSize() + spec.frameSize();
        return new ImageSpec(spec.deviceLength(), spec.sectorSize(), spec.frameSize(), chunkSize, spec.codecName(),
                spec.codecWireId(), spec.level(), spec.usedOnly(), spec.created(),
                Math.min(spec.plannedChunks(), regions().size()), Math.min(spec.plannedFrames(), frames), spec.metadata());
    }

    @Override
    public Optional<Metadata> statistics() {
        return image.footer().map(Footer::statistics);
    }

    @Override
    public boolean finished() {
        return map.finished();
    }

    @Override
    public Pass pass(Consumer<Damage> damages) {
        return new SalvagePass(this, damages);
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        new StructureCheck(image.known(), regions(), this::tableOf, damages).run();
    }

    /** Returns the table of a chunk that was found. */
    private ChunkTable tableOf(int chunkIndex) throws ImagingException {
        RecoveredChunk recovered = recover(chunkIndex);
        if (!recovered.isWhole()) {
            throw image.in().place(regions().get(chunkIndex).fileStart()).damaged("chunk " + chunkIndex + " is not whole");
        }
        return recovered.toTable();
    }

    @Override
    public Optional<Salvaged.Chunk> chunkAt(long deviceOffset) throws ImagingException {
        int low = 0;
        int high = regions().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (regions().get(middle).deviceEnd() > deviceOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == regions().size() || !regions().get(low).isChunk() || regions().get(low).deviceStart() > deviceOffset) {
            return Optional.empty();
        }
        RecoveredChunk recovered = new ChunkRecovery(image, SearchMonitor.NONE)
                .recover(regions().get(low), deviceEndBefore(low));
        return recovered.description() == null ? Optional.empty() : Optional.of(recovered.toSalvaged());
    }

    RecoveredChunk recover(int index) throws ImagingException {
        return new ChunkRecovery(image, monitor).recover(regions().get(index), deviceEndBefore(index));
    }

    /**
     * Returns where the chunk before region {@code index} ends on the device: there its gap frames begin; -1 if not known.
     */
    long deviceEndBefore(int index) {
        return ChunkMap.deviceEndBefore(regions().get(index), index == 0 ? null : regions().get(index - 1));
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        image.in().file().read(entry.fileOffset(), target);
    }

    @Override
    public Optional<String> obstacle() {
        int unknown = image.headerBytes().getInt(READ_COMPATIBLE_AT) & ~FeatureFlags.KNOWN_READ_COMPATIBLE;
        if (unknown != 0) {
            return Optional.of("the image has features 0x%X, which this program does not know".formatted(unknown));
        }
        if (image.footer().isEmpty()) {
            return Optional.of(finished()
                    ? "both footer and footer copy are lost, and with them facts that stand nowhere else"
                    : "the image was not finished, or its end is lost");
        }
        if (image.in().length() < image.footer().get().tailGapOffset()) {
            return Optional.of("the file ends at byte " + image.in().length() + ", its chunks at byte "
                    + image.footer().get().tailGapOffset());
        }
        return Optional.empty();
    }

    @Override
    public void rewrite(Consumer<Damage> rewritten) throws ImagingException {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new IllegalStateException(obstacle.get());
        }
        LayoutVisitor rewriter = new LayoutRepair(image, rewritten);
        OuterLayout parts = new OuterLayout(image.known(), regions());
        requireTold(parts);
        parts.visitFront(rewriter);
        ChunkLayout chunks = new ChunkLayout(image.known());
        for (int i = 0; i < regions().size(); i++) {
            if (regions().get(i).isChunk()) {
                RecoveredChunk recovered = recover(i);
                if (recovered.isWhole()) {
                    chunks.visit(recovered.description(), recovered.frames(), recovered.slot(), deviceEndBefore(i), rewriter);
                }
            }
        }
        parts.visitTailGap(rewriter);
        image.in().file().force();
        parts.visitCopies(rewriter);
        image.in().file().force();
        parts.visitEnd(rewriter);
        image.in().file().force();
        cutOff(rewritten);
    }

    private void cutOff(Consumer<Damage> rewritten) throws ImagingException {
        long end = image.footer().orElseThrow().fileLength();
        if (image.in().length() > end) {
            image.in().file().truncate(end);
            image.in().file().force();
            rewritten.accept(new Damage(end, image.in().length() - end, Optional.empty(),
                    "cut off behind the end of the image"));
        }
    }

    /** Checks, where all slots are known, that they are those the footer tells of. */
    private void requireTold(OuterLayout parts) throws ImagingException {
        Footer footer = image.footer().orElseThrow();
        Optional<String> contradiction = parts.allSlots()
                ? IndexAgreement.contradiction(footer, image.headerBytes(), parts.slots()) : Optional.empty();
        if (contradiction.isPresent()) {
            throw new ImageDamagedException(image.in().image(), footer.fileOffset(), contradiction.get(),
                    "nothing tells which of the two is right: write what is there to a new image (--out)");
        }
    }

    /** Does nothing: the file is the caller's, and there is nothing else to give back. */
    @Override
    public void close() {
    }
}
