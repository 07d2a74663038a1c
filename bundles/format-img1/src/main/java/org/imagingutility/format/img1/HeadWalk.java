package org.imagingutility.format.img1;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;

/** Lists the chunks of a file without a tail by their heads, up to the first that is not whole. */
final class HeadWalk {
    private final ImageFile file;
    private final long length;
    private final Header header;
    private final Chunks chunks;

    HeadWalk(ImageFile file, long length, Header header, Chunks chunks) {
        this.file = file;
        this.length = length;
        this.header = header;
        this.chunks = chunks;
    }

    /** Fills {@code chunks}. */
    Layout walk() throws ImagingException {
        long position = header.length();
        while (length - position >= Chunk.HEAD) {
            ByteBuffer head = Bytes.read(file, position, Chunk.HEAD);
            if (head.getInt(0) == LayoutReader.INDEX_MAGIC) {
                break;
            }
            Chunk chunk = new Chunk(head.getInt(0), head.getLong(4), position + Chunk.HEAD, head.getInt(12), head.getInt(16));
            Optional<String> problem = chunk.number() != chunks.count() ? Optional.of("number " + chunk.number()
                    + ", expected " + chunks.count()) : chunk.problem(header, chunks.deviceEnd(), length);
            if (problem.isPresent()) {
                return ended(position, "the file ends early: it has no tail, and what follows the last whole chunk says "
                        + problem.get(), afterHead(chunk));
            }
            if (chunks.count() == Chunks.MAX) {
                throw new ImageDamagedException(file.reference(), position, "has no index and more than " + Chunks.MAX
                        + " chunks", null);
            }
            chunks.add(chunk);
            position = chunk.fileEnd();
        }
        return atEnd(position);
    }

    private Layout atEnd(long position) throws ImagingException {
        if (length - position >= Integer.BYTES
                && Bytes.read(file, position, Integer.BYTES).getInt(0) == LayoutReader.INDEX_MAGIC) {
            boolean counted = length - position >= 2 * Integer.BYTES;
            int count = counted ? Bytes.read(file, position + Integer.BYTES, Integer.BYTES).getInt(0) : chunks.count();
            if (count == chunks.count() && (header.version() > 1 || count > 0)) {
                // the index is started when the last chunk is written
                long deviceLength = header.version() == 1 ? chunks.deviceEnd() : header.deviceLength();
                return new Layout(header, chunks, deviceLength, deviceLength, Optional.of(LayoutReader.harmless(position,
                        "the index is cut off, or there is something behind it; all " + count + " chunks are there by their heads")));
            }
        }
        return ended(position, "the file ends early: there is no index, and nobody knows what followed the last whole chunk",
                chunks.deviceEnd());
    }

    /** Returns how far the device reaches by the head of a chunk that is cut off: only version 1 needs that. */
    private long afterHead(Chunk chunk) {
        boolean sane = chunk.number() == chunks.count() && chunk.length() > 0 && chunk.length() <= header.chunkSize()
                && chunk.deviceOffset() >= chunks.deviceEnd() && chunk.deviceOffset() <= Header.MAX_DEVICE - chunk.length();
        return sane ? chunk.deviceEnd() : chunks.deviceEnd();
    }

    private Layout ended(long position, String reason, long atLeast) {
        // version 1 does not say how long the device is: one sector at least is missing
        long deviceLength = header.version() > 1 ? header.deviceLength()
                : Math.max(atLeast, chunks.deviceEnd() + header.sectorSize());
        return new Layout(header, chunks, deviceLength, chunks.deviceEnd(), Optional.of(LayoutReader.harmless(position, reason
                + "; " + chunks.count() + " chunks are whole")));
    }
}
