package org.imagingutility.format.skz;

import java.util.function.Consumer;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;

/** Goes from trace to trace, looks at each chunk and checks its structures. For one thread. */
final class SalvagePass implements SalvagedImage.Pass {
    private final SkzSalvage salvage;
    private final Consumer<Damage> damages;
    private final PartVisitor check;
    private int nextTrace;
    private LostParts lost;

    SalvagePass(SkzSalvage salvage, Consumer<Damage> damages) {
        this.salvage = salvage;
        this.damages = damages;
        this.check = new PartCheck(salvage.image(), damages);
    }

    @Override
    public Salvaged next() throws ImagingException {
        while (true) {
            Salvaged part = lost == null ? null : lost.next();
            if (part != null) {
                return part;
            }
            lost = null;
            if (nextTrace == salvage.traces().size()) {
                return null;
            }
            Salvaged.Chunk chunk = open(nextTrace++);
            if (chunk != null) {
                return chunk;
            }
        }
    }

    /** Looks at a trace; returns its chunk, or null if its frames have to be searched. */
    private Salvaged.Chunk open(int index) throws ImagingException {
        Trace trace = salvage.traces().get(index);
        if (trace.isChunk()) {
            RescuedChunk rescued = salvage.rescue(index);
            rescued.damages().forEach(damages);
            if (rescued.description() != null) {
                if (rescued.isWhole() && rescued.damages().isEmpty()) {
                    new ChunkParts(salvage.image()).visit(rescued, salvage.deviceEndBefore(index), check);
                }
                return rescued.toSalvaged();
            }
        }
        lost = new LostParts(salvage.image(), trace, damages, salvage.monitor());
        return null;
    }
}
