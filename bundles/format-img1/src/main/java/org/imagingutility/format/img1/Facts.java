package org.imagingutility.format.img1;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;

/** What an image says of itself, and what it does not. */
final class Facts {
    private Facts() {
    }

    static ImageInfo info(Layout layout, Sections sections, long fileLength) {
        Header header = layout.header();
        Chunks chunks = layout.chunks();
        long windows = (header.chunkSize() - 1L) / Sections.FRAME + 2;
        boolean usedOnly = layout.lost() || chunks.totalLength() < layout.deviceLength();
        ImageSpec spec = new ImageSpec(layout.deviceLength(), header.sectorSize(), Sections.FRAME, windows * Sections.FRAME,
                StoredCodec.NAME, StoredCodec.WIRE_ID, 0, usedOnly, Instant.EPOCH,
                sections.count() + (layout.lost() ? 1 : 0), sections.windowTotal(), device(header));
        return new ImageInfo(Img1Format.NAME, header.version(), spec,
                new ImageDigests(Img1Reader.NO_DIGEST, Img1Reader.NO_DIGEST), chunks.totalLength(), 0, fileLength,
                Optional.empty(), format(layout));
    }

    private static Metadata device(Header header) {
        // what a file says is shown to users: no control characters
        String name = header.fileSystem().replaceAll("\\p{Cntrl}", "?");
        return name.isEmpty() ? Metadata.empty() : Metadata.of(Map.of("fileSystem.name", name));
    }

    private static Metadata format(Layout layout) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("img1.chunks", (long) layout.chunks().count());
        facts.put("img1.chunkSize", (long) layout.header().chunkSize());
        facts.put("img1.compression", "one zstd frame for each chunk; shown here as stored windows of 64 KiB");
        facts.put("img1.checksums", "SHA-256 of each chunk's content; none of header, index and heads of chunks, none of the"
                + " whole: digests are zeros");
        facts.put("img1.notRecorded", layout.header().version() == 1 ? "time, level, length of the device (taken: the end of the"
                + " last chunk)" : "time, level");
        layout.cut().map(Damage::reason).ifPresent(reason -> facts.put("img1.damage", reason));
        if (layout.lost()) {
            facts.put("img1.lostFrom", layout.lostFrom());
        }
        return Metadata.of(facts);
    }
}
