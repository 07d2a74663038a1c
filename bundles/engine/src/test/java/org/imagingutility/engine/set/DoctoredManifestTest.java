package org.imagingutility.engine.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.VerifySetResult.Verdict;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests that were changed, and whose own digest was removed: what they say is held against the table in the set. */
class DoctoredManifestTest extends SetTrial {
    private static final String ONE = "\\{\\s*\"Index\" : %d,(?s:.*?)\"BadRanges\" : \\[.*?\\]\\s*\\},?";
    private static final String LIST = "\"%s\" : \\[(?s:.*?)\\n  \\],|\"%1$s\" : \\[ \\],";

    private Path manifest() {
        return folder.resolve("set/backup.manifest.json");
    }

    private String text() throws IOException {
        return Files.readString(manifest()).replaceFirst(",\\s*\"ManifestSha256\"[^}]*", "");
    }

    private void doctor(String pattern, String instead) throws IOException {
        String text = text();
        String doctored = Pattern.compile(pattern).matcher(text).replaceFirst(instead).replaceAll("\\},(\\s*\\])", "}$1");
        assertThat(doctored).as(pattern).isNotEqualTo(text);
        Files.writeString(manifest(), doctored, StandardCharsets.US_ASCII);
    }

    private void isFound() {
        boolean found;
        try {
            found = verify().items().stream().anyMatch(item -> item.verdict() == Verdict.DAMAGED);
        } catch (ImagingException e) {
            found = true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(found).as("verify-set finds it").isTrue();
        assertThatThrownBy(() -> restore("back", OptionalInt.empty(), false)).isInstanceOf(ImagingException.class);
        assertThat(folder.resolve("back")).doesNotExist();
    }

    @Test
    void anHonestManifestAgreesWithItsTable() throws Exception {
        for (String name : new String[] {"disk-gpt", "disk-mbr", "disk-hybrid", "disk-gpt-primary-lost", "disk-gpt-4kn"}) {
            engine.backup(request(Fixtures.unpack(name, folder), false, true), JobMonitor.NONE);
            assertThat(verify().items()).anySatisfy(item -> {
                assertThat(item.content()).isEqualTo("the manifest");
                assertThat(item.detail()).isEqualTo("agrees with the partition table in the set");
                assertThat(item.verdict()).isEqualTo(Verdict.INTACT);
            });
            Files.writeString(manifest(), text(), StandardCharsets.US_ASCII);
            assertThat(verify().intact()).as(name).isTrue();
            Files.delete(restore("back", OptionalInt.empty(), false));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"Index\" : 3|\"Index\" : 9", "\"Role\" : \"primary\"|\"Role\" : \"logical\"",
        "\"Version\" : \"3\"|\"Version\" : \"2\"", "\"Version\" : \"3\"|\"Version\" : \"1\"",
        "\"SectorSize\" : 512|\"SectorSize\" : 4096", "\"TableKind\" : \"gpt\"|\"TableKind\" : \"mbr\"",
        "\"TableKind\" : \"gpt\"|\"TableKind\" : null", "\"DiskGuid\" : \"..|\"DiskGuid\" : \"00",
        "\"DiskSize\" : 100663296|\"DiskSize\" : 100663808"})
    void aChangedFactIsFound(String there, String instead) throws Exception {
        backUp(Fixtures.unpack("disk-gpt", folder));
        doctor(there, instead);
        isFound();
    }

    @Test
    void missingPartitionsPiecesAndListsAreFound() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        for (String gone : new String[] {ONE.formatted(3), LIST.formatted("Partitions"), LIST.formatted("Pieces"),
            LIST.formatted("LeftOut")}) {
            engine.backup(request(disk, false, true), JobMonitor.NONE);
            doctor(gone, "");
            isFound();
        }
        // emptied, and all of the disk said to be left out
        engine.backup(request(disk, false, true), JobMonitor.NONE);
        doctor(LIST.formatted("Partitions"), "\"Partitions\" : [],");
        isFound();
    }

    @Test
    void aSetThatSaysItIsOlderIsHeldAgainstItsTableAllTheSame() throws Exception {
        Path disk = Fixtures.unpack("disk-gpt", folder);
        // 0.1.0 kept the ends
        engine.backup(request(disk, new BackupRequest.Division(BackupRequest.Unpartitioned.ENDS, OptionalInt.empty())),
                JobMonitor.NONE);
        doctor("\"Version\" : \"3\"", "\"Version\" : \"2\"");
        doctor("\"PiecesImage\" : null,", "");
        doctor(LIST.formatted("LeftOut"), "");
        assertThat(verify().intact()).as("sets of 0.1.0 are read as before").isTrue();
        assertThat(Files.mismatch(restore("back", OptionalInt.empty(), false), disk)).isEqualTo(-1);
        Files.delete(folder.resolve("back"));
        String version2 = text();
        doctor(ONE.formatted(3), "");
        isFound();
        Files.writeString(manifest(), version2, StandardCharsets.US_ASCII);
        doctor("(\"StartingOffset\" : )37748736", "$137749248");
        isFound();
        Files.writeString(manifest(), version2, StandardCharsets.US_ASCII);
        doctor(LIST.formatted("Pieces"), "\"Pieces\" : [],");
        isFound();
        // two images that change places
        Files.writeString(manifest(), version2.replace("part02.skzimg", "X").replace("part03.skzimg", "part02.skzimg")
                .replace("X", "part03.skzimg"), StandardCharsets.US_ASCII);
        isFound();
    }

    @Test
    void logicalPartitionsAreComparedToo() throws Exception {
        backUp(Fixtures.unpack("disk-mbr", folder));
        String honest = text();
        for (String gone : new String[] {ONE.formatted(5), ONE.formatted(6), ONE.formatted(3)}) {
            Files.writeString(manifest(), honest, StandardCharsets.US_ASCII);
            doctor(gone, "");
            isFound();
        }
    }
}
