package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.LinkTarget;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.Verdict;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

class FileSystemReaderContractTest {

    private static FileSystemReaderContract contract(FileSystemReader reader) {
        PlainFileSystem.Builder volume = new PlainFileSystem.Builder();
        int folder = volume.directory(0, "folder");
        volume.file(folder, "below", "x".repeat(5000));
        volume.file(0, "file", "content");
        volume.link(0, "link", "../elsewhere");
        byte[] bytes = volume.volume();
        return new FileSystemReaderContract(reader, Map.of("a plain one", () -> new MemoryDevice(bytes)));
    }

    /** A reader whose trees are others. */
    private static FileSystemReaderContract changed(Function<FileTree, FileTree> change) {
        return contract(new FileSystemReader() {
            @Override
            public String name() {
                return "changed";
            }

            @Override
            public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
                return new PlainFileSystem().open(volume, options).map(change);
            }
        });
    }

    @Test
    void aGoodReaderKeepsIt() {
        Verdict.keeps(contract(new PlainFileSystem()));
    }

    @Test
    void findsReadersThatTakeEverything() {
        Verdict.breaks(contract(new FileSystemReader() {
            @Override
            public String name() {
                return "all";
            }

            @Override
            public Optional<FileTree> open(VolumeDevice volume, ReadingOptions options) throws ImagingException {
                byte[] empty = new PlainFileSystem.Builder().volume();
                return new PlainFileSystem().open(VolumeDevice.of(new MemoryDevice(empty)), options);
            }
        }), "takes neither zeros nor random bytes");
    }

    @Test
    void findsTreesThatDiffer() {
        long[] count = {0};
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public LinkTarget target(FileNode link) throws ImagingException {
                super.target(link);
                return new LinkTarget(FileName.utf8(Long.toString(++count[0]).getBytes(StandardCharsets.UTF_8)));
            }
        }), "two walks agree");
    }

    @Test
    void findsNamesThatAreNotFound() {
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public Optional<DirectoryEntry> find(FileNode directory, String name) {
                return Optional.empty();
            }
        }), "finds each name");
    }

    @Test
    void findsContentsThatDependOnHowTheyAreRead() {
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public FileContent open(FileNode file) throws ImagingException {
                return new Shifted(super.open(file), 0);
            }
        }), "reads alike at any range");
    }

    @Test
    void findsHolesThatAreNone() {
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public FileContent open(FileNode file) throws ImagingException {
                return new Shifted(super.open(file), 1) {
                    @Override
                    public FileRange range(long offset, long limit) {
                        return new FileRange(1, FileRange.Kind.HOLE);
                    }
                };
            }
        }), "two walks agree");
    }

    @Test
    void findsFilesThatAreListed() {
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public DirectoryCursor list(FileNode directory) throws ImagingException {
                return super.list(directory.kind() == FileKind.FILE ? root() : directory);
            }
        }), "refuses what is no directory");
    }

    @Test
    void findsTreesThatAreNeverClosed() {
        Verdict.breaks(changed(tree -> new ForwardingFileTree(tree) {
            @Override
            public void close() {
                // what is asked for later is answered
            }
        }), "closes twice, and is closed then");
    }

    /** Content whose first byte is another one unless it is read from the begin on. */
    private static class Shifted implements FileContent {
        private final FileContent content;
        private final int honestBelow;

        Shifted(FileContent content, int honestBelow) {
            this.content = content;
            this.honestBelow = honestBelow;
        }

        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            int begin = target.position();
            content.read(offset, target);
            if (honestBelow == 0 && offset > 0 && target.position() > begin) {
                target.put(begin, (byte) '?');
            }
        }

        @Override
        public void close() throws ImagingException {
            content.close();
        }
    }
}
