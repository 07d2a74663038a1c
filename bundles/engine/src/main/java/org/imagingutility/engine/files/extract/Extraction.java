package org.imagingutility.engine.files.extract;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;
import org.imagingutility.engine.progress.ProgressReporter;

/** The walk over what is wanted of a tree, which makes the folders that it comes through. For one thread. */
final class Extraction implements FileWalk.Visitor, AutoCloseable {
    private final FileTree tree;
    private final Selection selection;
    private final ExtractTarget target;
    private final ProgressReporter progress;
    private final FileWriter files;
    /** The innermost directory first. */
    private final Deque<Level> levels = new ArrayDeque<>();

    Extraction(FileTree tree, Selection selection, ExtractTarget target, ProgressReporter progress) {
        this.tree = tree;
        this.selection = selection;
        this.target = target;
        this.progress = progress;
        this.files = new FileWriter(tree, target, progress);
        Level root = new Level(selection.whole(), "", null);
        root.folder = target.staging().root();
        root.names = target.names(target.isNew());
        levels.push(root);
    }

    @Override
    public boolean found(String path, DirectoryEntry entry) throws ImagingException {
        progress.checkpoint();
        Level level = levels.peek();
        Selection.Scope scope = selection.inside(level.scope, entry.name().text());
        if (scope.isNothing() || level.lost) {
            return false;
        }
        if (entry.node().kind() == FileKind.DIRECTORY) {
            Level below = new Level(scope, path, entry);
            levels.push(below);
            if (scope.all()) {
                openFolders();
            }
            return true;
        }
        if (scope.all()) {
            openFolders();
            if (!level.lost) {
                files.write(level, path, entry);
            }
        }
        return false;
    }

    /** Makes or opens the folders of all levels, from the outermost on. */
    private void openFolders() throws ImagingException {
        if (levels.peek().folder != null) {
            return;
        }
        Level outer = null;
        for (Iterator<Level> inward = levels.descendingIterator(); inward.hasNext();) {
            Level level = inward.next();
            if (level.folder == null && !level.lost) {
                open(outer, level);
            }
            outer = level;
        }
    }

    private void open(Level outer, Level level) throws ImagingException {
        level.lost = true;
        if (outer.lost) {
            return;
        }
        try {
            level.details = java.util.Optional.of(tree.details(level.entry.node()));
        } catch (ImagingException e) {
            target.log().unreadable(level.path, e);
        }
        try {
            FolderNames.Place place = target.place(outer, level.path, level.entry);
            boolean made = place.standing().isEmpty();
            if (!made && place.standing().map(Standing::kind).orElseThrow() != FileKind.DIRECTORY) {
                target.log().notMade(level.path, "something that is no folder stands in its place");
                return;
            }
            level.folder = made ? outer.folder.create(place.name()) : outer.folder.open(place.name());
            level.names = target.names(made);
            level.place = outer.placeOf(place.name());
            level.lost = false;
            target.log().directories++;
            target.log().kept += made ? 0 : 1;
            files.writeStreams(outer, level);
        } catch (IOException e) {
            target.failed(level.path, e);
        }
    }

    @Override
    public void left(String path, FileNode directory) throws ImagingException {
        Level level = levels.pop();
        if (level.folder == null || level.entry == null) {
            return;
        }
        try (TargetFolder folder = level.folder) {
            if (level.details.isPresent()) {
                folder.finish(target.facts().of(level.details.get()));
            }
        } catch (IOException e) {
            target.failed(path, e);
        }
    }

    @Override
    public void failed(String path, ImagingException error) throws ImagingException {
        target.log().unreadable(path, error);
    }

    /** Gives the folder itself what the root directory has, if the folder is new and all of the volume was wanted. */
    void finishRoot() throws ImagingException {
        if (target.isMade() && selection.whole().all()) {
            try {
                target.staging().root().finish(target.facts().of(tree.details(tree.root())));
            } catch (IOException e) {
                target.failed("", e);
            }
        }
    }

    /** Closes the folders that are still open after an error. */
    @Override
    public void close() throws ImagingException {
        while (!levels.isEmpty()) {
            Level level = levels.pop();
            if (level.folder != null && level.entry != null) {
                try {
                    level.folder.close();
                } catch (IOException e) {
                    throw TargetErrors.of(target.path(), e);
                }
            }
        }
    }
}
