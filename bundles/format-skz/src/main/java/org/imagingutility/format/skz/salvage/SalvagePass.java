package org.imagingutility.format.skz.salvage;

import java.util.function.Consumer;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.Salvaged;
import org.imagingutility.api.container.SalvagedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.check.ChunkLayout;
import org.imagingutility.format.skz.check.ImageRegion;
import org.imagingutility.format.skz.check.LayoutCheck;
import org.imagingutility.format.skz.check.LayoutVisitor;

/** Goes from region to region, looks at each chunk and checks its structures. For one thread. */
final class SalvagePass implements SalvagedImage.Pass {
    private final SkzSalvage salvage;
    private final Consumer<Damage> damages;
    private final LayoutVisitor check;
    private int nextRegion;
    private OrphanFrames lost;

    SalvagePass(SkzSalvage salvage, Consumer<Damage> damages) {
        this.salvage = salvage;
        this.damages = damages;
        this.check = new LayoutCheck(salvage.image().in(), salvage.image().gaps(), damages);
    }

    @Override
    public Salvaged next() throws ImagingException {
        while (true) {
            Salvaged part = lost == null ? null : lost.next();
            if (part != null) {
                return part;
            }
            lost = null;
            if (nextRegion == salvage.regions().size()) {
                return null;
            }
            Salvaged.Chunk chunk = open(nextRegion++);
            if (chunk != null) {
                return chunk;
            }
        }
    }

    /** Looks at a region; returns its chunk, or null if its frames have to be searched. */
    private Salvaged.Chunk open(int index) throws ImagingException {
        ImageRegion region = salvage.regions().get(index);
        if (region.isChunk()) {
            RecoveredChunk recovered = salvage.recover(index);
            recovered.damages().forEach(damages);
            if (recovered.description() != null) {
                if (recovered.isWhole() && recovered.damages().isEmpty()) {
                    new ChunkLayout(salvage.image().known()).visit(recovered.description(), recovered.frames(), recovered.slot(),
                            salvage.deviceEndBefore(index), check);
                }
                return recovered.toSalvaged();
            }
        }
        lost = new OrphanFrames(salvage.image(), region, damages, salvage.monitor());
        return null;
    }
}
