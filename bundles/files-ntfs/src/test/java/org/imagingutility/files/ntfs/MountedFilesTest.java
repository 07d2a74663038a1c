package org.imagingutility.files.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.files.ntfs.compression.Samples;
import org.imagingutility.tck.RandomSeed;
import org.imagingutility.tck.Tools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that ntfs-3g filled: the reader shows what ntfs-3g shows when it is mounted, and lists what the Sleuth Kit lists. */
class MountedFilesTest {
    private static final int MANY = 3000;

    @TempDir
    private static Path folder;

    private static Path image;
    private static FileTree tree;
    private static Map<String, String> expected;

    @BeforeAll
    static void makeVolume() throws IOException, ImagingException {
        try (MountedVolume volume = MountedVolume.make(folder, 64 << 20, 1024)) {
            fill(volume.root);
            volume.unmount();
            volume.mount();
            expected = FilesOf.folder(volume.root);
            volume.unmount();
            image = volume.image;
        }
        tree = Volumes.open(Volumes.device(Files.readAllBytes(image)));
    }

    @AfterAll
    static void closeTree() throws ImagingException {
        if (tree != null) {
            tree.close();
        }
    }

    private static void fill(Path root) throws IOException {
        Random random = new Random(RandomSeed.get());
        Path many = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.write(many.resolve("file " + i + ".dat"), Samples.text(1 + random.nextInt(4000), i));
        }
        Path deep = root;
        for (int i = 0; i < 60; i++) {
            deep = Files.createDirectory(deep.resolve("level " + i));
        }
        Files.write(deep.resolve("at the bottom"), Samples.mixed(40_000, 1));
        Path packed = Files.createDirectory(root.resolve("packed"));
        MountedVolume.compress(packed);
        int[] sizes = {100, 4095, 4096, 4097, 16_384, 65_535, 65_536, 70_000, 1_000_000};
        for (int size : sizes) {
            Files.write(packed.resolve("mixed " + size), Samples.mixed(size, size));
            Files.write(packed.resolve("text " + size), Samples.text(size, size));
        }
        Files.write(packed.resolve("zeros"), new byte[300_000]);
        Files.write(root.resolve("a.txt"), Samples.text(100, 2));
        Files.write(root.resolve("a.txt:stream"), Samples.mixed(50_000, 3));
        Files.write(root.resolve("a.txt:short"), "few bytes".getBytes(StandardCharsets.US_ASCII));
        Files.createLink(root.resolve("level 0/link.txt"), root.resolve("a.txt"));
        Files.createSymbolicLink(root.resolve("symbolic"), Path.of("level 0/link.txt"));
        Files.write(root.resolve("n".repeat(255)), Samples.mixed(30_000, 4));
        Files.write(root.resolve("empty"), new byte[0]);
        Files.write(Files.createDirectory(root.resolve("Übung 東京")).resolve("\uD83D\uDE00 ж.bin"), Samples.mixed(60_000, 5));
        Path cases = Files.createDirectory(root.resolve("cases"));
        for (String name : List.of("name", "Name", "NAME", "nAMe", "äö", "ÄÖ", "na", "namely")) {
            Files.writeString(cases.resolve(name), name);
        }
        Path shortNamed = Files.write(root.resolve("a long name.html"), Samples.text(10, 6));
        Tools.run("setfattr", "-n", "system.ntfs_dos_name", "-v", "ALONGN~1.HTM", shortNamed.toString());
        sparse(root.resolve("sparse"), random);
        // the holes that every second file leaves are filled by one file, so that its runs need several records
        for (int i = 0; i < MANY; i += 2) {
            Files.delete(many.resolve("file " + i + ".dat"));
        }
        inPieces(root, random);
    }

    private static void sparse(Path file, Random random) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < 40; i++) {
                sparse.seek(i * 1_000_003L);
                sparse.write(Samples.mixed(5000, random.nextLong()));
            }
            sparse.setLength(100L << 20);
        }
    }

    private static void inPieces(Path root, Random random) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("in pieces").toFile(), "rw")) {
            while (root.toFile().getUsableSpace() > 1 << 20) {
                large.write(Samples.mixed(256 << 10, random.nextLong()));
            }
        }
    }

    @Test
    void showsWhatTheMountedVolumeShows() throws ImagingException {
        assertThat(expected).hasSizeGreaterThan(MANY / 2 + 100);
        assertThat(FilesOf.tree(tree)).isEqualTo(expected);
    }

    @Test
    void listsWhatTheSleuthKitLists() throws IOException, ImagingException {
        Tools.require(Assumptions::abort, "fls");
        TreeSet<String> listed = new TreeSet<>();
        for (String line : Tools.output("fls", "-rp", image.toString()).lines().toList()) {
            // r/r 73-128-6:<tab>docs/f5000.dat:big stream; deleted ones have an asterisk
            String[] parts = line.split("\t", 2);
            String path = parts[1];
            boolean system = path.startsWith("$");
            if (!parts[0].contains("*") && !system && (!path.contains(":") || path.contains(" 東京"))) {
                listed.add(path);
            }
        }
        assertThat(new TreeSet<>(expected.keySet())).isEqualTo(listed);
    }

    @Test
    void findsNamesByTheRulesOfTheVolume() throws ImagingException {
        FileNode cases = find(tree.root(), "CASES").node();
        for (String name : List.of("name", "Name", "NAME", "nAMe", "äö", "ÄÖ", "na", "namely")) {
            assertThat(find(cases, name).name().text()).isEqualTo(name);
        }
        assertThat(find(cases, "namE").name().text()).isEqualToIgnoringCase("name");
        assertThat(find(cases, "Äö").name().text()).isEqualToIgnoringCase("äö");
        assertThat(tree.find(cases, "nam")).isEmpty();
        FileNode many = find(tree.root(), "many").node();
        assertThat(find(many, "FILE 1777.dat").name().text()).isEqualTo("file 1777.dat");
        assertThat(tree.find(many, "file 1776.dat")).isEmpty();
        assertThat(find(tree.root(), "alongn~1.htm").node()).satisfies(node ->
                assertThat(node.id()).isEqualTo(idOf("a long name.html")));
    }

    @Test
    void givesTheFilesOfTheFileSystemItselfOnlyByName() throws ImagingException {
        DirectoryEntry table = find(tree.root(), "$MFT");
        try (FileContent content = tree.open(table.node())) {
            assertThat(content.length()).isGreaterThan(1000 * 1024L).isEqualTo(tree.details(table.node()).size());
        }
        assertThat(expected.keySet()).noneMatch(path -> path.startsWith("$"));
        assertThat(tree.find(tree.root(), ".")).isEmpty();
    }

    @Test
    void readsNamedStreams() throws ImagingException {
        FileNode file = find(tree.root(), "a.txt").node();
        List<FileStream> streams = tree.streams(file);
        assertThat(streams).extracting(stream -> stream.name().text() + " " + stream.size()).containsExactlyInAnyOrder(
                "stream 50000", "short 9");
        for (FileStream stream : streams) {
            try (FileContent content = tree.open(file, stream)) {
                byte[] bytes = new byte[(int) content.length()];
                content.read(0, ByteBuffer.wrap(bytes));
                assertThat(bytes).isEqualTo(stream.size() == 9 ? "few bytes".getBytes(StandardCharsets.US_ASCII)
                        : Samples.mixed(50_000, 3));
            }
        }
        assertThat(tree.details(file).links()).isEqualTo(2);
    }

    @Test
    void tellsHolesFromData() throws ImagingException {
        FileNode file = find(tree.root(), "sparse").node();
        assertThat(tree.details(file).size()).isEqualTo(100L << 20);
        assertThat(tree.details(file).allocated().orElseThrow()).isLessThan(1 << 20);
        long data = 0;
        int ranges = 0;
        try (FileContent content = tree.open(file)) {
            for (long at = 0; at < content.length();) {
                FileRange range = content.range(at, Long.MAX_VALUE);
                data += range.kind() == FileRange.Kind.DATA ? range.length() : 0;
                at += range.length();
                ranges++;
            }
        }
        assertThat(data).isBetween(40 * 5000L, 40 * 7200L);
        assertThat(ranges).isBetween(79, 81);
        assertThat(tree.details(find(find(tree.root(), "packed").node(), "text 1000000").node()).flags()).contains(FileFlag.COMPRESSED);
    }

    private static long idOf(String path) throws ImagingException {
        FileNode node = tree.root();
        for (String name : Arrays.asList(path.split("/"))) {
            node = find(node, name).node();
        }
        return node.id();
    }

    private static DirectoryEntry find(FileNode directory, String name) throws ImagingException {
        return tree.find(directory, name).orElseThrow(() -> new AssertionError(name + " is not found"));
    }
}
