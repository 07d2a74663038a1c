package org.imagingutility.disk.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.backup.LeftOut;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.partition.PartitionRole;

/** Turns the JSON of a manifest into its record, and checks it. For one thread. */
final class ManifestReader {
    private static final List<String> VERSIONS = List.of("1", "2", ManifestWriter.VERSION);
    /** What came with version 2 and version 3: a manifest that says it is older and has such a field does not say the truth. */
    private static final Map<String, Integer> SINCE = Map.of("Pieces", 2, "TableKind", 2, "SectorSize", 2, "Options", 2,
            "Warnings", 2, SelfDigest.FIELD, 2, "PiecesImage", 3, "LeftOut", 3);
    /** Since this version a manifest accounts for every byte of the disk. */
    private static final int ACCOUNTS = 3;
    private static final int MAX_INDEX = 1_000_000;

    private final FileNames names;

    /** Creates a reader for a folder in which the manifest itself has the name {@code manifestName}. */
    ManifestReader(String manifestName) {
        this.names = new FileNames(manifestName);
    }

    /** Fails unless the manifest accounts for each byte of the disk, as it does since version 3. */
    static void checkAllThere(BackupManifest manifest) throws BadManifestException {
        if (number(manifest.version()) >= ACCOUNTS) {
            new ManifestCheck(manifest.disk().length()).checkAllThere(manifest.partitions(), manifest.pieces(),
                    manifest.leftOut());
        }
    }

    private static String version(Fields top) throws BadManifestException {
        String version = top.text("Version").orElseThrow(() -> top.bad("Version", "is missing"));
        if (!VERSIONS.contains(version)) {
            throw top.bad("Version", "is " + version + "; this program reads " + String.join(", ", VERSIONS)
                    + ": a newer version of it may read this set");
        }
        return version;
    }

    BackupManifest read(Fields top) throws BadManifestException {
        String version = version(top);
        checkFields(top, version);
        DiskFacts disk = disk(top);
        List<SetPartition> partitions = new ArrayList<>();
        for (Fields fields : top.objects("Partitions")) {
            partitions.add(partition(fields));
        }
        List<SetPiece> pieces = version.equals("1") ? tableDump(top) : pieces(top);
        Optional<SetArtefact> piecesImage = piecesImage(top, pieces);
        List<LeftOut> leftOut = leftOut(top);
        new ManifestCheck(disk.length()).check(partitions, pieces, piecesImage);
        TreeMap<String, String> options = new TreeMap<>();
        Optional<Fields> made = top.object("Options");
        if (made.isPresent()) {
            for (String name : made.get().names()) {
                options.put(name, made.get().textOrEmpty(name));
            }
        }
        return new BackupManifest(version, top.textOrEmpty("Tool"), disk,
                time(top, "CreatedUtc").orElseThrow(() -> top.bad("CreatedUtc", "is missing")), time(top, "FinishedUtc"),
                partitions, pieces, piecesImage, leftOut, options, top.texts("Warnings"), top.textOrEmpty("Notes"));
    }

    private static int number(String version) {
        return VERSIONS.indexOf(version) + 1;
    }

    /** The lists of a version are there, even if they are empty, and those of later ones are not. */
    private static void checkFields(Fields top, String version) throws BadManifestException {
        for (Map.Entry<String, Integer> field : SINCE.entrySet()) {
            if (number(version) < field.getValue() && top.has(field.getKey())) {
                throw top.bad(field.getKey(), "is there although manifests have it since version " + field.getValue()
                        + " only, and this one says it is of version " + version);
            }
        }
        top.requireList("Partitions");
        if (number(version) >= 2) {
            top.requireList("Pieces");
        }
        if (number(version) >= ACCOUNTS) {
            top.requireList("LeftOut");
        }
    }

