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
        return new BackupManifest("2", "ImagingUtility 0.1.0", new DiskFacts(OptionalInt.of(3), "/dev/sdd", "Model", 1 << 20, 512, "mbr",
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
                new TreeMap<>(Map.of("all-blocks", "false")), List.of("a warning"), "");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        assertThat(format.read("m", format.write(manifest()))).isEqualTo(manifest());
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
        // on purpose
        assertThat(read(other.replaceFirst(",\\s*\"ManifestSha256\"[^}]*", "")).partition(2).orElseThrow().offset()).isEqualTo(33280);
    }

    @Test
    void aTextThatLooksLikeTheDigestIsNotTakenForIt() throws Exception {
        BackupManifest of = manifest();
        BackupManifest odd = new BackupManifest(of.version(), of.tool(), of.disk(), of.created(), of.finished(), of.partitions(),
                of.pieces(), new TreeMap<>(Map.of("ManifestSha256", "0".repeat(64))),
                List.of("\"ManifestSha256\" : \"" + "0".repeat(64) + "\""), "ManifestSha256");
        assertThat(format.read("m", format.write(odd))).isEqualTo(odd);
    }

    @Test
    void whatIsWrittenAndWhatTheOldToolWroteFitTheSchema() throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("../../docs/backup.manifest.schema.json")));
        String written = StandardCharsets.UTF_8.decode(format.write(manifest())).toString();
        assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(VERSION_1, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(written.replace("\"part02.skzimg\"", "\"../part02.skzimg\""), InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(written.replace("\"Role\"", "\"Rolle\""), InputFormat.JSON)).isNotEmpty();
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
    @CsvSource(delimiter = '|', value = {"\"Version\":\"1\"|\"Version\":\"3\"", "50331648|4000000", "35840000|1048577", "35840000|-1",
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
}
