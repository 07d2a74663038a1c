package org.imagingutility.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.partition.GptCopies;
import org.imagingutility.api.partition.Partition;
import org.imagingutility.api.partition.PartitionRole;
import org.imagingutility.api.partition.PartitionTable;
import org.imagingutility.api.partition.PartitionTableKind;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that sfdisk and sgdisk made, sound and damaged, against what sfdisk says of them. */
class FixturesTest {
    @TempDir
    private Path folder;

    static List<String> disks() {
        return Fixtures.ofKind("disk");
    }

    static List<String> badDisks() {
        return Fixtures.ofKind("bad-disk");
    }

    @ParameterizedTest
    @MethodSource("disks")
    void readsWhatSfdiskReads(String name) throws IOException, ImagingException {
        JsonNode oracle = Fixtures.oracle(name);
        JsonNode expect = oracle.get("expect");
        if (expect.path("refuse").asBoolean()) {
            assertThat(read(name).orElseThrow().contradictions()).singleElement().asString().startsWith("byte 462: ")
                    .contains("partitions 1 and 2 overlap");
            return;
        }
        Optional<PartitionTable> found = read(name);
        if (expect.get("table").asText().equals("none")) {
            assertThat(found).isEmpty();
            return;
        }
        PartitionTable table = found.orElseThrow();
        JsonNode sfdisk = oracle.get("sfdisk");
        boolean mbr = expect.get("table").asText().equals("mbr");
        assertThat(table.kind()).isEqualTo(mbr ? PartitionTableKind.MBR
                : expect.path("hybridMbr").asBoolean() ? PartitionTableKind.HYBRID : PartitionTableKind.GPT);
        assertThat(mbr ? table.diskSignature() : table.diskGuid()).isEqualTo(sfdisk.get("id").asText());
        assertThat(table.sectorSize()).isEqualTo(sfdisk.get("sectorsize").asInt());
        assertThat(table.warnings()).isEmpty();
        assertThat(lines(table)).isEqualTo(lines(sfdisk));
        if (!mbr) {
            assertThat(state(table.copies().orElseThrow().primaryProblem())).isEqualTo(expect.path("primary").asText("valid"));
            assertThat(state(table.copies().orElseThrow().backupProblem())).isEqualTo(expect.path("backup").asText("valid"));
            assertThat(table.copies().orElseThrow().used()).isEqualTo(expect.path("useBackup").asBoolean()
                    ? GptCopies.Copy.BACKUP : GptCopies.Copy.PRIMARY);
        }
        assertThat(table.mbrView().stream().map(entry -> entry.type() + " " + entry.offset() / 512 + "+" + entry.length() / 512)
                .toList()).isEqualTo(mbrEntries(expect));
    }

    @ParameterizedTest
    @MethodSource("badDisks")
    void refusesOrWarnsAsTheOracleSays(String name) throws IOException, ImagingException {
        String expect = Fixtures.oracle(name).get("expect").asText();
        if (expect.equals("reject")) {
            assertThatThrownBy(() -> read(name)).isInstanceOfSatisfying(PartitionTableException.class, refusal ->
                    assertThat(refusal.offset()).isBetween(512L, 1024L));
            return;
        }
        PartitionTable table = read(name).orElseThrow();
        assertThat(table.warnings()).hasSize(1);
        List<Integer> numbers = table.partitions().stream().map(Partition::number).toList();
        switch (expect) {
            case "reject that entry" -> assertThat(numbers).containsExactly(2, 3);
            case "warn" -> {
                assertThat(numbers).containsExactly(1, 2, 3, 5, 6);
                assertThat(table.warnings().get(0)).startsWith("byte 446: partition 1 ends at byte 2199024303616, behind");
                assertThat(table.gaps().totalLength()).isGreaterThan(8 << 20);
            }
            case "stop and warn" -> {
                assertThat(numbers).startsWith(1, 2, 3, 5);
                assertThat(table.warnings().get(0)).contains("the chain of logical partitions is cut off here");
            }
            default -> throw new AssertionError(expect);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntfs-c4096", "ntfs-s4096", "exfat", "fat12", "fat16", "fat32", "ext4-1k"})
    void takesNoFileSystemForATable(String name) throws IOException, ImagingException {
        assertThat(read(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk-gpt", "disk-mbr", "disk-gpt-4kn"})
    void gapsAndPartitionsAreTheWholeDisk(String name) throws IOException, ImagingException {
        PartitionTable table = read(name).orElseThrow();
        long inPartitions = table.partitions().stream().filter(partition -> partition.role() != PartitionRole.EXTENDED)
                .mapToLong(Partition::length).sum();
        assertThat(table.gaps().totalLength() + inPartitions).isEqualTo(table.diskLength());
        assertThat(table.gaps().offset(0)).isZero();
    }

    private Optional<PartitionTable> read(String name) throws IOException, ImagingException {
        try (FileDisk disk = new FileDisk(Fixtures.unpack(name, folder))) {
            return new MbrGptReader().read(disk);
        }
    }

    private static String state(Optional<String> problem) {
        return problem.map(text -> text.contains("checksum of the header") ? "headerCrcWrong" : "damaged").orElse("valid");
    }

    private static List<String> lines(PartitionTable table) {
        return table.partitions().stream().map(partition -> String.join("|", Integer.toString(partition.number()),
                Long.toString(partition.offset() / table.sectorSize()), Long.toString(partition.length() / table.sectorSize()),
                partition.type().replaceFirst("^0x0?", ""), partition.uniqueGuid(), partition.name(),
                Boolean.toString(partition.bootable()))).toList();
    }

    private static List<String> lines(JsonNode sfdisk) {
        List<String> lines = new ArrayList<>();
        for (JsonNode partition : sfdisk.get("partitions")) {
            lines.add(String.join("|", partition.get("node").asText(), partition.get("start").asText(),
                    partition.get("size").asText(), partition.get("type").asText(), partition.path("uuid").asText(),
                    partition.path("name").asText(), Boolean.toString(partition.path("bootable").asBoolean())));
        }
        return lines;
    }

    private static List<String> mbrEntries(JsonNode expect) {
        return StreamSupport.stream(expect.path("mbrEntries").spliterator(), false).filter(entry -> entry.get("size").asLong() > 0)
                .map(entry -> String.format(Locale.ROOT, "0x%02x %d+%d", entry.get("type").asInt(), entry.get("start").asLong(),
                        entry.get("size").asLong())).toList();
    }
}
