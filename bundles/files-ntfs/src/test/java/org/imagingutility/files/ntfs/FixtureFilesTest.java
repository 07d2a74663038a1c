package org.imagingutility.files.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of volumes that other tools made, against what those tools say: paths, kinds, links, times, sizes, contents, streams. */
class FixtureFilesTest {
    private static final Map<String, FileKind> KINDS = Map.of("dir", FileKind.DIRECTORY, "file", FileKind.FILE,
            "link", FileKind.SYMBOLIC_LINK);

    @TempDir
    private Path folder;

    static List<String> sound() {
        return Fixtures.ofKind("ntfs");
    }

    @ParameterizedTest
    @MethodSource("sound")
    void showsTheFilesOfTheOracle(String name) throws IOException, ImagingException {
        Map<String, JsonNode> expected = new TreeMap<>();
        Fixtures.oracle(name).get("files").forEach(file -> expected.put(file.get("path").asText(), file));
        try (FileTree tree = Volumes.open(Volumes.device(Fixtures.unpack(name, folder)))) {
            Map<String, FileNode> found = new TreeMap<>();
            list(tree, tree.root(), "", found);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            for (Map.Entry<String, FileNode> file : found.entrySet()) {
                check(tree, file.getValue(), expected.get(file.getKey()));
            }
        }
    }

    private static void list(FileTree tree, FileNode directory, String path, Map<String, FileNode> found) throws ImagingException {
        try (DirectoryCursor cursor = tree.list(directory)) {
            while (cursor.next()) {
                DirectoryEntry entry = cursor.entry();
                found.put(path + entry.name().text(), entry.node());
                if (entry.node().kind() == FileKind.DIRECTORY) {
                    list(tree, entry.node(), path + entry.name().text() + "/", found);
                }
            }
        }
    }

    private static void check(FileTree tree, FileNode node, JsonNode expected) throws ImagingException {
        String path = expected.get("path").asText();
        FileDetails details = tree.details(node);
        assertThat(node.id()).as(path).isEqualTo(expected.get("inode").asLong());
        assertThat(details.kind()).as(path).isEqualTo(KINDS.get(expected.get("type").asText()));
        assertThat(details.links()).as(path).isEqualTo(expected.get("links").asLong());
        times(path, details, expected.get("times"));
        if (details.kind() == FileKind.SYMBOLIC_LINK) {
            assertThat(tree.target(node).target().text()).as(path).isEqualTo(expected.get("target").asText());
        } else if (details.kind() == FileKind.FILE) {
            assertThat(details.size()).as(path).isEqualTo(expected.get("size").asLong());
            try (FileContent content = tree.open(node)) {
                assertThat(digest(content)).as(path).isEqualTo(expected.get("sha256").asText());
            }
        }
        streams(tree, node, expected);
    }

    private static void times(String path, FileDetails details, JsonNode times) {
        assertThat(instant(details.times().created().orElseThrow())).as(path).isEqualTo(Instant.parse(times.get("created").asText()));
        assertThat(instant(details.times().modified().orElseThrow())).as(path).isEqualTo(Instant.parse(times.get("modified").asText()));
        assertThat(instant(details.times().accessed().orElseThrow())).as(path).isEqualTo(Instant.parse(times.get("accessed").asText()));
        assertThat(instant(details.times().changed().orElseThrow())).as(path).isEqualTo(Instant.parse(times.get("mftChanged").asText()));
    }

    private static Instant instant(FileTimestamp time) {
        assertThat(time.local()).isFalse();
        return time.instant();
    }

    private static void streams(FileTree tree, FileNode node, JsonNode expected) throws ImagingException {
        List<String> wanted = new ArrayList<>();
        expected.path("streams").forEach(stream -> wanted.add(stream.get("name").asText() + " " + stream.get("size").asLong() + " "
                + stream.get("sha256").asText()));
        List<String> found = new ArrayList<>();
        for (FileStream stream : tree.streams(node)) {
            try (FileContent content = tree.open(node, stream)) {
                found.add(stream.name().text() + " " + stream.size() + " " + digest(content));
            }
        }
        assertThat(found).as(expected.get("path").asText()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Returns the SHA-256 of a content, read in pieces of an odd size. */
    static String digest(FileContent content) throws ImagingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer piece = ByteBuffer.allocate(50_001);
            for (long at = 0; at < content.length(); at += piece.limit()) {
                piece.clear().limit((int) Math.min(piece.capacity(), content.length() - at));
                content.read(at, piece);
                digest.update(piece.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
