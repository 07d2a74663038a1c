package org.imagingutility.format.skz.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexAgreement;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;

/**
 * Checks what lies outside the chunks of an image: each part, from the first byte of the file to its last, is compared with
 * what header, footer and index dictate, and those with each other and with the digests. Who verifies an image and who
 * repairs one both ask here, so that they cannot come to two verdicts. For one thread.
 */
public final class StructureCheck {
    private final KnownImage image;
    private final List<ImageRegion> regions;
    private final Tables tables;
    private final Consumer<Damage> damages;

    /** Reads the tables of chunks. */
    @FunctionalInterface
    public interface Tables {
        /**
         * Returns the table of chunk {@code chunkIndex}.
         *
         * @throws ImageDamagedException if it does not hold
         */
        ChunkTable table(int chunkIndex) throws ImagingException;
    }

    /** Creates a check of {@code image}, whose chunks are where {@code regions} says, which tells {@code damages}. */
    public StructureCheck(KnownImage image, List<ImageRegion> regions, Tables tables, Consumer<Damage> damages) {
        this.image = image;
        this.regions = regions;
        this.tables = tables;
        this.damages = damages;
    }

    /** Checks all that lies outside the chunks, and the digests. */
    public void run() throws ImagingException {
        LayoutVisitor check = new LayoutCheck(image.in(), image.gaps(), damages);
        OuterLayout layout = new OuterLayout(image, regions);
        layout.visitFront(check);
        layout.visitTailGap(check);
        layout.visitCopies(check);
        layout.visitEnd(check);
        Optional<Footer> footer = image.footer();
        if (footer.isPresent() && layout.allSlots()) {
            digests(footer.get(), layout.slots());
        }
    }

    private void digests(Footer footer, List<IndexSlot> slots) throws ImagingException {
        Optional<String> contradiction = IndexAgreement.contradiction(footer, image.headerBytes(), slots);
        if (contradiction.isPresent()) {
            report(footer, contradiction.get());
        }
        Optional<Digest> computed = contentDigest(slots);
        if (computed.isPresent() && !computed.get().equals(footer.digests().content())) {
            report(footer, "content digest is " + computed.get() + ", expected " + footer.digests().content());
        }
    }

    private void report(Footer footer, String reason) {
        damages.accept(new Damage(footer.fileOffset(), footer.length(), Optional.empty(), reason));
    }

    /** Computes the content digest from all chunk tables; not if one does not hold: who reads the chunk is told. */
    private Optional<Digest> contentDigest(List<IndexSlot> slots) throws ImagingException {
        SkzDigests.Content content = new SkzDigests.Content(image.header().spec());
        for (IndexSlot slot : slots) {
            try {
                ChunkTable table = tables.table(slot.chunk().chunkIndex());
                for (FrameEntry entry : table.frames()) {
                    content.add(entry.frame(), table.extents());
                }
            } catch (ImageDamagedException | ImageReadException e) {
                // lies within a chunk: who reads or checks the chunk is told
                return Optional.empty();
            }
        }
        return Optional.of(content.digest());
    }
}
