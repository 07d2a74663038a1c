package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImagingException;

/** What is left of an skz image. Holds where its chunks are; what they hold is read when it is asked for. */
final class SkzSalvage implements SalvagedImage {
    /** Flags of features that a program must know to change an image. */
    private static final int READ_COMPATIBLE_AT = 24;

    private final ImageTrace image;
    private final Traces traces;
    private final SearchMonitor monitor;

    SkzSalvage(ImageTrace image, Traces traces, SearchMonitor monitor) {
        this.image = image;
        this.traces = traces;
        this.monitor = monitor;
    }

    ImageTrace image() {
        return image;
    }

    List<Trace> traces() {
        return traces.list();
    }

    SearchMonitor monitor() {
        return monitor;
    }

    @Override
    public ImageSpec spec() {
        ImageSpec spec = image.header().spec();
        long largest = spec.chunkSize();
        for (Trace trace : traces()) {
            if (trace.isChunk()) {
                largest = Math.max(largest, trace.deviceEnd() - trace.deviceStart());
            }
        }
        long chunkSize = (largest - 1) / spec.frameSize() * spec.frameSize() + spec.frameSize();
        return new ImageSpec(spec.deviceLength(), spec.sectorSize(), spec.frameSize(), chunkSize, spec.codecName(),
                spec.codecWireId(), spec.level(), spec.usedOnly(), spec.created(), spec.plannedChunks(),
                spec.plannedFrames(), spec.metadata());
    }

    @Override
    public Optional<Metadata> statistics() {
        return image.footer().map(Footer::statistics);
    }

    @Override
    public boolean finished() {
        return traces.finished();
    }

    @Override
    public Pass pass(Consumer<Damage> damages) {
        return new SalvagePass(this, damages);
    }

    @Override
    public void checkStructure(Consumer<Damage> damages) throws ImagingException {
        PartVisitor check = new PartCheck(image, damages);
        OuterParts parts = new OuterParts(image, traces(), slots());
        parts.visitFront(check);
        parts.visitTailGap(check);
        parts.visitCopies(check);
        parts.visitEnd(check);
    }

    @Override
    public Optional<Salvaged.Chunk> chunkAt(long deviceOffset) throws ImagingException {
        int low = 0;
        int high = traces().size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (traces().get(middle).deviceEnd() > deviceOffset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == traces().size() || !traces().get(low).isChunk() || traces().get(low).deviceStart() > deviceOffset) {
            return Optional.empty();
        }
        RescuedChunk rescued = new ChunkRescue(image, SearchMonitor.NONE).rescue(traces().get(low), deviceEndBefore(low));
        return rescued.description() == null ? Optional.empty() : Optional.of(rescued.toSalvaged());
    }

    RescuedChunk rescue(int index) throws ImagingException {
        return new ChunkRescue(image, monitor).rescue(traces().get(index), deviceEndBefore(index));
    }

    /** Returns where the chunk before trace {@code index} ends on the device: there its gap frames begin; -1 if not known. */
    long deviceEndBefore(int index) {
        return Traces.deviceEndBefore(traces().get(index), index == 0 ? null : traces().get(index - 1));
    }

    @Override
    public void readStored(FrameEntry entry, ByteBuffer target) throws ImagingException {
        image.in().file().read(entry.fileOffset(), target);
    }

    @Override
    public Optional<String> obstacle() {
        int unknown = image.headerBytes().getInt(READ_COMPATIBLE_AT) & ~Flags.KNOWN_READ_COMPATIBLE;
        if (unknown != 0) {
            return Optional.of("the image has features 0x%X, which this program does not know".formatted(unknown));
        }
        if (image.footer().isEmpty()) {
            return Optional.of(finished() ? "both footer and footer copy are lost, and with them facts that stand nowhere else"
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
        List<IndexSlot> slots = slots();
        requireTold(slots);
        PartVisitor rewriter = new PartRewriter(image, rewritten);
        OuterParts parts = new OuterParts(image, traces(), slots);
        parts.visitFront(rewriter);
        ChunkParts chunks = new ChunkParts(image);
        for (int i = 0; i < traces().size(); i++) {
            if (traces().get(i).isChunk()) {
                RescuedChunk rescued = rescue(i);
                if (rescued.isWhole()) {
                    chunks.visit(rescued, deviceEndBefore(i), rewriter);
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
            rewritten.accept(new Damage(end, image.in().length() - end, Optional.empty(), "cut off behind the end of the image"));
        }
    }

    /** Checks, where all slots are known, that they are those the footer tells of. */
    private void requireTold(List<IndexSlot> slots) throws ImagingException {
        Footer footer = image.footer().orElseThrow();
        if (!slots.contains(null) && slots.size() == footer.chunkCount()
                && !SkzDigests.image(image.headerBytes(), slots).equals(footer.digests().image())) {
            throw image.in().place(footer.fileOffset()).damaged("the chunks that were found are not those the footer tells of");
        }
    }

    /** Returns the slot of each trace, null where it is not known. */
    private List<IndexSlot> slots() {
        List<IndexSlot> slots = new ArrayList<>();
        traces().forEach(trace -> slots.add(trace.slot()));
        return slots;
    }

    /** Does nothing: the file is the caller's, and there is nothing else to give back. */
    @Override
    public void close() {
    }
}
