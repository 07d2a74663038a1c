package org.imagingutility.format.skz.salvage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.SearchMonitor;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.format.skz.file.ImageInput;
import org.imagingutility.format.skz.layout.Footer;
import org.imagingutility.format.skz.layout.FooterLocator;
import org.imagingutility.format.skz.layout.Header;
import org.imagingutility.format.skz.layout.IndexBlock;
import org.imagingutility.format.skz.layout.IndexCopy;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.format.skz.layout.SkzDigests;
import org.imagingutility.format.skz.read.FooterCopySearch;
import org.imagingutility.format.skz.structure.Limits;
import org.imagingutility.format.skz.structure.Structure;
import org.imagingutility.format.skz.structure.StructureKind;

/**
 * Finds header and footer of a damaged image: where they must be, by what tells of them, else by searching the end of the
 * file. For one thread.
 */
public final class DamagedImageSearch {
    /** Most bytes of file behind the chunks but the tail gap. */
    private static final long TAIL = IndexCopy.length(Limits.CHUNKS) + StructureKind.HEADER.maxLength()
            + 2L * StructureKind.FOOTER.maxLength();

    private final ImageInput in;
    private final CodecLookup codecs;
    private final SearchMonitor monitor;
    private Footer footer;
    private ByteBuffer headerBytes;
    private Header header;
    private long headerOffset = -1;
    private long indexCopyOffset = -1;

    /** Creates a search in {@code in}, which tells {@code monitor} how far it is. */
    public DamagedImageSearch(ImageInput in, CodecLookup codecs, SearchMonitor monitor) {
        this.in = in;
        this.codecs = codecs;
        this.monitor = monitor;
    }

    /**
     * Runs the search.
     *
     * @throws ImageFormatException if nothing says that this was an skz image
     * @throws ImageDamagedException if both header and header copy are destroyed
     */
    public DamagedImage run() throws ImagingException {
        ByteBuffer front = header(0, in.length());
        footer = endFooter();
        if (footer == null) {
            footer = searchedFooter(front);
        }
        if (!take(front, 0) && footer != null) {
            take(header(footer.headerCopyOffset(), footer.fileOffset()), footer.headerCopyOffset());
        }
        if (headerBytes == null) {
            take(searchedHeader(0), headerOffset);
        }
        if (headerBytes == null) {
            throw nothingLeft(front != null);
        }
        long imageId = SkzDigests.imageId(headerBytes);
        List<IndexSlot> slots = new ArrayList<>();
        int count = -1;
        boolean headerCopy = footer != null || headerOffset > 0;
        if (footer == null) {
            searchTail(imageId);
            count = indexCopyOffset < 0 ? -1 : copiedSlots(imageId, slots);
            headerCopy |= headerOffset > 0;
        }
        return new DamagedImage(in, headerBytes, header, imageId, Optional.ofNullable(footer), slots, count, headerCopy,
                codecs);
    }

    private boolean take(ByteBuffer candidate, long offset) throws ImagingException {
        if (candidate == null || footer != null && SkzDigests.imageId(candidate) != footer.imageId()) {
            return false;
        }
        headerBytes = candidate;
        header = Header.parse(candidate, in.place(offset));
        return true;
    }

    private ImagingException nothingLeft(boolean foreignHeader) {
        if (footer == null && indexCopyOffset < 0) {
            return new ImageFormatException(in.image(), 0, "neither header, header copy nor footer of an skz image was found",
                    "an image whose header is destroyed can be repaired only with its header copy, which stands at its end");
        }
        return new ImageDamagedException(in.image(), 0, "both header and header copy are destroyed"
                + (foreignHeader ? " (the header at the begin belongs to another image)" : "") + ": they alone say how long"
                + " the device was, how it was divided and which codec was used", "read another copy of the image");
    }

    private ByteBuffer header(long offset, long end) throws ImagingException {
        if (offset < 0 || offset >= in.length()) {
            return null;
        }
        try {
            ByteBuffer bytes = in.structure(StructureKind.HEADER, offset, Math.min(end, in.length()));
            Header.parse(bytes, in.place(offset));
            return bytes;
        } catch (ImageDamagedException | ImageReadException e) {
            // the other header may hold; if none does, the caller says so
            return null;
        }
    }

    /** Returns the footer that the end of the file tells of, or its copy, or null. */
    private Footer endFooter() throws ImagingException {
        try {
            Optional<FooterLocator> last = in.endLocator();
            if (last.isPresent() && last.get().fits(in.length())) {
                return footer(StructureKind.FOOTER, last.get().offset());
            }
        } catch (ImageDamagedException | ImageReadException e) {
            // its copy may hold
            footer = null;
        }
        try {
            Optional<FooterLocator> copy = new FooterCopySearch(in).run();
            return copy.isPresent() ? footer(StructureKind.FOOTER_COPY, copy.get().offset()) : null;
        } catch (ImageDamagedException | ImageReadException e) {
            // searched for once more, by its begin
            return null;
        }
    }

