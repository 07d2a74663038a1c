package org.imagingutility.files.ntfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.files.ntfs.content.Contents;
import org.imagingutility.files.ntfs.content.ExternalCompression;
import org.imagingutility.files.ntfs.content.WofContent;
import org.imagingutility.files.ntfs.record.FileAttributes;
import org.imagingutility.files.ntfs.record.FileRecord;
import org.imagingutility.files.ntfs.record.StandardInformation;
import org.imagingutility.files.ntfs.reparse.InterixLink;
import org.imagingutility.files.ntfs.reparse.ReparsePoint;
import org.imagingutility.files.ntfs.reparse.ReparseTag;
import org.imagingutility.fs.ntfs.structure.Attribute;

/** A file: its record and its reparse point, if it has one. For one thread. */
final class NtfsFile {
    private final FileRecord record;
    private final Contents contents;
    private final Optional<ReparsePoint> reparse;
    private final Optional<Attribute> data;
    private final Optional<LinkTarget> interix;

    /** Looks at the file with this record; {@code said} is what its directory says that it is. */
    NtfsFile(FileRecord record, Contents contents, FileKind said) throws ImagingException {
        this.record = record;
        this.contents = contents;
        this.reparse = ReparsePoint.of(record, contents);
        this.data = record.find(Attribute.DATA, "");
        this.interix = said == FileKind.SYMBOLIC_LINK && reparse.isEmpty() && !record.base().directory()
                ? InterixLink.of(record, contents) : Optional.empty();
    }

    /** Returns its record. */
    FileRecord record() {
        return record;
    }

    /** Returns what it is, by its record. */
    FileKind kind() {
        boolean directory = record.base().directory();
        if (interix.isPresent()) {
            return FileKind.SYMBOLIC_LINK;
        }
        return reparse.isPresent() ? ReparseTag.kind(reparse.get().tag(), directory)
                : directory ? FileKind.DIRECTORY : FileKind.FILE;
    }

    /** Returns all that is known of it. */
    FileDetails details() throws ImagingException {
        FileKind kind = kind();
        StandardInformation information = record.information();
        return new FileDetails(kind, size(kind), OptionalLong.of(allocated()), record.names().size(), information.times(),
                Optional.empty(), FileAttributes.of(information.flags()), Optional.empty(), refusal(kind));
    }

    private long size(FileKind kind) throws ImagingException {
        if (kind.isLink()) {
            return target().target().bytes().length;
        }
        return kind == FileKind.DIRECTORY ? 0 : data.map(Contents::size).orElse(0L);
    }

    private long allocated() {
        long compressed = record.find(Attribute.DATA, ExternalCompression.STREAM)
                .filter(stream -> reparse.isPresent() && reparse.get().tag() == ReparseTag.WOF).map(Contents::allocated).orElse(0L);
        return data.map(Contents::allocated).orElse(0L) + compressed;
    }

    private Optional<Reason> refusal(FileKind kind) {
        if (kind != FileKind.FILE) {
            return Optional.empty();
        }
        Optional<Reason> refusal = reparse.flatMap(ReparsePoint::refusal);
        if (refusal.isEmpty() && data.filter(Contents::encrypted).isPresent()) {
            return Optional.of(Reason.ENCRYPTED);
        }
        if (refusal.isEmpty() && data.filter(Contents::unknownCompression).isPresent()) {
            return Optional.of(Reason.COMPRESSION_UNKNOWN);
        }
        return refusal;
    }

    /** Opens its content. */
    FileContent open() throws ImagingException {
        Optional<ExternalCompression> compression = Optional.empty();
        if (reparse.isPresent()) {
            compression = reparse.get().requireReadable();
        }
        Attribute main = data.orElseThrow(() -> record.base().wrong("has no data"));
        if (compression.isEmpty()) {
            return contents.open(record, main);
        }
        Attribute stream = record.find(Attribute.DATA, ExternalCompression.STREAM).orElseThrow(() -> record.base().wrong(
                "is compressed from the outside, but has no stream " + ExternalCompression.STREAM));
        return new WofContent(contents.open(record, stream), compression.get(), Contents.size(main));
    }

    /** Returns its named streams, but for the one that its own content is kept in. */
    List<FileStream> streams() {
        List<FileStream> streams = new ArrayList<>();
        for (Attribute attribute : record.all(Attribute.DATA)) {
            if (attribute.named() && !isOwnContent(attribute)) {
                streams.add(new FileStream(FileStream.Kind.ALTERNATE, NtfsNames.name(attribute.name()), Contents.size(attribute)));
            }
        }
        return streams;
    }

    private boolean isOwnContent(Attribute stream) {
        return stream.name().equals(ExternalCompression.STREAM) && reparse.isPresent() && reparse.get().tag() == ReparseTag.WOF;
    }

    /** Opens a named stream. */
    FileContent open(String stream) throws ImagingException {
        Attribute attribute = record.find(Attribute.DATA, stream).filter(found -> found.named() && !isOwnContent(found))
                .orElseThrow(() -> new IllegalArgumentException(record.shown() + " has no stream \"" + stream + "\""));
        return contents.open(record, attribute);
    }

    /** Returns where it leads; it is a link. */
    LinkTarget target() throws ImagingException {
        return interix.isPresent() ? interix.get() : reparse.orElseThrow().target();
    }
}
