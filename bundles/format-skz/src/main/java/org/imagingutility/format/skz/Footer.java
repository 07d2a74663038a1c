package org.imagingutility.format.skz;

import java.nio.ByteBuffer;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.error.ImageDamagedException;

/**
 * The footer, the last structure of the file: an image is complete exactly if it stands there. The file's last
 * {@value #LOCATOR_LENGTH} bytes tell where the footer begins. The parts before it follow each other without a gap:
 * gap frames of the device's end, index copy, header copy, footer.
 *
 * @param imageId number of the image
 * @param tailGapOffset first byte in the file behind the last chunk
 * @param indexCopyOffset first byte of the index copy
 * @param headerCopyOffset first byte of the header copy
 * @param fileOffset first byte of the footer itself
 * @param fileLength bytes of the file
 * @param chunkCount number of chunks
 * @param frameCount number of frames in all chunks
 * @param usedBytes bytes of device that are in use
 * @param digests roots of the digests
 * @param statistics facts that were known at the end
 */
record Footer(long imageId, long tailGapOffset, long indexCopyOffset, long headerCopyOffset, long fileOffset,
        long fileLength, int chunkCount, long frameCount, long usedBytes, ImageDigests digests, Metadata statistics) {
    /** Bytes of the locator with which the file ends. */
    static final int LOCATOR_LENGTH = 24;
    /** Bytes before the JSON text. */
    private static final int JSON_AT = 164;
    private static final long LOCATOR_TAG = StructureKind.bits("SKZTAIL1");
    private static final int LOCATOR_TAG_AT = 12;

    /** Returns the bytes of the index copy. */
    long indexCopyLength() {
        return headerCopyOffset - indexCopyOffset;
    }

    /** Returns the bytes of the header copy, and so of the header. */
    long headerLength() {
        return fileOffset - headerCopyOffset;
    }

    /** Returns the bytes a footer with these statistics has. */
    static long length(byte[] statistics) {
        return JSON_AT + (long) statistics.length + LOCATOR_LENGTH;
    }

    ByteBuffer encode(StructureWriter out) {
        byte[] json = MetadataJson.encode(statistics);
        out.begin(StructureKind.FOOTER).u64(imageId)
                .u64(fileLength)
                .u64(tailGapOffset)
                .u64(indexCopyOffset).u64(indexCopyLength())
                .u64(headerCopyOffset).u64(headerLength())
                .u64(frameCount).u64(usedBytes)
                .u32(chunkCount).u32(0)
                .digest(digests.image()).digest(digests.content())
                .u32(json.length).bytes(json);
        return out.u64(fileOffset).u32((int) length(json)).u64(LOCATOR_TAG).end();
    }

    /** Says whether {@code lastBytes}, the end of a file, are a locator. */
    static boolean isLocator(ByteBuffer lastBytes) {
        return lastBytes.getLong(LOCATOR_TAG_AT) == LOCATOR_TAG;
    }

    /** Returns the place of the footer according to a locator; any number may stand there. */
    static long locatedOffset(ByteBuffer locator) {
        return locator.getLong(0);
    }

    /** Returns the length of the footer according to a locator, not negative; any number may stand there. */
    static long locatedLength(ByteBuffer locator) {
        return Integer.toUnsignedLong(locator.getInt(Long.BYTES));
    }

    /** Takes a footer apart that ends at {@code fileLength}. */
    static Footer parse(ByteBuffer whole, long fileLength, Place place) throws ImageDamagedException {
        StructureReader in = new StructureReader(whole, StructureKind.FOOTER, place);
        long imageId = in.bits64();
        in.u64("file length", fileLength, fileLength);
        long footerOffset = place.offset();
        long tailGap = in.u64("offset of the tail gap", 0, footerOffset);
        long indexCopy = in.u64("offset of the index copy", tailGap, footerOffset);
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
        in.u64("place of the footer", footerOffset, footerOffset);
        in.u32("length of the footer", whole.limit(), whole.limit());
        if (in.bits64() != LOCATOR_TAG) {
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
