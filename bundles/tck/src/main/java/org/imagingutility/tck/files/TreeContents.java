package org.imagingutility.tck.files;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;

/** What a tree has, to compare it with what another program says. */
public final class TreeContents {
    private TreeContents() {
    }

    /** Returns length and SHA-256 ({@code 12 9f86d0…}) of each file by its path; fails where anything cannot be read. */
    public static SortedMap<String, String> of(FileTree tree) throws ImagingException {
        SortedMap<String, String> files = new TreeMap<>();
        FileWalk.run(tree, "the volume", tree.root(), new FileWalk.Visitor() {
            @Override
            public boolean found(String path, DirectoryEntry entry) throws ImagingException {
                if (entry.node().kind() == FileKind.FILE) {
                    try (FileContent content = tree.open(entry.node())) {
                        files.put(path, content.length() + " " + sha256(content));
                    }
                }
                return true;
            }

            @Override
            public void failed(String path, ImagingException error) throws ImagingException {
                throw error;
            }
        });
        return files;
    }

    /** Returns the SHA-256 of all of a content as hexadecimal digits. */
    public static String sha256(FileContent content) throws ImagingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer piece = ByteBuffer.allocate(1 << 16);
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