    private static DiskFacts disk(Fields top) throws BadManifestException {
        OptionalLong number = top.size("DiskNumber");
        return new DiskFacts(number.isPresent() ? OptionalInt.of(small(top, "DiskNumber", number.getAsLong()))
                : OptionalInt.empty(), top.textOrEmpty("Device"), top.textOrEmpty("DeviceLabel"), top.requiredSize("DiskSize"),
                small(top, "SectorSize", top.size("SectorSize").orElse(0)), top.textOrEmpty("TableKind"),
                top.textOrEmpty("DiskGuid"), top.textOrEmpty("DiskSignature"));
    }

    private SetPartition partition(Fields fields) throws BadManifestException {
        long length = fields.requiredSize("Size");
        long offset = fields.requiredSize("StartingOffset");
        if (length == 0 || offset > Long.MAX_VALUE - length) {
            throw fields.bad("Size", "is " + length + ": no range from byte " + offset + " on");
        }
        int index = small(fields, "Index", fields.requiredSize("Index"));
        String type = fields.textOrEmpty("Type");
        return new SetPartition(index, role(fields, type), offset, length, type, fields.textOrEmpty("TypeCode"),
                fields.textOrEmpty("Name"), fields.textOrEmpty("UniqueGuid"), flags(fields), fields.flag("Bootable"),
                fields.textOrEmpty("DriveLetter"), fields.textOrEmpty("FileSystem"), fields.textOrEmpty("VolumeLabel"),
                fields.textOrEmpty("VolumeSerial"), artefact(fields, length));
    }

