package org.imagingutility.tck.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.files.NamePattern;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

/** Paths, walks and patterns of the API, tried on trees that nobody vouches for. */
class TreePathTest {
    private final PlainFileSystem.Builder volume = new PlainFileSystem.Builder();

    private FileTree tree() throws ImagingException {
        return new PlainFileSystem().open(VolumeDevice.of(new MemoryDevice(volume.volume())), ReadingOptions.standard()).orElseThrow();
    }

    @Test
    void followsLinksWithinTheVolume() throws ImagingException {
        int etc = volume.directory(0, "etc");
        long file = volume.file(etc, "hosts", "h");
        volume.link(0, "absolute", "/etc");
        volume.link(etc, "above", "../../../etc/./hosts");
        try (FileTree tree = tree()) {
            assertThat(TreePath.find(tree, "/absolute/above", true).node().id()).isEqualTo(file);
            assertThat(TreePath.find(tree, "absolute//hosts", false).text()).isEqualTo("etc/hosts");
            assertThat(TreePath.find(tree, "/etc/above", false).node().kind()).isEqualTo(FileKind.SYMBOLIC_LINK);
            assertThat(TreePath.find(tree, "/../..", true).node().id()).isZero();
        }
    }

    @Test
    void linksThatLeadInCirclesAndPathsThatAreNotThereAreErrors() throws ImagingException {
        volume.link(0, "one", "two");
        volume.link(0, "two", "one");
        volume.file(0, "file", "");
        try (FileTree tree = tree()) {
            assertThatThrownBy(() -> TreePath.find(tree, "one", true)).isInstanceOf(UsageException.class).hasMessageContaining("links");
            assertThatThrownBy(() -> TreePath.find(tree, "file/below", true)).isInstanceOf(UsageException.class)
                    .hasMessageContaining("no directory");
            assertThatThrownBy(() -> TreePath.find(tree, "none", true)).isInstanceOf(UsageException.class).hasMessageContaining("none");
        }
    }

    @Test
    void namesThatAreNoTextAreShownAndFoundAsTheyAreShown() throws ImagingException {
        long odd = volume.add(0, FileKind.FILE, new byte[] {'a', (byte) 0xFF, 7, 'b'}, new byte[0]);
        volume.file(0, "a\u202Eb", "");
        long literal = volume.file(0, "unit\\x2d", "");
        try (FileTree tree = tree()) {
            String name = tree.find(tree.root(), "unit\\x2d").orElseThrow().name().text();
            assertThat(TreePath.shown(name)).isEqualTo(name);
            assertThat(TreePath.find(tree, name, true).node().id()).isEqualTo(literal);
            assertThat(TreePath.find(tree, "a\\xFF\\x07b", true).node().id()).isEqualTo(odd);
            assertThat(TreePath.shown(TreePath.find(tree, "a\\xFF\\x07b", true).text())).isEqualTo("a\\xFF\\x07b");
            assertThat(TreePath.shown("a\u202Eb")).isEqualTo("a\\u202Eb");
        }
    }

    @Test
    void aDirectoryInItselfIsToldAndLeft() throws ImagingException {
        // number 1 lies in directory 1
        volume.directory(1, "itself");
        List<String> failed = new ArrayList<>();
        try (FileTree tree = tree()) {
            FileWalk.run(tree, "v", new Directory(1), new FileWalk.Visitor() {
                @Override
                public boolean found(String path, DirectoryEntry entry) {
                    return true;
                }

                @Override
                public void failed(String path, ImagingException error) {
                    assertThat(error).isInstanceOf(FileSystemException.class);
                    failed.add(path);
                }
            });
        }
        assertThat(failed).containsExactly("itself");
    }

    private record Directory(long id) implements FileNode {
        @Override
        public FileKind kind() {
            return FileKind.DIRECTORY;
        }
    }

    @Test
    void patternsMatchAsShellsDo() throws UsageException {
        assertThat(NamePattern.of("*.t?t", true).matches("a.txt")).isTrue();
        assertThat(NamePattern.of("*.t?t", true).matches("a.TXT")).isFalse();
        assertThat(NamePattern.of("*.t?t", false).matches("a.TXT")).isTrue();
        assertThat(NamePattern.of("[a-c]x", true).matches("bx")).isTrue();
        assertThat(NamePattern.of("[!a-c]x", true).matches("bx")).isFalse();
        assertThat(NamePattern.of("a\\*b", true).matches("a*b")).isTrue();
        assertThat(NamePattern.of("a\\*b", true).matches("axb")).isFalse();
        assertThat(NamePattern.of("a.b", true).matches("axb")).isFalse();
        assertThatThrownBy(() -> NamePattern.of("[a", true)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> NamePattern.of("[c-a]", true)).isInstanceOf(UsageException.class);
    }
}
