package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobKeys;

/** One page of a list. It looks into those folders only that may have keys of the page. For one thread. */
final class SftpList {
    /** Far more names than a folder of a repository has. */
    private static final int MOST_NAMES = 1_000_000;

    private final SftpReference place;
    private final Link link;
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<BlobInfo> objects = new ArrayList<>();

    SftpList(SftpReference place, Link link, String prefix, String after, int limit) {
        this.place = place;
        this.link = link;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    List<BlobInfo> objects() throws IOException {
        walk(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        return objects;
    }

    private void walk(String begin) throws IOException {
        for (var entry : entries(begin).entrySet()) {
            if (objects.size() == limit) {
                return;
            }
            String key = entry.getKey();
            if (key.endsWith("/")) {
                walk(key);
            } else if (key.compareTo(after) > 0) {
                objects.add(SftpBlobStore.info(key, entry.getValue()));
            }
        }
    }

    /** Returns what in a folder may have keys of this page, sorted as the keys are: a folder by its name and a slash. */
    private TreeMap<String, Attributes> entries(String begin) throws IOException {
        TreeMap<String, Attributes> entries = new TreeMap<>();
        String folder = place.path(begin);
        try {
            CloseableHandle handle = link.step(sftp -> sftp.openDir(folder));
            try {
                read(handle, begin, entries);
            } finally {
                link.order(sftp -> sftp.close(handle));
            }
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE && e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_PATH) {
                throw e;
            }
        }
        return entries;
    }

    private void read(CloseableHandle handle, String begin, TreeMap<String, Attributes> entries) throws IOException {
        AtomicReference<Boolean> end = new AtomicReference<>();
        long names = 0;
        List<DirEntry> some;
        do {
            some = link.step(sftp -> sftp.readDir(handle, end));
            for (DirEntry one : some == null ? List.<DirEntry>of() : some) {
                names++;
                add(begin + one.getFilename(), one.getAttributes(), entries);
            }
            if (names > MOST_NAMES) {
                throw new SftpException(SftpConstants.SSH_FX_FAILURE, "a folder with more than " + MOST_NAMES + " names");
            }
        } while (some != null && !some.isEmpty() && !Boolean.TRUE.equals(end.get()));
    }

    private void add(String key, Attributes found, TreeMap<String, Attributes> entries) {
        if (!BlobKeys.isKey(key) || !key.startsWith(prefix) && !prefix.startsWith(key + "/")) {
            return;
        }
        if (found.isDirectory()) {
            if ((key + "/").compareTo(after) > 0 || after.startsWith(key + "/")) {
                entries.put(key + "/", found);
            }
        } else if (SftpBlobStore.isObject(found) && key.startsWith(prefix)) {
            entries.put(key, found);
        }
    }
}
