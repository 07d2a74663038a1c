package org.imagingutility.files.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileRefusedException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.files.ntfs.compression.Samples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with reparse points, as Windows writes them, on a volume that ntfs-3g wrote: links, junctions, and contents kept otherwise. */
class SpecialFilesTest {
    private static final int WOF_LENGTH = 100_003;
    private static final byte[] CONTENT = Samples.mixed(WOF_LENGTH, 7);

    @TempDir
    private static Path folder;

    private static FileTree tree;
    private static final Map<String, FileNode> NODES = new TreeMap<>();

    @BeforeAll
    static void makeVolume() throws IOException, ImagingException {
        try (MountedVolume volume = MountedVolume.make(folder, 24 << 20, 4096)) {
            fill(volume.root);
            volume.unmount();
            tree = Volumes.open(Volumes.device(Files.readAllBytes(volume.image)));
        }
        try (DirectoryCursor cursor = tree.list(tree.root())) {
            while (cursor.next()) {
                NODES.put(cursor.entry().name().text(), cursor.entry().node());
            }
        }
    }

    @AfterAll
    static void closeTree() throws ImagingException {
        if (tree != null) {
            tree.close();
        }
    }

    private static void fill(Path root) throws IOException {
        String[] kinds = {"xpress4k", "lzx", "xpress8k", "xpress16k"};
        for (int i = 0; i < kinds.length; i++) {
            compressed(root, kinds[i] + ".exe", resource(kinds[i] + ".chunks"), 2, i);
        }
        compressed(root, "truncated.exe", Arrays.copyOf(resource("lzx.chunks"), 20_000), 2, 1);
        compressed(root, "in a wim.exe", new byte[0], 1, 0);
        compressed(root, "tomorrow's.exe", resource("lzx.chunks"), 2, 4);
        Files.createFile(root.resolve("relative link"));
        MountedVolume.reparse(root.resolve("relative link"), 0xA000000C, MountedVolume.paths("..\\docs", "..\\docs", 1));
        Files.createDirectory(root.resolve("directory link"));
        MountedVolume.reparse(root.resolve("directory link"), 0xA000000C, MountedVolume.paths("\\??\\C:\\Users", "C:\\Users", 0));
        Files.createDirectory(root.resolve("junction"));
        MountedVolume.reparse(root.resolve("junction"), 0xA0000003, MountedVolume.paths("\\??\\D:\\data", "D:\\data", -1));
        Files.createFile(root.resolve("linux link"));
        MountedVolume.reparse(root.resolve("linux link"), 0xA000001D, "\2\0\0\0../ä".getBytes(StandardCharsets.UTF_8));
        reparsed(root, "deduplicated", 0x80000013);
        reparsed(root, "in the cloud", 0x9000601A);
        reparsed(root, "of an unknown driver", 0x80001234);
        Files.createDirectory(root.resolve("cloud folder"));
        Files.writeString(root.resolve("cloud folder/local.txt"), "here");
        MountedVolume.reparse(root.resolve("cloud folder"), 0x9000301A, new byte[20]);
    }

    private static void compressed(Path root, String name, byte[] chunks, int provider, int algorithm) throws IOException {
        Path file = root.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(WOF_LENGTH);
        }
        Files.write(root.resolve(name + ":WofCompressedData"), chunks);
        Files.write(root.resolve(name + ":Zone.Identifier"), "[ZoneTransfer]".getBytes(StandardCharsets.US_ASCII));
        MountedVolume.reparse(file, 0x80000017, MountedVolume.external(provider, algorithm));
    }

    private static void reparsed(Path root, String name, int tag) throws IOException {
        Path file = root.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50_000);
        }
        MountedVolume.reparse(file, tag, new byte[40]);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SpecialFilesTest.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }

    private static FileNode node(String name) {
        assertThat(NODES).containsKey(name);
        return NODES.get(name);
    }

    @ParameterizedTest
    @CsvSource({"xpress4k.exe", "xpress8k.exe", "xpress16k.exe", "lzx.exe"})
    void readsFilesThatWindowsCompressedFromTheOutside(String name) throws ImagingException {
        FileNode file = node(name);
        assertThat(tree.details(file).size()).isEqualTo(WOF_LENGTH);
        assertThat(tree.details(file).refusal()).isEmpty();
        assertThat(tree.details(file).flags()).contains(FileFlag.REPARSE_POINT);
        assertThat(tree.details(file).allocated().orElseThrow()).isBetween(36_000L, 48_000L);
        assertThat(tree.streams(file)).singleElement().satisfies(stream ->
                assertThat(stream.name().text()).isEqualTo("Zone.Identifier"));
        byte[] whole = new byte[WOF_LENGTH];
        try (FileContent content = tree.open(file)) {
            content.read(0, ByteBuffer.wrap(whole));
            assertThat(whole).isEqualTo(CONTENT);
            byte[] part = new byte[5000];
            for (int at = WOF_LENGTH - part.length; at >= 0; at -= 7919) {
                content.read(at, ByteBuffer.wrap(part));
                assertThat(part).isEqualTo(Arrays.copyOfRange(CONTENT, at, at + part.length));
            }
        }
    }

    @Test
    void namesTheByteWhereCompressedDataIsCutOff() throws ImagingException {
        try (FileContent content = tree.open(node("truncated.exe"))) {
            content.read(0, ByteBuffer.allocate(1000));
            ImagingException refusal = catchThrowableOfType(ImagingException.class, () -> content.read(90_000, ByteBuffer.allocate(10)));
            assertThat(refusal).hasMessageContaining("chunk").hasMessageMatching("(?s).*byte \\d+.*");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "in a wim.exe, FORMAT_UNKNOWN, has its content in a WIM file",
        "tomorrow's.exe, COMPRESSION_UNKNOWN, is compressed in a way that is not known (4)",
        "deduplicated, DEDUPLICATED, is deduplicated by Windows Server",
        "in the cloud, CLOUD_PLACEHOLDER, is a placeholder of a cloud service",
        "of an unknown driver, FORMAT_UNKNOWN, (tag 0x80001234)"})
    void refusesByNameWhatTheVolumeDoesNotHave(String name, Reason reason, String text) throws ImagingException {
        FileNode file = node(name);
        assertThat(file.kind()).isEqualTo(FileKind.FILE);
        assertThat(tree.details(file).refusal()).contains(reason);
        FileRefusedException refusal = catchThrowableOfType(FileRefusedException.class, () -> tree.open(file));
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining("\"" + name + "\"").hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "relative link, SYMBOLIC_LINK, ..\\docs, ..\\docs",
        "directory link, SYMBOLIC_LINK, \\??\\C:\\Users, C:\\Users",
        "junction, JUNCTION, \\??\\D:\\data, D:\\data",
        "linux link, SYMBOLIC_LINK, ../ä, ../ä"})
    void tellsWhereLinksLead(String name, FileKind kind, String target, String shown) throws ImagingException {
        FileNode link = node(name);
        assertThat(link.kind()).isEqualTo(kind);
        assertThat(tree.details(link).kind()).isEqualTo(kind);
        assertThat(tree.target(link).target().text()).isEqualTo(target);
        assertThat(tree.target(link).shown().text()).isEqualTo(shown);
    }

    @Test
    void listsFoldersOfCloudServices() throws ImagingException {
        try (DirectoryCursor cursor = tree.list(node("cloud folder"))) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.entry().name().text()).isEqualTo("local.txt");
            assertThat(cursor.next()).isFalse();
        }
    }
}
