package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTimes;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileTreeTraits;
import org.imagingutility.api.files.LinkTarget;

/** The files of a {@link PlainFileSystem}. */
final class PlainTree implements FileTree {
    private final String device;
    private final List<PlainFileSystem.Entry> entries;
    private boolean closed;

    PlainTree(String device, List<PlainFileSystem.Entry> entries) {
        this.device = device;
        this.entries = entries;
    }

    /** A file: its number, 0 for the root. */
    private record Node(long id, FileKind kind) implements FileNode {
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo("plain", device, "", 1, 0);
    }

    @Override
    public FileTreeTraits traits() {
        return new FileTreeTraits(true, false, "UTF-8");
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public FileNode root() {
        return new Node(0, FileKind.DIRECTORY);
    }

    @Override
    public DirectoryCursor list(FileNode directory) {
        expect(directory.kind() == FileKind.DIRECTORY, directory);
        List<DirectoryEntry> found = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            PlainFileSystem.Entry entry = entries.get(i);
            String text = entry.name().text();
            if (entry.directory() == directory.id() && !text.equals(".") && !text.equals("..")) {
                found.add(new DirectoryEntry(entry.name(), new Node(i + 1, entry.kind())));
            }
        }
        return new Cursor(found.iterator());
    }

    private static final class Cursor implements DirectoryCursor {
        private final Iterator<DirectoryEntry> all;
        private DirectoryEntry entry;

        Cursor(Iterator<DirectoryEntry> all) {
            this.all = all;
        }

        @Override
        public boolean next() {
            entry = all.hasNext() ? all.next() : null;
            return entry != null;
        }

        @Override
        public DirectoryEntry entry() {
            return entry;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Override
    public FileDetails details(FileNode node) {
        expect(true, node);
        long size = node.id() == 0 ? 0 : content(node).length;
        Instant time = Instant.ofEpochSecond(node.id() == 0 ? 0 : entry(node).seconds());
        FileTimes times = new FileTimes(Optional.of(new FileTimestamp(time, Duration.ofSeconds(1), false)), Optional.empty(),
                Optional.empty(), Optional.empty());
        return new FileDetails(node.kind(), size, OptionalLong.empty(), 1, times, Optional.empty(), Set.of(), Optional.empty(),
                Optional.empty());
    }

    private PlainFileSystem.Entry entry(FileNode node) {
        return entries.get((int) node.id() - 1);
    }

    private byte[] content(FileNode node) {
        return node.kind() == FileKind.FILE || node.kind().isLink() ? entry(node).content() : new byte[0];
    }

    private void expect(boolean fits, FileNode node) {
        if (closed) {
            throw new IllegalStateException("the tree is closed");
        }
        if (!fits) {
            throw new IllegalArgumentException("number " + node.id() + " is a " + node.kind());
        }
    }

    @Override
    public List<FileStream> streams(FileNode node) {
        expect(true, node);
        return List.of();
    }

    @Override
    public FileContent open(FileNode file) {
        expect(file.kind() == FileKind.FILE, file);
        return new Content(content(file));
    }

    private static final class Content implements FileContent {
        private final byte[] bytes;
        private boolean closed;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            if (closed) {
                throw new IllegalStateException("the content is closed");
            }
            if (offset < 0 || offset > bytes.length - target.remaining()) {
                throw new IllegalArgumentException(offset + "+" + target.remaining() + " of " + bytes.length + " bytes");
            }
            target.put(bytes, (int) offset, target.remaining());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Override
    public FileContent open(FileNode node, FileStream stream) {
        throw new IllegalArgumentException("number " + node.id() + " has no streams");
    }

    @Override
    public LinkTarget target(FileNode link) {
        expect(link.kind().isLink(), link);
        return new LinkTarget(FileName.utf8(content(link)));
    }

    @Override
    public void close() {
        closed = true;
    }
}
