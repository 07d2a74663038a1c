package org.imagingutility.blobs.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;

/**
 * One page of a list. It looks into those folders only that may have keys of the page, and holds the names of one folder of each level. For one
 * thread.
 */
final class FolderList {
    private final Path root;
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<BlobInfo> objects = new ArrayList<>();

    FolderList(Path root, String prefix, String after, int limit) {
        this.root = root;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    List<BlobInfo> objects() throws IOException {
        String above = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        walk(above.isEmpty() ? root : root.resolve(above), above);
        return objects;
    }

    /** Adds what lies in a folder; {@code begin} is what keys in it begin with. */
    private void walk(Path folder, String begin) throws IOException {
        for (var entry : entries(folder, begin).entrySet()) {
            if (objects.size() == limit) {
                return;
            }
            String key = entry.getKey();
            if (key.endsWith("/")) {
                walk(entry.getValue(), key);
            } else if (key.compareTo(after) > 0) {
                add(key, entry.getValue());
            }
        }
    }

    private void add(String key, Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (FolderBlobStore.object(found)) {
                objects.add(FolderBlobStore.info(key, found));
            }
        } catch (NoSuchFileException e) {
            // deleted since the folder was read: not an object any more
            return;
        }
    }

    /** Returns what in a folder may have keys of this page, sorted as the keys are: a folder by its name and a slash. */
    private TreeMap<String, Path> entries(Path folder, String begin) throws IOException {
        TreeMap<String, Path> entries = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String key = begin + path.getFileName();
                if (!BlobKeys.isKey(key) || !key.startsWith(prefix) && !prefix.startsWith(key + "/")) {
                    continue;
                }
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    entries.put(key, path);
                } else if ((key + "/").compareTo(after) > 0 || after.startsWith(key + "/")) {
                    entries.put(key + "/", path);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (folder.equals(root)) {
                throw e;
            }
            entries.clear();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