    /** The C# tool tells what Windows says of the type: "Extended w/Extended Int 13". */
    private static PartitionRole role(Fields fields, String type) throws BadManifestException {
        Optional<String> role = fields.text("Role");
        if (role.isEmpty()) {
            return type.toLowerCase(Locale.ROOT).startsWith("extended") ? PartitionRole.EXTENDED : PartitionRole.PRIMARY;
        }
        for (PartitionRole one : PartitionRole.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(role.get())) {
                return one;
            }
        }
        throw fields.bad("Role", "is \"" + role.get() + "\", none of primary, extended, logical");
    }

    private static long flags(Fields fields) throws BadManifestException {
        String text = fields.text("Flags").orElse("0x0");
        try {
            return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : "", 16);
        } catch (NumberFormatException e) {
            throw fields.bad("Flags", "is \"" + text + "\", a number like 0x4 is expected");
        }
    }

    private Optional<SetArtefact> artefact(Fields fields, long partitionLength) throws BadManifestException {
        Optional<String> image = fields.text("ImageFile");
        Optional<String> raw = fields.text("RawDump");
        if (image.isPresent() && raw.isPresent()) {
            throw fields.bad("RawDump", "is there although there is an ImageFile");
        }
        if (image.isEmpty() && raw.isEmpty()) {
            return Optional.empty();
        }
        boolean isImage = image.isPresent();
        ExtentList unreadable = ranges(fields, partitionLength);
        Optional<Digest> imageDigest = fields.digest("ImageDigest");
        Optional<Digest> contentDigest = fields.digest("ContentDigest");
        if (imageDigest.isPresent() != contentDigest.isPresent()) {
            throw fields.bad("ImageDigest", "and ContentDigest are there only together");
        }
        return Optional.of(new SetArtefact(isImage ? SetArtefact.Kind.IMAGE : SetArtefact.Kind.RAW,
                names.checked(fields, isImage ? "ImageFile" : "RawDump", image.or(() -> raw).get()), fields.size("FileSize"),
                fields.digest(isImage ? "ImageSha256" : "RawDumpSha256"),
                imageDigest.map(digest -> new ImageDigests(digest, contentDigest.get())), fields.textOrEmpty("Allocator"),
                fields.size("UsedBytes"), unreadable,
                Math.max(unreadable.totalLength(), fields.size("BadBytes").orElse(0))));
    }

    private Optional<SetArtefact> piecesImage(Fields top, List<SetPiece> pieces) throws BadManifestException {
        Optional<Fields> image = top.object("PiecesImage");
        if (image.isEmpty()) {
            return Optional.empty();
        }
        if (image.get().text("ImageFile").isEmpty() || image.get().text("RawDump").isPresent()) {
            throw image.get().bad("ImageFile", "is missing: the pieces are in an image");
        }
        String file = image.get().text("ImageFile").get();
        return artefact(image.get(), pieces.stream().filter(piece -> piece.file().equals(file))
                .mapToLong(piece -> piece.length().orElse(0)).sum());
    }

    private static List<LeftOut> leftOut(Fields top) throws BadManifestException {
        List<LeftOut> all = new ArrayList<>();
        for (Fields fields : top.objects("LeftOut")) {
            long length = fields.requiredSize("Size");
            long offset = fields.requiredSize("StartingOffset");
            if (length == 0 || offset > Long.MAX_VALUE - length) {
                throw fields.bad("Size", "is " + length + ": no range from byte " + offset + " on");
            }
            all.add(new LeftOut(offset, length, content(fields), fields.textOrEmpty("Reason")));
        }
        return all;
    }

    private static LeftOut.Content content(Fields fields) throws BadManifestException {
        String text = fields.textOrEmpty("Content");
        for (LeftOut.Content one : LeftOut.Content.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw fields.bad("Content", "is \"" + text + "\", none of zeros, data, unknown");
    }

    private List<SetPiece> tableDump(Fields top) throws BadManifestException {
        Optional<String> file = top.text("PartitionTableDump");
        return file.isEmpty() ? List.of() : List.of(new SetPiece(names.checked(top, "PartitionTableDump", file.get()), 0, 0,
                OptionalLong.empty(), top.digest("PartitionTableDumpSha256"), ExtentList.empty()));
    }

    private List<SetPiece> pieces(Fields top) throws BadManifestException {
        List<SetPiece> pieces = new ArrayList<>();
        for (Fields fields : top.objects("Pieces")) {
            long length = fields.requiredSize("Size");
            long offset = fields.requiredSize("StartingOffset");
            long fileOffset = fields.size("FileOffset").orElse(0);
            if (length == 0 || offset > Long.MAX_VALUE - length || fileOffset > Long.MAX_VALUE - length) {
                throw fields.bad("Size", "is " + length + ": no range from byte " + offset + " on");
            }
            String file = fields.text("File").orElseThrow(() -> fields.bad("File", "is missing"));
            ExtentList inPiece = ranges(fields, length);
            ExtentList.Builder unreadable = new ExtentList.Builder();
            for (int i = 0; i < inPiece.count(); i++) {
                unreadable.add(offset + inPiece.offset(i), inPiece.length(i));
            }
            pieces.add(new SetPiece(names.checked(fields, "File", file), fileOffset, offset, OptionalLong.of(length),
                    fields.digest("Sha256"), unreadable.build()));
        }
        return pieces;
    }

    /** Returns ranges that count from the beginning of what they are part of, which has {@code length} bytes. */
    private static ExtentList ranges(Fields fields, long length) throws BadManifestException {
        ExtentList.Builder ranges = new ExtentList.Builder();
        RangeArray listed = fields.ranges();
        long done = 0;
        for (int i = 0; i < listed.count(); i++) {
            long offset = listed.offset(i);
            long bytes = listed.length(i);
            if (offset < done || bytes == 0 || bytes > length || offset > length - bytes) {
                throw fields.bad(JsonTree.RANGES + "[" + i + "].Offset", "is " + offset + " with " + bytes
                        + " bytes: not behind the last one, or behind the end (" + length + ")");
            }
            ranges.add(offset, bytes);
            done = offset + bytes;
        }
        return ranges.build();
    }

    private static Optional<Instant> time(Fields fields, String name) throws BadManifestException {
        Optional<String> text = fields.text(name);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            throw fields.bad(name, "is \"" + text.orElse("") + "\", no time like 2026-01-02T03:04:05Z");
        }
    }

    private static int small(Fields fields, String name, long value) throws BadManifestException {
        if (value > MAX_INDEX) {
            throw fields.bad(name, "is " + value + ", more than " + MAX_INDEX);
        }
        return (int) value;
    }
}
