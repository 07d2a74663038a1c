package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.util.Random;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.tck.check.Expect;

/** Reads contents in several ways, which must agree. */
final class ContentCheck {
    private static final int MOST_FILES = 50;
    private static final int MOST_BYTES = 1 << 20;

    private final FileTree tree;
    private int files;

    private ContentCheck(FileTree tree) {
        this.tree = tree;
    }

    /** Reads the first files of the tree, and closes it. */
    static void run(FileTree tree) throws ImagingException {
        try (tree) {
            new ContentCheck(tree).directory(tree.root(), 0);
        }
    }

    private void directory(FileNode directory, int depth) throws ImagingException {
        try (DirectoryCursor cursor = tree.list(directory)) {
            while (files < MOST_FILES && cursor.next()) {
                DirectoryEntry entry = cursor.entry();
                if (entry.node().kind() == FileKind.FILE) {
                    files++;
                    file(entry);
                } else if (entry.node().kind() == FileKind.DIRECTORY && depth < 8) {
                    directory(entry.node(), depth + 1);
                }
            }
        }
    }

    private void file(DirectoryEntry entry) throws ImagingException {
        try (FileContent content = tree.open(entry.node())) {
            byte[] whole = new byte[(int) Math.min(content.length(), MOST_BYTES)];
            content.read(0, ByteBuffer.wrap(whole));
            Random random = new Random(files);
            for (int i = 0; i < 8; i++) {
                int from = random.nextInt(whole.length + 1);
                int length = random.nextInt(whole.length - from + 1);
                ByteBuffer part = i % 2 == 0 ? ByteBuffer.allocate(length + 3) : ByteBuffer.allocateDirect(length + 3);
                content.read(from, part.position(3));
                byte[] found = new byte[length];
                part.position(3).get(found);
                byte[] expected = new byte[length];
                System.arraycopy(whole, from, expected, 0, length);
                Expect.equalBytes(expected, found, "bytes " + from + "+" + length + " of " + entry.name());
            }
            outside(content, entry);
            closes(content);
        } catch (FileRefusedException refused) {
            Expect.that(tree.details(entry.node()).refusal().isEmpty() || tree.details(entry.node()).refusal().get() == refused.reason(),
                    "%s is refused for another reason than its details give", entry.name());
        }
    }

    private static void closes(FileContent content) throws ImagingException {
        content.close();
        Expect.failsSomehow("reading a closed content", () -> content.read(0, ByteBuffer.allocate(1)));
        content.close();
    }

    private static void outside(FileContent content, DirectoryEntry entry) {
        long length = content.length();
        Expect.fails(IllegalArgumentException.class, "reading behind the end of " + entry.name(),
                () -> content.read(length, ByteBuffer.allocate(1)));
        Expect.fails(IllegalArgumentException.class, "reading over the end of " + entry.name(),
                () -> content.read(Math.max(0, length - 1), ByteBuffer.allocate(3)));
        Expect.fails(IllegalArgumentException.class, "reading before the begin of " + entry.name(),
                () -> content.read(-1, ByteBuffer.allocate(1)));
        Expect.failsSomehow("reading far behind the end of " + entry.name(), () -> content.read(Long.MAX_VALUE, ByteBuffer.allocate(1)));
    }
}
