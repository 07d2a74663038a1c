package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.tck.check.Expect;

/**
 * A walk over a tree that asks for everything and tells it, a line each: paths, facts, digests of contents. What fails is told by the type of its
 * error, and the walk goes on. It ends after a number of names, depths and bytes, because a volume may be damaged in any way.
 */
public final class TreeWalk {
    private static final int MOST_DEPTH = 64;
    private static final int PIECE = 64 << 10;

    private final FileTree tree;
    private final int mostNames;
    private final long mostBytes;
    private final List<String> lines = new ArrayList<>();
    private final Set<Long> above = new HashSet<>();
    private int names;
    private int errors;

    /** Creates a walk that looks at {@code mostNames} names and the first {@code mostBytes} bytes of each content at most. */
    public TreeWalk(FileTree tree, int mostNames, long mostBytes) {
        this.tree = tree;
        this.mostNames = mostNames;
        this.mostBytes = mostBytes;
    }

    /** Returns a line for each thing that was found, in the order of the tree. */
    public List<String> run() throws ImagingException {
        directory("", tree.root(), 0);
        return List.copyOf(lines);
    }

    /** Returns how many errors were met. */
    public int errors() {
        return errors;
    }

    /** Something that may fail with an error of the volume. */
    private interface Step {
        void run() throws ImagingException;
    }

    private void attempt(String path, Step step) throws ImagingException {
        try {
            step.run();
        } catch (FileSystemException | DeviceException | FileRefusedException e) {
            errors++;
            lines.add(path + " !" + e.getClass().getSimpleName());
        }
    }

    private void directory(String path, FileNode node, int depth) throws ImagingException {
        if (depth > MOST_DEPTH || !above.add(node.id())) {
            return;
        }
        attempt(path, () -> {
            try (DirectoryCursor cursor = tree.list(node)) {
                // errors of one directory have an end too
                for (int failed = 0; names < mostNames && failed < mostNames;) {
                    Next next = next(path, cursor);
                    if (next == Next.END) {
                        break;
                    }
                    if (next == Next.FAILED) {
                        failed++;
                    } else {
                        entry(path, cursor, depth);
                    }
                }
            }
        });
        above.remove(node.id());
    }

    private enum Next {
        ENTRY, FAILED, END
    }

    private Next next(String path, DirectoryCursor cursor) throws ImagingException {
        Next[] result = {Next.FAILED};
        attempt(path, () -> result[0] = cursor.next() ? Next.ENTRY : Next.END);
        return result[0];
    }

    private void entry(String path, DirectoryCursor cursor, int depth) throws ImagingException {
        DirectoryEntry entry = cursor.entry();
        names++;
        String below = path + "/" + entry.name().text();
        Expect.that(!entry.name().text().equals(".") && !entry.name().text().equals(".."), "%s is listed", below);
        node(below, entry.node());
        if (entry.node().kind() == FileKind.DIRECTORY) {
            directory(below, entry.node(), depth + 1);
        }
    }

    private void node(String path, FileNode node) throws ImagingException {
        lines.add(path + " " + node.kind() + " " + node.id());
        attempt(path, () -> {
            FileDetails details = tree.details(node);
            Expect.equal(node.kind(), details.kind(), "kind of " + path);
            lines.add(path + " " + details.size() + " " + details.times() + " " + details.posix() + " " + details.links());
        });
        if (node.kind().isLink()) {
            attempt(path, () -> lines.add(path + " -> " + tree.target(node).target().text()));
        }
        attempt(path, () -> {
            for (FileStream stream : tree.streams(node)) {
                attempt(path, () -> {
                    try (FileContent content = tree.open(node, stream)) {
                        Expect.equal(stream.size(), content.length(), "length of " + stream.name().text() + " of " + path);
                        lines.add(path + " " + stream.name().text() + " " + digest(content));
                    }
                });
            }
        });
        if (node.kind() == FileKind.FILE) {
            attempt(path, () -> {
                try (FileContent content = tree.open(node)) {
                    Expect.equal(tree.details(node).size(), content.length(), "length of " + path);
                    lines.add(path + " " + digest(content));
                    ranges(path, content);
                }
            });
        }
    }

    private String digest(FileContent content) throws ImagingException {
        MessageDigest digest = sha256();
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, content.length())));
        long end = Math.min(content.length(), mostBytes);
        for (long at = 0; at < end; at += PIECE) {
            piece.clear().limit((int) Math.min(PIECE, end - at));
            content.read(at, piece);
            Expect.that(!piece.hasRemaining(), "a read returned with %d bytes missing", piece.remaining());
            digest.update(piece.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Ranges follow each other without an end, and what holds nothing is zeros. */
    private void ranges(String path, FileContent content) throws ImagingException {
        long at = 0;
        for (int count = 0; at < content.length() && count < 1000; count++) {
            FileRange range = content.range(at, content.length() - at);
            Expect.that(range.length() <= content.length() - at, "a range of %s ends behind its content", path);
            if (range.kind() != FileRange.Kind.DATA) {
                ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(range.length(), PIECE));
                content.read(at, bytes);
                for (byte each : bytes.array()) {
                    Expect.that(each == 0, "byte %d and more of %s are said to be a hole, and are none", at, path);
                }
            }
            at += range.length();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
