package org.imagingutility.disk.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.partition.PartitionRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestFormatTest {
    private static final String VERSION_1 = """
            {"Version":"1","DiskNumber":0,"DiskSize":50331648,"CreatedUtc":"2021-03-04T05:06:07.1234567Z","Partitions":[
            {"Index":0,"StartingOffset":1048576,"Size":2097152,"Type":"GPT: Unknown","DriveLetter":null,"VolumeLabel":null,
            "FileSystem":null,"ImageFile":null,"RawDump":"part00-raw.bin","RawDumpSha256":null,"ImageSha256":null},
            {"Index":1,"StartingOffset":35840000,"Size":8388608,"Type":"GPT: Basic Data","DriveLetter":"C:","VolumeLabel":"M\\u00FCll",
            "FileSystem":"NTFS","ImageFile":"part01-C.skzimg","RawDump":null,"RawDumpSha256":null,
            "ImageSha256":"81B0997FB1BC39B5E4AF8B9DF470BB06AB4FBB9BFEAE97B44536EB1180703D82"}],
            "PartitionTableDump":"disk0-pt.bin","PartitionTableDumpSha256":null,"Notes":"Built without VSS"}""";
    private static final List<LeftOut> LEFT_OUT = List.of(
            new LeftOut(48640, 53760, LeftOut.Content.ZEROS, "unpartitioned, and zeros"),
            new LeftOut(102912, 101888, LeftOut.Content.DATA, ""), new LeftOut(212992, 311296, LeftOut.Content.UNKNOWN, "x"));
    private final ManifestFormat format = new ManifestFormat();

    private BackupManifest read(String json) throws Exception {
        return format.read("m", ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Digest digest(String pair) {
        return Digest.ofHex(pair.repeat(32));
    }

    private static BackupManifest manifest() {
        SetArtefact image = new SetArtefact(SetArtefact.Kind.IMAGE, "part02.skzimg", OptionalLong.of(7), Optional.of(digest("aa")),
                Optional.of(new ImageDigests(digest("bb"), digest("cc"))), "ntfs", OptionalLong.of(4096),
                new ExtentList.Builder().add(512, 512).add(4096, 1024).build(), 9999);
        SetArtefact raw = new SetArtefact(SetArtefact.Kind.RAW, "part05-raw.bin", OptionalLong.of(8192), Optional.of(digest("dd")),
                Optional.empty(), "all", OptionalLong.of(8192), ExtentList.empty(), 0);
        return new BackupManifest("3", "ImagingUtility 0.2.0", new DiskFacts(OptionalInt.of(3), "/dev/sdd", "Model", 1 << 20, 512, "mbr",
                "", "0x0badcafe"), Instant.parse("2026-01-02T03:04:05Z"), Optional.of(Instant.parse("2026-01-02T04:04:05Z")), List.of(
                new SetPartition(1, PartitionRole.EXTENDED, 100 << 10, 1 << 30, "MBR: extended", "0x05", "", "", 0, false, "", "", "", "",
                        Optional.empty()),
                new SetPartition(2, PartitionRole.PRIMARY, 32256, 16384, "MBR: NTFS, exFAT or HPFS", "0x07", "n\\u00e4me\ud800",
                        "GUID", Long.MIN_VALUE | 4, true, "", "NTFS 3.1", "L & <M>", "01", Optional.of(image)),
                new SetPartition(5, PartitionRole.LOGICAL, 200 << 10, 8192, "MBR: Linux", "0x83", "", "", 0, false, "", "", "", "",
                        Optional.of(raw))),
                List.of(new SetPiece("disk3-pt.bin", 0, 0, OptionalLong.of(32256), Optional.of(digest("ee")),
                                new ExtentList.Builder().add(1024, 512).build()),
                        new SetPiece("disk3-outside.bin", 0, 100 << 10, OptionalLong.of(512), Optional.of(digest("ff")), ExtentList.empty()),
                        new SetPiece("disk3-outside.bin", 512, 1 << 19, OptionalLong.of(1 << 19), Optional.empty(), new ExtentList.Builder()
                                .add((1 << 19) + 512, 512).build())),
                Optional.empty(), LEFT_OUT, new TreeMap<>(Map.of("all-blocks", "false")), List.of("a warning"), "");
    }

    private static BackupManifest withPiecesInAnImage() {
        BackupManifest of = manifest();
        List<SetPiece> pieces = new ArrayList<>(of.pieces());
        pieces.add(1, new SetPiece("disk3-unpartitioned.skzimg", 0, 48640, OptionalLong.of(40000), Optional.empty(),
                ExtentList.empty()));
        pieces.add(new SetPiece("disk3-unpartitioned.skzimg", 40000, 1 << 20, OptionalLong.of(1 << 20), Optional.empty(),
                ExtentList.empty()));
        SetArtefact image = new SetArtefact(SetArtefact.Kind.IMAGE, "disk3-unpartitioned.skzimg", OptionalLong.of(7000),
                Optional.of(digest("ab")), Optional.of(new ImageDigests(digest("bc"), digest("cd"))), "all",
                OptionalLong.of(40000 + (1 << 20)), ExtentList.empty(), 0);
        DiskFacts disk = new DiskFacts(of.disk().number(), of.disk().device(), "", 2 << 20, 512, "mbr", "", "");
        return new BackupManifest("3", of.tool(), disk, of.created(), of.finished(), of.partitions(), pieces, Optional.of(image),
                List.of(new LeftOut(88640, 13760, LeftOut.Content.DATA, "because"), LEFT_OUT.get(1), LEFT_OUT.get(2)),
                of.options(), of.warnings(), of.notes());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertThat(format.read("m", format.write(manifest()))).isEqualTo(manifest());
        assertThat(format.read("m", format.write(withPiecesInAnImage()))).isEqualTo(withPiecesInAnImage());
    }

    /** The most partitions there may be, a piece before and a range left out behind each, and as many unreadable ranges as are listed. */
    @Test
    void theLargestManifestThatIsWrittenIsReadAgain() throws Exception {
        long part = 1L << 30;
        int ranges = BackupManifest.MAX_RANGES / (2 * BackupManifest.MAX_PARTITIONS);
        List<SetPartition> partitions = new ArrayList<>();
        List<SetPiece> pieces = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < BackupManifest.MAX_PARTITIONS; i++) {
            long offset = (long) Integer.MAX_VALUE * part + 3 * part * i;
            String name = "\u20ac".repeat(72);
            partitions.add(new SetPartition(i + 1, PartitionRole.PRIMARY, offset + part, part, "GPT: " + name, "GUID".repeat(9), name,
                    "GUID".repeat(9), Long.MIN_VALUE, true, "", "NTFS 3.1", name, name, Optional.of(new SetArtefact(SetArtefact.Kind.IMAGE,
                            "part" + i + ".skzimg", OptionalLong.of(part), Optional.of(digest("aa")), Optional.of(new ImageDigests(
                            digest("bb"), digest("cc"))), "ntfs", OptionalLong.of(part), everyOther(ranges, 0), part))));
            pieces.add(new SetPiece("disk3-outside.bin", offset, offset, OptionalLong.of(part), Optional.of(digest("ee")),
                    everyOther(ranges, offset)));
            leftOut.add(new LeftOut(offset + 2 * part, part, LeftOut.Content.DATA, "unpartitioned space, " + name));
            warnings.add("partition " + i + " " + name);
            warnings.add("partition table: " + name);
        }
        long end = leftOut.get(leftOut.size() - 1).end();
        leftOut.add(0, new LeftOut(0, pieces.get(0).offset(), LeftOut.Content.ZEROS, ""));
        BackupManifest of = manifest();
        BackupManifest largest = new BackupManifest("3", of.tool(), new DiskFacts(of.disk().number(), of.disk().device(), "", end, 512, "gpt", "",
                ""), of.created(), of.finished(), partitions, pieces, Optional.empty(), leftOut, of.options(), warnings, "");
        ByteBuffer written = format.write(largest);
        assertThat(written.remaining()).isLessThanOrEqualTo(ManifestFormat.MAX_LENGTH);
        assertThat(format.read("m", written)).isEqualTo(largest);
    }

    @Test
    void aManifestThatCouldNotBeReadIsNotWritten() {
        BackupManifest of = manifest();
        List<String> warnings = java.util.Collections.nCopies(200_001, "w");
        assertThatThrownBy(() -> format.write(new BackupManifest("3", of.tool(), of.disk(), of.created(), of.finished(), of.partitions(),
                of.pieces(), of.piecesImage(), of.leftOut(), of.options(), warnings, ""))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("values");
        List<String> long18 = java.util.Collections.nCopies(18, "w".repeat(1 << 20));
        assertThatThrownBy(() -> format.write(new BackupManifest("3", of.tool(), of.disk(), of.created(), of.finished(), of.partitions(),
                of.pieces(), of.piecesImage(), of.leftOut(), of.options(), long18, ""))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    private static ExtentList everyOther(int count, long from) {
        ExtentList.Builder builder = new ExtentList.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(from + 1024L * i, 512);
        }
        return builder.build();
    }

    @Test
    void whatWasChangedSinceItWasWrittenIsRefused() throws Exception {
        String written = StandardCharsets.US_ASCII.decode(format.write(manifest())).toString();
        String other = written.replace("\"StartingOffset\" : 32256", "\"StartingOffset\" : 33280");
        assertThat(other).isNotEqualTo(written);
        assertThatThrownBy(() -> read(other)).isInstanceOf(ImageFormatException.class).hasMessageContaining("was changed since");
        assertThatThrownBy(() -> read(written + " ")).hasMessageContaining("was changed since");
        assertThatThrownBy(() -> read(written.replaceFirst("(ManifestSha256\" : \")[0-9a-f]", "$1Z")))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("ManifestSha256");
        // on purpose, and possible
        assertThat(read(changed(manifest(), "\"Name\" : null", "\"Name\" : \"mine\"")).partitions().get(0).name()).isEqualTo("mine");
    }

    @Test
    void aTextThatLooksLikeTheDigestIsNotTakenForIt() throws Exception {
        BackupManifest of = manifest();
        BackupManifest odd = new BackupManifest(of.version(), of.tool(), of.disk(), of.created(), of.finished(), of.partitions(),
                of.pieces(), of.piecesImage(), of.leftOut(), new TreeMap<>(Map.of("ManifestSha256", "0".repeat(64))),
                List.of("\"ManifestSha256\" : \"" + "0".repeat(64) + "\""), "ManifestSha256");
        assertThat(format.read("m", format.write(odd))).isEqualTo(odd);
    }

    @Test
    void whatIsWrittenAndWhatTheOldToolWroteFitTheSchema() throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../../docs/backup.manifest.schema.json")));
        String written = StandardCharsets.UTF_8.decode(format.write(manifest())).toString();
        assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
        String withImage = StandardCharsets.UTF_8.decode(format.write(withPiecesInAnImage())).toString();
        assertThat(schema.validate(withImage, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(withImage.replace("\"LeftOut\"", "\"Left\""), InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(VERSION_1, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(written.replace("\"part02.skzimg\"", "\"../part02.skzimg\""), InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(written.replace("\"Role\"", "\"Rolle\""), InputFormat.JSON)).isNotEmpty();
    }

    /** The manifest as text without its digest, changed. */
    private String changed(BackupManifest manifest, String there, String instead) {
        String written = StandardCharsets.US_ASCII.decode(format.write(manifest)).toString()
                .replaceFirst(",\\s*\"ManifestSha256\"[^}]*", "");
        String changed = written.replaceFirst(there, instead);
        assertThat(changed).as(there).isNotEqualTo(written);
        return changed;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // an older version that does not have what the manifest has
        "\"Version\" : \"3\"|\"Version\" : \"1\"", "\"Version\" : \"3\"|\"Version\" : \"2\"",
        // lists that are gone
        "\"LeftOut\"|\"Left\"", "\"Pieces\"|\"Piece\"", "\"Partitions\"|\"Partition\"",
        // a range of the disk that is nowhere, or in two places
        "\"StartingOffset\" : 32256|\"StartingOffset\" : 32768", "\"Size\" : 8192|\"Size\" : 7680",
        "\"StartingOffset\" : 102912|\"StartingOffset\" : 102400", "\"StartingOffset\" : 212992|\"StartingOffset\" : 212480",
        "(\"StartingOffset\" : 204800,\\s+\"Size\" : )8192|$18704", "\"DiskSize\" : \\d+|\"DiskSize\" : 9999999",
        "\"Content\" : \"data\"|\"Content\" : \"date\""})
    void aManifestThatDoesNotAccountForTheDiskIsRefused(String there, String instead) {
        for (BackupManifest manifest : List.of(manifest(), withPiecesInAnImage())) {
            assertThatThrownBy(() -> read(changed(manifest, there, instead))).as(there).isInstanceOf(ImageFormatException.class);
        }
    }

    @Test
    void piecesInAnImageStandOneBehindTheOther() {
        assertThatThrownBy(() -> read(changed(withPiecesInAnImage(), "\"FileOffset\" : 40000", "\"FileOffset\" : 40512")))
                .hasMessageContaining("would begin at byte 40512");
        assertThatThrownBy(() -> read(changed(withPiecesInAnImage(), "\"PiecesImage\" : \\{\\s+\"ImageFile\" : \"[^\"]+\"",
                "\"PiecesImage\" : { \"ImageFile\" : null"))).hasMessageContaining("PiecesImage.ImageFile");
    }

    @Test
    void manifestsOfVersion2AreReadAsBefore() throws Exception {
        String of = changed(manifest(), "\"Version\" : \"3\"", "\"Version\" : \"2\"")
                .replaceFirst("\"PiecesImage\" : null,", "").replaceFirst("(?s)\"LeftOut\" : .*?],\\s*\"Options\"", "\"Options\"");
        BackupManifest manifest = read(of);
        assertThat(manifest.version()).isEqualTo("2");
        assertThat(manifest.pieces()).isEqualTo(manifest().pieces());
        assertThat(manifest.partitions()).isEqualTo(manifest().partitions());
        assertThat(manifest.leftOut()).isEmpty();
    }

    @Test
    void manifestsOfTheOldToolAreRead() throws Exception {
        BackupManifest manifest = read("\ufeff" + VERSION_1);
        assertThat(manifest.version()).isEqualTo("1");
        assertThat(manifest.disk().number()).hasValue(0);
        assertThat(manifest.pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.file()).isEqualTo("disk0-pt.bin");
            assertThat(piece.length()).isEmpty();
        });
        assertThat(manifest.partition(1).orElseThrow().label()).isEqualTo("M\u00fcll");
        assertThat(manifest.partition(1).orElseThrow().artefact().orElseThrow().fileSha256()).isPresent();
        assertThat(manifest.partition(0).orElseThrow().artefact().orElseThrow().kind()).isEqualTo(SetArtefact.Kind.RAW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "a\\\\b", "C:x", "..", ".", "", " ", "backup.manifest.json", "a\\u0000b"})
    void namesThatLeadOutOfTheFolderAreRefused(String name) {
        for (String there : new String[] {"disk0-pt.bin", "part00-raw.bin", "part01-C.skzimg"}) {
            assertThatThrownBy(() -> read(VERSION_1.replace(there, name))).isInstanceOf(ImageFormatException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"Version\":\"1\"|\"Version\":\"4\"", "50331648|4000000", "35840000|1048577", "35840000|-1",
        "8388608|0", "8388608|9223372036854775807", "8388608|99999999999999999999", "\"Index\":1|\"Index\":0", "81B0|81G0",
        "2021-03|yesterday", "\"Partitions\":[|\"Partitions\":[1,", "\"DiskSize\"|\"DiskSice\"", "8388608|1.5"})
    void impossibleValuesAreRefused(String there, String instead) {
        assertThat(VERSION_1).contains(there);
        assertThatThrownBy(() -> read(VERSION_1.replace(there, instead))).isInstanceOf(ImageFormatException.class);
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String text : new String[] {"", "[]", "{", VERSION_1 + "{}", VERSION_1.substring(0, 300), "[".repeat(100_000)}) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(ImageFormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "a\\udfff.skzimg", "\\u0000", "\\u202e/x"})
    void namesThatNoFileCanHaveAreRefusedWithTheirPlace(String escaped) {
        assertThatThrownBy(() -> read(VERSION_1.replace("part01-C.skzimg", escaped))).isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("Partitions[1].ImageFile");
    }

    @Test
    void namesOfMoreThan255BytesAreRefused() throws Exception {
        read(VERSION_1.replace("part01-C.skzimg", "x".repeat(255)));
        assertThatThrownBy(() -> read(VERSION_1.replace("part01-C.skzimg", "x".repeat(256)))).isInstanceOf(ImageFormatException.class);
        assertThatThrownBy(() -> read(VERSION_1.replace("part01-C.skzimg", "\u00fc".repeat(128))))
                .isInstanceOf(ImageFormatException.class);
    }

    @Test
    void howMuchAManifestHoldsIsBounded() {
        String many = "1,".repeat(JsonTree.MAX_VALUES);
        assertThatThrownBy(() -> read("{\"Version\":\"3\",\"Warnings\":[" + many + "1]}")).isInstanceOf(ImageFormatException.class)
                .hasMessageContaining("more than " + JsonTree.MAX_VALUES).satisfies(e ->
                        assertThat(((ImageFormatException) e).offset()).isGreaterThan(JsonTree.MAX_VALUES));
        assertThatThrownBy(() -> read("{\"Version\":\"3\",\"Notes\":\"" + "x".repeat((1 << 20) + 1) + "\"}"))
                .isInstanceOf(ImageFormatException.class);
        assertThatThrownBy(() -> read("{\"Version\":\"3\",\"Notes\":" + "[".repeat(20) + "]".repeat(20) + "}"))
                .isInstanceOf(ImageFormatException.class);
        assertThatThrownBy(() -> format.read("m", ByteBuffer.allocate(ManifestFormat.MAX_LENGTH + 1)))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("at most");
    }

    @Test
    void manyUnreadableRangesTakeLittleMemory() throws Exception {
        StringBuilder ranges = new StringBuilder();
        int count = 400_000;
        for (int i = 0; i < count; i++) {
            ranges.append(i == 0 ? "" : ",").append("{\"Offset\":").append(2 * i).append(",\"Length\":1}");
        }
        BackupManifest manifest = read(VERSION_1.replace("\"ImageSha256\":\"", "\"BadRanges\":[" + ranges + "],\"ImageSha256\":\""));
        assertThat(manifest.partitions().get(1).artefact().orElseThrow().unreadable().count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[{}]", "[{\"Offset\":1}]", "[{\"Length\":1}]", "[{\"Offset\":-1,\"Length\":1}]",
        "[{\"Offset\":1,\"Length\":0}]", "[{\"Offset\":8388608,\"Length\":1}]", "[{\"Offset\":0,\"Length\":8388609}]",
        "[{\"Offset\":1,\"Length\":9223372036854775807}]", "[{\"Offset\":1,\"Length\":\"1\"}]", "{}", "1",
        "[{\"Offset\":1,\"Length\":1,\"More\":[]}]", "[{\"Offset\":4,\"Length\":4},{\"Offset\":7,\"Length\":1}]"})
    void rangesThatAreNoneAreRefused(String ranges) {
        assertThatThrownBy(() -> read(VERSION_1.replace("\"ImageSha256\":\"", "\"BadRanges\":" + ranges + ",\"ImageSha256\":\"")))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("BadRanges");
    }
}