    /** Reads a footer or footer copy; unlike when an image is opened, the file may have another length than it says. */
    private Footer footer(StructureKind kind, long offset) throws ImagingException {
        ByteBuffer whole = in.structure(kind, offset, in.length());
        int fileLengthAt = Structure.TAGGED_LENGTH + Long.BYTES;
        if (whole.limit() < Footer.length(0)) {
            throw in.place(offset).damaged("a footer of " + whole.limit() + " bytes");
        }
        long fileLength = whole.getLong(fileLengthAt);
        if (fileLength < whole.limit()) {
            throw in.place(offset).damaged("a footer of a file of " + fileLength + " bytes");
        }
        return Footer.parse(whole, kind, fileLength, in.place(offset));
    }

    /** Searches the end of the file for a footer by its begin: bytes may have been appended, or cut off behind the copy. */
    private Footer searchedFooter(ByteBuffer front) throws ImagingException {
        if (front == null) {
            return null;
        }
        StructureScan scan = scan(SkzDigests.imageId(front), EnumSet.of(StructureKind.FOOTER, StructureKind.FOOTER_COPY));
        for (long offset = scan.next(); offset >= 0; offset = scan.next()) {
            if (scan.whole(offset) != null) {
                try {
                    return footer(scan.kind(), offset);
                } catch (ImageDamagedException e) {
                    // was moved, or made by someone who wants to mislead
                    scan.goOnAt(offset + Structure.TAGGED_LENGTH);
                }
            }
        }
        return null;
    }

    /** Searches the end of the file for a header copy behind byte {@code from}; sets where it stands. */
    private ByteBuffer searchedHeader(long from) throws ImagingException {
        StructureScan scan = scan(0, EnumSet.of(StructureKind.HEADER));
        scan.goOnAt(from);
        for (long offset = scan.next(); offset >= 0; offset = scan.next()) {
            ByteBuffer whole = scan.whole(offset);
            if (whole != null && header(offset, in.length()) != null && isOfThisFile(whole, offset)) {
                headerOffset = offset;
                return whole;
            }
        }
        return null;
    }

    /**
     * Says whether a header found somewhere is that of this file: a stored frame may hold all of another image. Asks for
     * structures of the same image at places that only this file's header tells of.
     */
    private boolean isOfThisFile(ByteBuffer candidate, long offset) throws ImagingException {
        Header found = Header.parse(candidate, in.place(offset));
        long imageId = SkzDigests.imageId(candidate);
        if (headerBytes != null) {
            return candidate.equals(headerBytes);
        }
        long slots = found.streamed() ? 0 : Math.min(Limits.PLANNED_CHUNKS, Math.max(1, found.spec().plannedChunks())) + 1;
        long index = candidate.limit();
        if (belongs(StructureKind.INDEX, index, imageId)
                || belongs(StructureKind.CHUNK_HEAD, index + IndexBlock.HEAD_LENGTH + slots * IndexSlot.LENGTH, imageId)) {
            return true;
        }
        long indexCopy = scan(imageId, EnumSet.of(StructureKind.INDEX_COPY)).next();
        List<IndexSlot> first = new ArrayList<>();
        if (indexCopy >= 0) {
            SlotRecovery.read(in, indexCopy + IndexCopy.HEAD_LENGTH, 0, Limits.CHUNKS, found.spec(), imageId, slot -> {
                if (first.isEmpty()) {
                    first.add(slot);
                }
            });
        }
        return !first.isEmpty() && (belongs(StructureKind.CHUNK_HEAD, first.get(0).chunk().fileOffset(), imageId)
                || belongs(StructureKind.CHUNK_TABLE, first.get(0).tableFileOffset(), imageId));
    }

    private boolean belongs(StructureKind kind, long offset, long imageId) throws ImagingException {
        try {
            return offset <= in.length() - Structure.TAGGED_LENGTH - Long.BYTES && in.beginsAt(kind, offset)
                    && in.read(offset + Structure.TAGGED_LENGTH, Long.BYTES).getLong(0) == imageId;
        } catch (ImageReadException e) {
            // nothing that can be read speaks for it
            return false;
        }
    }

    private void searchTail(long imageId) throws ImagingException {
        if (headerOffset < 0) {
            searchedHeader(headerBytes.limit());
        }
        StructureScan scan = scan(imageId, EnumSet.of(StructureKind.INDEX_COPY));
        indexCopyOffset = scan.next();
    }

    private StructureScan scan(long imageId, EnumSet<StructureKind> kinds) {
        return new StructureScan(in, imageId, in.length() - TAIL, in.length(), kinds, monitor);
    }

    /** Reads the slots that hold in an index copy that was found by its begin; returns how many it has, -1 if none hold. */
    private int copiedSlots(long imageId, List<IndexSlot> slots) throws ImagingException {
        long end = headerOffset > indexCopyOffset ? headerOffset : in.length();
        try {
            ByteBuffer head = in.read(indexCopyOffset, IndexCopy.HEAD_LENGTH);
            int count = head.getInt(IndexCopy.HEAD_LENGTH - Integer.BYTES);
            if (count < 0 || count > Limits.CHUNKS || IndexCopy.length(count) > end - indexCopyOffset
                    || head.getInt(4) != IndexCopy.length(count) - Structure.PREFIX_LENGTH) {
                return -1;
            }
            SlotRecovery.read(in, indexCopyOffset + IndexCopy.HEAD_LENGTH, 0, count, header.spec(), imageId, slots::add);
            return slots.isEmpty() && count > 0 ? -1 : count;
        } catch (ImageReadException e) {
            // then the chunks tell
            return -1;
        }
    }
}
