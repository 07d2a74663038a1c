package org.imagingutility.serve.webdav.tree;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.serve.ServedVolume;
import org.imagingutility.serve.webdav.http.PathText;

/**
 * A file or directory that was found, with the tree that it is in. Symbolic links on the way are followed as the system of the volume would, never
 * out of the volume. For one thread.
 */
public final class OpenPlace implements AutoCloseable {
    private static final int ETAG_BYTES = 16;

    private final Place.Inside place;
    private final FileTree tree;
    private final TreePath path;

    private OpenPlace(Place.Inside place, FileTree tree, TreePath path) {
        this.place = place;
        this.tree = tree;
        this.path = path;
    }

    /**
     * Finds it.
     *
     * @throws UsageException if there is nothing
     */
    public static OpenPlace find(Place.Inside place) throws ImagingException {
        FileTree tree = place.volume().open();
        try {
            return new OpenPlace(place, tree, TreePath.find(tree, String.join("/", place.below()), true));
        } catch (ImagingException | RuntimeException | Error e) {
            try {
                tree.close();
            } catch (ImagingException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Returns where it is. */
    public Place.Inside place() {
        return place;
    }

    /** Returns the tree. */
    public FileTree tree() {
        return tree;
    }

    /** Returns it. */
    public FileNode node() {
        return path.node();
    }

    /** Says whether it is a directory. */
    public boolean isDirectory() {
        return node().kind() == FileKind.DIRECTORY;
    }

    /** Returns what is known of it. */
    public Found found() throws ImagingException {
        List<String> names = place.names();
        return Found.of(this, names.get(names.size() - 1), node());
    }

    /** Begins a pass over it. */
    public DirectoryCursor list() throws ImagingException {
        return tree.list(node());
    }

    /** Opens its content. */
    public FileContent open() throws ImagingException {
        return tree.open(node());
    }

    /** Returns what a name in it stands for; a symbolic link for what it leads to, where it leads to something of this volume. */
    public Found found(DirectoryEntry entry) throws ImagingException {
        String name = entry.name().text();
        if (entry.node().kind() != FileKind.SYMBOLIC_LINK) {
            return Found.of(this, name, entry.node());
        }
        String target = tree.target(entry.node()).shown().text();
        if (!PathText.isPossible(name)) {
            return Found.link(this, name, entry.node(), target, Optional.empty());
        }
        try {
            String whole = path.text().isEmpty() ? name : path.text() + "/" + name;
            return Found.link(this, name, entry.node(), target, Optional.of(TreePath.find(tree, whole, true).node()));
        } catch (UsageException e) {
            // it leads to nothing, or out of the volume
            return Found.link(this, name, entry.node(), target, Optional.empty());
        }
    }

    /** Returns an entity tag that is another one for any other content of a file (RFC 9110, section 8.8.3). */
    String etag(FileNode node, FileDetails details) {
        ServedVolume volume = place.volume();
        String modified = details.times().modified().map(time -> time.instant().toString()).orElse("");
        String facts = volume.identity() + "\0" + volume.partition() + "\0" + node.id() + "\0" + details.size() + "\0" + modified;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
            return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ETAG_BYTES)) + "\"";
        } catch (NoSuchAlgorithmException e) {
            // each Java has to have it
            throw new IllegalStateException(e);
        }
    }

    static Optional<Instant> modified(FileDetails details) {
        return details.times().modified().map(time -> time.in(ZoneId.systemDefault()));
    }

    static Optional<Instant> created(FileDetails details) {
        return details.times().created().map(time -> time.in(ZoneId.systemDefault()));
    }

    /** Says whether an error is one of a single file, so that others can be gone on with. */
    public static boolean isOfTheFile(ImagingException error) {
        return error instanceof FileSystemException || error instanceof org.imagingutility.api.error.FileRefusedException
                || error instanceof org.imagingutility.api.error.DeviceException device && !device.isDeviceChanged();
    }

    @Override
    public void close() throws ImagingException {
        tree.close();
    }
}
