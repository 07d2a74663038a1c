package org.imagingutility.disk.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;

/** Writes a manifest as JSON for people to read: indented, ASCII only, every name there, null where nothing is known. */
final class ManifestWriter {
    static final String VERSION = "3";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            // volume labels can hold half a surrogate pair, which has no form in UTF-8 but has one as an escape
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final JsonGenerator out;

    private ManifestWriter(JsonGenerator out) {
        this.out = out;
    }

    /** Writes a manifest that is still to be {@link SelfDigest#sealed sealed}. */
    static byte[] write(BackupManifest manifest) {
        StringWriter text = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            new ManifestWriter(out).manifest(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot be written", e);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void manifest(BackupManifest manifest) throws IOException {
        out.writeStartObject();
        out.writeStringField("Version", VERSION);
        text("Tool", manifest.tool());
        disk(manifest.disk());
        out.writeStringField("CreatedUtc", manifest.created().toString());
        text("FinishedUtc", manifest.finished().map(Object::toString).orElse(""));
        out.writeArrayFieldStart("Partitions");
        for (SetPartition partition : manifest.partitions()) {
            partition(partition);
        }
        out.writeEndArray();
        Optional<SetPiece> front = manifest.pieces().stream().filter(piece -> piece.offset() == 0).findFirst();
        text("PartitionTableDump", front.map(SetPiece::file).orElse(""));
        digest("PartitionTableDumpSha256", front.flatMap(SetPiece::sha256));
        out.writeArrayFieldStart("Pieces");
        for (SetPiece piece : manifest.pieces()) {
            piece(piece);
        }
        out.writeEndArray();
        piecesImage(manifest.piecesImage());
        out.writeArrayFieldStart("LeftOut");
        for (LeftOut left : manifest.leftOut()) {
            leftOut(left);
        }
        out.writeEndArray();
        out.writeObjectFieldStart("Options");
        for (var option : manifest.options().entrySet()) {
            out.writeStringField(option.getKey(), option.getValue());
        }
        out.writeEndObject();
        out.writeArrayFieldStart("Warnings");
        for (String warning : manifest.warnings()) {
            out.writeString(warning);
        }
        out.writeEndArray();
        text("Notes", manifest.notes());
        out.writeStringField(SelfDigest.FIELD, SelfDigest.BLANK);
        out.writeEndObject();
    }

    private void disk(DiskFacts disk) throws IOException {
        if (disk.number().isPresent()) {
            out.writeNumberField("DiskNumber", disk.number().getAsInt());
        } else {
            out.writeNullField("DiskNumber");
        }
        text("Device", disk.device());
        text("DeviceLabel", disk.label());
        out.writeNumberField("DiskSize", disk.length());
        out.writeNumberField("SectorSize", disk.sectorSize());
        text("TableKind", disk.tableKind());
        text("DiskGuid", disk.guid());
        text("DiskSignature", disk.signature());
    }

    private void partition(SetPartition partition) throws IOException {
        out.writeStartObject();
        out.writeNumberField("Index", partition.index());
        out.writeStringField("Role", partition.role().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("StartingOffset", partition.offset());
        out.writeNumberField("Size", partition.length());
        text("Type", partition.table());
        text("TypeCode", partition.typeCode());
        text("Name", partition.name());
        text("UniqueGuid", partition.uniqueGuid());
        out.writeStringField("Flags", "0x" + Long.toHexString(partition.flags()));
        out.writeBooleanField("Bootable", partition.bootable());
        text("DriveLetter", partition.driveLetter());
        text("VolumeLabel", partition.label());
        text("VolumeSerial", partition.serial());
        text("FileSystem", partition.fileSystem());
        artefact(partition.artefact());
        out.writeEndObject();
    }

    private void artefact(Optional<SetArtefact> artefact) throws IOException {
        Optional<SetArtefact> image = artefact.filter(one -> one.kind() == SetArtefact.Kind.IMAGE);
        Optional<SetArtefact> raw = artefact.filter(one -> one.kind() == SetArtefact.Kind.RAW);
        text("ImageFile", image.map(SetArtefact::file).orElse(""));
        digest("ImageSha256", image.flatMap(SetArtefact::fileSha256));
        digest("ImageDigest", image.flatMap(SetArtefact::digests).map(digests -> digests.image()));
        digest("ContentDigest", image.flatMap(SetArtefact::digests).map(digests -> digests.content()));
        text("RawDump", raw.map(SetArtefact::file).orElse(""));
        digest("RawDumpSha256", raw.flatMap(SetArtefact::fileSha256));
        number("FileSize", artefact.map(SetArtefact::fileLength).orElse(OptionalLong.empty()));
        text("Allocator", artefact.map(SetArtefact::allocator).orElse(""));
        number("UsedBytes", artefact.map(SetArtefact::usedBytes).orElse(OptionalLong.empty()));
        out.writeNumberField("BadBytes", artefact.map(SetArtefact::unreadableBytes).orElse(0L));
        ranges(artefact.map(SetArtefact::unreadable).orElse(ExtentList.empty()), 0);
    }

    private void piecesImage(Optional<SetArtefact> image) throws IOException {
        if (image.isEmpty()) {
            out.writeNullField("PiecesImage");
            return;
        }
        out.writeObjectFieldStart("PiecesImage");
        artefact(image);
        out.writeEndObject();
    }

    private void leftOut(LeftOut left) throws IOException {
        out.writeStartObject();
        out.writeNumberField("StartingOffset", left.offset());
        out.writeNumberField("Size", left.length());
        out.writeStringField("Content", left.content().name().toLowerCase(Locale.ROOT));
        out.writeStringField("Reason", left.reason());
        out.writeEndObject();
    }

    private void piece(SetPiece piece) throws IOException {
        out.writeStartObject();
        out.writeNumberField("StartingOffset", piece.offset());
        number("Size", piece.length());
        out.writeStringField("File", piece.file());
        out.writeNumberField("FileOffset", piece.fileOffset());
        digest("Sha256", piece.sha256());
        ranges(piece.unreadable(), piece.offset());
        out.writeEndObject();
    }

    /** Writes ranges, counted from {@code base} on. */
    private void ranges(ExtentList ranges, long base) throws IOException {
        out.writeArrayFieldStart("BadRanges");
        for (int i = 0; i < ranges.count(); i++) {
            out.writeStartObject();
            out.writeNumberField("Offset", ranges.offset(i) - base);
            out.writeNumberField("Length", ranges.length(i));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void text(String name, String value) throws IOException {
        out.writeStringField(name, value.isEmpty() ? null : value);
    }

    private void digest(String name, Optional<Digest> digest) throws IOException {
        out.writeStringField(name, digest.map(Digest::toHex).orElse(null));
    }

    private void number(String name, OptionalLong value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(name, value.getAsLong());
        } else {
            out.writeNullField(name);
        }
    }
}
