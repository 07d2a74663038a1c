package org.imagingutility.format.skz.check;

import java.util.function.Consumer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.OpenImage;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * Checks what lies outside the chunks of an image that was opened: goes through the file from its first byte to its
 * last, so that no byte is left unexplained, and compares each part with what header, footer and index dictate. Of each
 * structure that stands twice, one holds, or the image would not be open. For one thread.
 */
public final class StructureCheck {
    private final OpenImage image;
    private final ByteComparison comparison;

    /** Creates a check of {@code image}, which tells {@code damages} of what it finds. */
    public StructureCheck(OpenImage image, Consumer<Damage> damages) {
        this.image = image;
        this.comparison = new ByteComparison(image.in(), image.gaps(), damages);
    }

    /** Checks all that lies outside the chunks, and the content digest. */
    public void run() throws ImagingException {
        Footer footer = image.footer();
        comparison.bytes(0, image.headerBytes(), "header");
        new FrontIndexCheck(image, comparison).run();
        long deviceEnd = image.deviceEndBefore(image.slots().size());
        comparison.gap(image.header().spec().codecWireId(), image.header().spec().deviceLength() - deviceEnd,
                footer.tailGapOffset(), footer.copyOffset(), "gap behind the last chunk");
        comparison.bytes(footer.copyOffset(), footer.encode(StructureKind.FOOTER_COPY, StructureWriter.onHeap()),
                "footer copy");
        comparison.bytes(footer.indexCopyOffset(),
                IndexCopy.encode(image.slots(), footer.imageId(), StructureWriter.onHeap()), "index copy");
        comparison.bytes(footer.headerCopyOffset(), image.headerBytes(), "header copy");
        comparison.bytes(footer.fileOffset(), footer.encode(StructureKind.FOOTER, StructureWriter.onHeap()), "footer");
        contentDigest();
    }

    /** Computes the content digest from all chunk tables; not if one does not hold, which is for {@code table} to tell. */
    private void contentDigest() throws ImagingException {
        SkzDigests.Content content = new SkzDigests.Content(image.header().spec());
        for (IndexSlot slot : image.slots()) {
            try {
                ChunkTable table = image.table(slot.chunk().chunkIndex());
                for (FrameEntry entry : table.frames()) {
                    content.add(entry.frame(), table.extents());
                }
            } catch (ImageDamagedException | ImageReadException e) {
                // lies within a chunk: who reads or checks the chunk is told
                return;
            }
        }
        Digest computed = content.digest();
        Footer footer = image.footer();
        if (!computed.equals(footer.digests().content())) {
            comparison.report(footer.fileOffset(), footer.length(), "content digest is "
                    + computed + ", expected " + footer.digests().content());
        }
    }
}
