package org.imagingutility.api.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;

/**
 * A walk over a directory and all below it, in the order of the volume, without following links. It goes into each directory once, and no deeper
 * than {@value #MOST_DEPTH} levels: a damaged volume may have directories that lead into themselves. What of a directory does not hold is told,
 * and the walk goes on. For one thread.
 */
public final class FileWalk {
    /** The most levels that are gone down. */
    public static final int MOST_DEPTH = 1000;
    private static final int REMEMBERED = 1 << 22;

    private final FileTree tree;
    private final Visitor visitor;
    private final String device;
    private final VisitedClusters seen = new VisitedClusters(REMEMBERED);
    private final Deque<Level> levels = new ArrayDeque<>();

    /** Is told what is found. */
    public interface Visitor {

        /**
         * A name was found.
         *
         * @param path where, from the directory that the walk began with: {@code etc/passwd}
         * @return of a directory, whether to go into it; of others, anything
         */
        boolean found(String path, DirectoryEntry entry) throws ImagingException;

        /** Nothing more of a directory follows that was to be gone into, be it that all has been told or that it could not be gone into. */
        default void left(String path, FileNode directory) throws ImagingException {
        }

        /**
         * Something of a directory does not hold or cannot be read; the walk goes on with what follows.
         *
         * @param path of the directory; empty for the one that the walk began with
         */
        void failed(String path, ImagingException error) throws ImagingException;
    }

    private record Level(String path, FileNode directory, DirectoryCursor cursor) {
    }

    private FileWalk(FileTree tree, String device, Visitor visitor) {
        this.tree = tree;
        this.visitor = visitor;
        this.device = device;
    }

    /**
     * Walks.
     *
     * @param device reference of the volume, for messages
     * @param start the directory that it begins with, which itself is not told
     * @throws CancelledException if the visitor throws it, as any other error of it
     */
    public static void run(FileTree tree, String device, FileNode start, Visitor visitor) throws ImagingException {
        FileWalk walk = new FileWalk(tree, device, visitor);
        try {
            walk.enter("", start);
            walk.run();
        } finally {
            walk.close();
        }
    }

    private void run() throws ImagingException {
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            boolean more;
            try {
                more = level.cursor.next();
            } catch (FileSystemException | DeviceException e) {
                visitor.failed(level.path, e);
                continue;
            }
            if (!more) {
                levels.pop().cursor.close();
                visitor.left(level.path, level.directory);
                continue;
            }
            DirectoryEntry entry = level.cursor.entry();
            String path = level.path.isEmpty() ? entry.name().text() : level.path + "/" + entry.name().text();
            if (visitor.found(path, entry) && entry.node().kind() == FileKind.DIRECTORY) {
                enter(path, entry.node());
            }
        }
    }

    private void enter(String path, FileNode directory) throws ImagingException {
        if (!begin(path, directory)) {
            visitor.left(path, directory);
        }
    }

    /** Says whether there is something to go through. */
    private boolean begin(String path, FileNode directory) throws ImagingException {
        if (levels.size() > MOST_DEPTH) {
            visitor.failed(path, new FileSystemException(device, -1, "directory \"" + path + "\" lies more than " + MOST_DEPTH
                    + " levels deep", null));
        } else if (!seen.add(directory.id() == 0 ? Long.MIN_VALUE : directory.id())) {
            visitor.failed(path, new FileSystemException(device, -1, "directory \"" + path + "\" was found before by another name: "
                    + "it is not gone into again", null));
        } else {
            try {
                levels.push(new Level(path, directory, tree.list(directory)));
                return true;
            } catch (FileSystemException | DeviceException e) {
                visitor.failed(path, e);
            }
        }
        return false;
    }

    private void close() throws ImagingException {
        while (!levels.isEmpty()) {
            levels.pop().cursor.close();
        }
    }
}
