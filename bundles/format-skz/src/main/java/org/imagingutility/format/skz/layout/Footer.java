package org.imagingutility.format.skz.layout;

import java.nio.ByteBuffer;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.format.skz.structure.ImagePosition;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.StructureKind;
import org.imagingutility.format.skz.structure.StructureLengths;
import org.imagingutility.format.skz.structure.StructureReader;
import org.imagingutility.format.skz.structure.StructureWriter;

/**
 * The footer, the last structure of the file, and the footer copy, which says the same and has the same length. Each
 * ends with a {@link FooterLocator}. The parts follow each other without a gap: gap frames of the device's end, footer copy,
 * index copy, header copy, footer.
 *
 * @param imageId number of the image
 * @param tailGapOffset first byte in the file behind the last chunk
 * @param indexCopyOffset first byte of the index copy
 * @param headerCopyOffset first byte of the header copy
 * @param fileOffset first byte of the footer, also if this was read from the copy
 * @param fileLength bytes of the file
 * @param chunkCount number of chunks
 * @param frameCount number of frames in all chunks
 * @param usedBytes bytes of device that are in use
 * @param digests roots of the digests
 * @param statistics facts that were known at the end
 */
public record Footer(long imageId, long tailGapOffset, long indexCopyOffset, long headerCopyOffset, long fileOffset,
        long fileLength, int chunkCount, long frameCount, long usedBytes, ImageDigests digests, Metadata statistics) {
    /** Bytes before the JSON text. */
    private static final int JSON_AT = StructureLengths.FOOTER_FIELDS;

    /** Returns the first byte of the footer copy. */
    public long copyOffset() {
        return indexCopyOffset - length();
    }

    /** Returns the bytes of the footer, and of its copy. */
    public long length() {
        return fileLength - fileOffset;
    }

    /** Returns the bytes of the index copy. */
    public long indexCopyLength() {
        return headerCopyOffset - indexCopyOffset;
    }

    /** Returns the bytes of the header copy, and so of the header. */
    public long headerLength() {
        return fileOffset - headerCopyOffset;
    }

    /** Returns the bytes of a footer with statistics of {@code jsonLength} bytes. */
    public static long length(int jsonLength) {
        return JSON_AT + (long) jsonLength + FooterLocator.LENGTH;
    }

    /** Returns the footer or, if {@code kind} is that, its copy. */
    public ByteBuffer encode(StructureKind kind, StructureWriter out) {
        byte[] json = MetadataJson.encode(statistics);
        out.begin(kind).u64(imageId)
                .u64(fileLength)
                .u64(tailGapOffset)
                .u64(indexCopyOffset).u64(indexCopyLength())
                .u64(headerCopyOffset).u64(headerLength())
                .u64(frameCount).u64(usedBytes)
                .u32(chunkCount).u32(0)
                .digest(digests.image()).digest(digests.content())
                .u32(json.length).bytes(json);
        return out.u64(kind == StructureKind.FOOTER ? fileOffset : copyOffset())
                .u32((int) length(json.length)).u64(FooterLocator.tag(kind)).end();
    }

    /** Takes the footer of a file of {@code fileLength} bytes apart or, if {@code kind} is that, its copy. */
    public static Footer parse(ByteBuffer whole, StructureKind kind, long fileLength, ImagePosition place)
            throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, kind, place);
        long imageId = in.bits64();
        in.u64("file length", fileLength, fileLength);
        int length = whole.limit();
        long footerOffset = fileLength - length;
        long tailGap = in.u64("offset of the tail gap", 0, footerOffset);
        long indexCopy = in.u64("offset of the index copy", tailGap + length, footerOffset);
        long indexCopyLength = in.u64("length of the index copy", 0, footerOffset - indexCopy);
        long headerCopy = in.u64("offset of the header copy", indexCopy + indexCopyLength, indexCopy + indexCopyLength);
        in.u64("length of the header copy", footerOffset - headerCopy, footerOffset - headerCopy);
        long frameCount = in.u64("frame count", 0, Long.MAX_VALUE);
        long usedBytes = in.u64("used bytes", 0, Long.MAX_VALUE);
        int chunkCount = in.u32("chunk count", 0, Limits.CHUNKS);
        in.zeros(4);
        ImageDigests digests = new ImageDigests(in.digest(), in.digest());
        int jsonLength = in.u32("JSON length", 0, Limits.JSON_BYTES);
        Metadata statistics = MetadataJson.decode(in.bytes(jsonLength), in);
        long own = kind == StructureKind.FOOTER ? footerOffset : indexCopy - length;
        if (place.offset() != own) {
            throw in.damaged("by its numbers it stands at byte " + own);
        }
        in.u64("its own offset", own, own);
        in.u32("its own length", length, length);
        if (in.bits64() != FooterLocator.tag(kind)) {
            throw in.damaged("it does not end with its locator");
        }
        in.end();
        if (indexCopyLength != IndexCopy.length(chunkCount)) {
            throw in.damaged("an index copy of " + indexCopyLength + " bytes does not fit " + chunkCount + " chunks");
        }
        return new Footer(imageId, tailGap, indexCopy, headerCopy, footerOffset, fileLength, chunkCount, frameCount,
                usedBytes, digests, statistics);
    }
}
