package org.imagingutility.files.ntfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;

/** All files of a volume by path, a line of facts for each: as the reader shows them, and as a mounted file system does. */
final class FilesOf {
    private FilesOf() {
    }

    /** Returns the files of a tree. */
    static Map<String, String> tree(FileTree tree) throws ImagingException {
        Map<String, String> files = new TreeMap<>();
        add(tree, tree.root(), "", files);
        return files;
    }

    private static void add(FileTree tree, FileNode directory, String path, Map<String, String> files) throws ImagingException {
        try (DirectoryCursor cursor = tree.list(directory)) {
            while (cursor.next()) {
                DirectoryEntry entry = cursor.entry();
                String below = path + entry.name().text();
                FileDetails details = tree.details(entry.node());
                String digest = "";
                if (details.kind() == FileKind.FILE) {
                    try (FileContent content = tree.open(entry.node())) {
                        digest = FixtureFilesTest.digest(content);
                    }
                } else if (details.kind().isLink()) {
                    digest = tree.target(entry.node()).target().text();
                }
                files.put(below, line(details.kind(), details.kind() == FileKind.FILE ? details.size() : 0,
                        details.times().modified().orElseThrow().instant().toString(), digest));
                if (details.kind() == FileKind.DIRECTORY) {
                    add(tree, entry.node(), below + "/", files);
                }
            }
        }
    }

    /** Returns the files below a folder. */
    static Map<String, String> folder(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.filter(path -> !path.equals(root)).toList();
        }
        for (Path path : paths) {
            BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileKind kind = facts.isDirectory() ? FileKind.DIRECTORY : facts.isSymbolicLink() ? FileKind.SYMBOLIC_LINK : FileKind.FILE;
            String digest = kind == FileKind.FILE ? digest(path)
                    : kind == FileKind.SYMBOLIC_LINK ? Files.readSymbolicLink(path).toString() : "";
            files.put(root.relativize(path).toString(), line(kind, kind == FileKind.FILE ? facts.size() : 0,
                    facts.lastModifiedTime().toInstant().toString(), digest));
        }
        return files;
    }

    private static String line(FileKind kind, long size, String modified, String digest) {
        return kind + " " + size + " " + modified + " " + digest;
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
