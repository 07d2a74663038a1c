package org.imagingutility.files.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume of which one field says what cannot be: the error names its byte, and other files are still there. */
class ContradictionsTest {
    private static final int CLUSTER = 1024;
    private static final long DOCS = 64;
    /** {@code docs/f20000.dat}, in clusters. */
    private static final long FILE = 77;
    private static final String FILE_NAME = "f20000.dat";
    /** {@code packed/text.log}, compressed. */
    private static final long PACKED = 84;

    @TempDir
    private Path folder;

    private byte[] volume;
    private Damage damage;

    @BeforeEach
    void unpack() throws ImagingException {
        volume = Volumes.fixture("ntfs-c1024", folder);
        damage = new Damage(volume);
    }

    private FileTree tree() throws ImagingException {
        return Volumes.open(Volumes.device(volume));
    }

    private static DirectoryEntry find(FileTree tree, String path) throws ImagingException {
        DirectoryEntry entry = null;
        FileNode node = tree.root();
        for (String name : Arrays.asList(path.split("/"))) {
            entry = tree.find(node, name).orElseThrow();
            node = entry.node();
        }
        return entry;
    }

    private static byte[] read(FileTree tree, String path) throws ImagingException {
        try (FileContent content = tree.open(find(tree, path).node())) {
            byte[] bytes = new byte[(int) content.length()];
            content.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private FileSystemException refusal(String path) throws ImagingException {
        try (FileTree tree = tree()) {
            FileSystemException refusal = catchThrowableOfType(FileSystemException.class, () -> read(tree, path));
            assertThat(refusal).as(path).isNotNull();
            assertThat(read(tree, "docs/f5000.dat")).hasSize(5000);
            return refusal;
        }
    }

    @Test
    void readsZerosBehindWhatWasEverWritten() throws ImagingException {
        byte[] before;
        try (FileTree tree = tree()) {
            before = read(tree, "docs/" + FILE_NAME);
        }
        damage.bytes().putLong(damage.attribute(FILE, Attribute.DATA, "") + Attribute.INITIALISED_SIZE_AT, 5001);
        try (FileTree tree = tree()) {
            byte[] after = read(tree, "docs/" + FILE_NAME);
            assertThat(Arrays.copyOf(after, 5001)).isEqualTo(Arrays.copyOf(before, 5001));
            assertThat(Arrays.copyOfRange(after, 5001, after.length)).hasSize(20_000 - 5001).containsOnly(0);
            try (FileContent content = tree.open(find(tree, "docs/" + FILE_NAME).node())) {
                assertThat(content.range(0, 20_000)).isEqualTo(new FileRange(5001, FileRange.Kind.DATA));
                assertThat(content.range(5001, 20_000)).isEqualTo(new FileRange(20_000 - 5001, FileRange.Kind.UNWRITTEN));
            }
        }
    }

    @Test
    void refusesEncryptedFilesByName() throws ImagingException {
        damage.bytes().putShort(damage.attribute(FILE, Attribute.DATA, "") + Attribute.FLAGS_AT, (short) Attribute.ENCRYPTED);
        try (FileTree tree = tree()) {
            FileNode file = find(tree, "docs/" + FILE_NAME).node();
            FileDetails details = tree.details(file);
            assertThat(details.refusal()).contains(FileRefusedException.Reason.ENCRYPTED);
            assertThatThrownBy(() -> tree.open(file)).isInstanceOf(FileRefusedException.class)
                    .hasMessageContaining("\"" + FILE_NAME + "\"").hasMessageContaining("encrypted by EFS");
        }
    }

    @Test
    void refusesAWayOfCompressionThatIsNotKnown() throws ImagingException {
        damage.bytes().putShort(damage.attribute(PACKED, Attribute.DATA, "") + Attribute.FLAGS_AT, (short) 2);
        try (FileTree tree = tree()) {
            FileNode file = find(tree, "packed/text.log").node();
            assertThat(tree.details(file).refusal()).contains(FileRefusedException.Reason.COMPRESSION_UNKNOWN);
            assertThatThrownBy(() -> tree.open(file)).isInstanceOf(FileRefusedException.class).hasMessageContaining("flags 0x0002");
        }
    }

    @Test
    void refusesARecordThatWasUsedAgain() throws ImagingException {
        int at = damage.record(FILE) + 16;
        damage.bytes().putShort(at, (short) (damage.bytes().getShort(at) + 1));
        FileSystemException refusal = refusal("docs/" + FILE_NAME);
        assertThat(refusal).hasMessageContaining("sequence number");
        assertThat(refusal.offset()).isEqualTo(damage.record(FILE));
    }

    @Test
    void refusesSizesThatDoNotFit() throws ImagingException {
        int attribute = damage.attribute(FILE, Attribute.DATA, "");
        damage.bytes().putLong(attribute + Attribute.DATA_SIZE_AT, 1L << 40);
        assertThat(refusal("docs/" + FILE_NAME).offset()).isEqualTo(attribute + Attribute.DATA_SIZE_AT);
        damage.bytes().putLong(attribute + Attribute.DATA_SIZE_AT, 20_000).putLong(attribute + Attribute.INITIALISED_SIZE_AT, 20_001);
        assertThat(refusal("docs/" + FILE_NAME).offset()).isEqualTo(attribute + Attribute.INITIALISED_SIZE_AT);
    }

    @Test
    void refusesCompressedDataThatIsDamagedAndSaysWhere() throws ImagingException {
        int at = damage.content(PACKED, Attribute.DATA, "", CLUSTER);
        // a head of another signature than 3
        damage.bytes().put(at + 1, (byte) 0xC0);
        FileSystemException refusal = refusal("packed/text.log");
        assertThat(refusal.offset()).isEqualTo(at);
        assertThat(refusal).hasMessageContaining("a chunk has the head");
    }

    @Test
    void refusesADirectoryThatIsListedWhereItDoesNotStand() throws ImagingException {
        // its $FILE_NAME says that it stands in "packed"
        int name = damage.attribute(DOCS, Attribute.FILE_NAME, "") + Attribute.RESIDENT_HEAD;
        damage.bytes().putLong(name, damage.bytes().getLong(name) + 78);
        try (FileTree tree = tree()) {
            FileNode docs = find(tree, "docs").node();
            assertThatThrownBy(() -> tree.list(docs)).isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("does not have this one name there");
        }
    }

    @Test
    void goesAroundACircleOnlyOnceAndOnAfterIt() throws ImagingException {
        int block = damage.content(DOCS, Attribute.INDEX_ALLOCATION, "$I30", CLUSTER);
        // the first entry of the block refers to the block itself
        int entry = block + 24 + damage.bytes().getInt(block + 24);
        assertThat(damage.bytes().getShort(entry + 12)).isZero();
        int length = damage.bytes().getShort(entry + 8);
        damage.bytes().putShort(entry + 12, (short) 1).putLong(entry + length - 8, 0);
        List<String> names = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try (FileTree tree = tree(); DirectoryCursor cursor = tree.list(find(tree, "docs").node())) {
            for (boolean more = true; more;) {
                try {
                    more = cursor.next();
                    if (more) {
                        names.add(cursor.entry().name().text());
                    }
                } catch (FileSystemException e) {
                    errors.add(e.getMessage());
                }
            }
        }
        assertThat(errors).anyMatch(message -> message.contains("runs in a circle"));
        assertThat(names).contains("f5000.dat", "f0.dat").doesNotHaveDuplicates();
    }

    @Test
    void tellsOfATornIndexBlock() throws ImagingException {
        int block = damage.content(DOCS, Attribute.INDEX_ALLOCATION, "$I30", CLUSTER);
        damage.bytes().putShort(block + 510, (short) 0x7777);
        try (FileTree tree = tree(); DirectoryCursor cursor = tree.list(find(tree, "docs").node())) {
            FileSystemException refusal = catchThrowableOfType(FileSystemException.class, cursor::next);
            assertThat(refusal.offset()).isEqualTo(block);
            assertThat(refusal).hasMessageContaining("torn");
        }
    }

    @Test
    void warnsOfAVolumeThatIsDirty() throws ImagingException {
        try (FileTree tree = tree()) {
            assertThat(tree.warnings()).isEmpty();
        }
        int flags = damage.attribute(3, Attribute.VOLUME_INFORMATION, "") + Attribute.RESIDENT_HEAD + 10;
        damage.bytes().putShort(flags, (short) 1);
        try (FileTree tree = tree()) {
            assertThat(tree.warnings()).singleElement().satisfies(warning -> assertThat(warning).contains("is marked dirty"));
        }
    }
}
