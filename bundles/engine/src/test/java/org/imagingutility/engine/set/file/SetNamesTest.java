package org.imagingutility.engine.set.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.backup.BackupManifest;
import org.imagingutility.api.backup.DiskFacts;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.backup.SetPiece;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.partition.PartitionRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in manifests, whatever format of manifests let them pass. */
class SetNamesTest {

    private static void check(String piece, String... images) throws ImageFormatException {
        List<SetPartition> partitions = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            partitions.add(new SetPartition(i + 1, PartitionRole.PRIMARY, 1000 + i, 1, "", "", "", "", 0, false, "", "", "", "",
                    Optional.of(new SetArtefact(SetArtefact.Kind.IMAGE, images[i], OptionalLong.empty(), Optional.empty(),
                            Optional.empty(), "", OptionalLong.empty(), ExtentList.empty(), 0))));
        }
        SetNames.check("m", "manifest", new BackupManifest("2", "", new DiskFacts(OptionalInt.empty(), "", "", 2000, 512, "", "",
                ""), Instant.EPOCH, Optional.empty(), partitions, List.of(
                new SetPiece(piece, 0, 0, OptionalLong.of(10), Optional.empty(), ExtentList.empty()),
                new SetPiece(piece, 10, 20, OptionalLong.of(10), Optional.empty(), ExtentList.empty())), new TreeMap<>(), List.of(), ""));
    }

    @Test
    void namesOfTheFolderAreTaken() {
        assertThatCode(() -> check("outside.bin", "part01.skzimg", "part02.skzimg", OS.WINDOWS.isCurrentOs() ? "weird name $ ; x" : "weird name \\ : x")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../x", "a/b", "/etc/passwd", "a/", "./a", "\u0000", "manifest", "Manifest"})
    void namesThatLeadElsewhereAreRefused(String name) {
        assertThatThrownBy(() -> check("p", name)).isInstanceOf(ImageFormatException.class);
        assertThatThrownBy(() -> check(name, "i")).isInstanceOf(ImageFormatException.class);
    }

    @Test
    void oneFileIsTheFileOfOneThing() {
        assertThatThrownBy(() -> check("p", "a", "a")).isInstanceOf(ImageFormatException.class).hasMessageContaining("two things");
        assertThatThrownBy(() -> check("p", "part01", "PART01")).isInstanceOf(ImageFormatException.class);
        assertThatThrownBy(() -> check("a", "A")).isInstanceOf(ImageFormatException.class);
    }
}
