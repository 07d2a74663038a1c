package org.imagingutility.engine.files.compare;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.allocator.VisitedClusters;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileName;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.FileDifference;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.files.OpenVolume;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;

/** Goes through two trees side by side, in the order of names. For one thread. */
public final class CompareJob {
    private final CompareRequest request;
    private final DifferenceSink sink;
    private final JobMonitor monitor;
    private final Side before;
    private final Side after;
    private final FileComparison comparison;
    private final EntryBudget budget = new EntryBudget();
    private final Deque<Level> levels = new ArrayDeque<>();

    /** One of both trees. */
    private record Side(FileTree tree, String source, VisitedClusters seen) {
        private static final int REMEMBERED = 1 << 22;

        Side(FileTree tree, String source) {
            this(tree, source, new VisitedClusters(REMEMBERED));
        }

        /** Says whether a directory was not gone into before. */
        boolean isNew(FileNode directory) {
            return seen.add(directory.id() == 0 ? Long.MIN_VALUE : directory.id());
        }
    }

    /** A directory of both trees, or of one: the other is null. */
    private record Level(String path, SortedDirectory before, SortedDirectory after) {
        void close() {
            if (before != null) {
                before.close();
            }
            if (after != null) {
                after.close();
            }
        }
    }

    private CompareJob(CompareRequest request, DifferenceSink sink, JobMonitor monitor, Side before, Side after) {
        this.request = request;
        this.sink = sink;
        this.monitor = monitor;
        this.before = before;
        this.after = after;
        this.comparison = new FileComparison(monitor);
    }

    /** Opens both volumes and compares them, from the begin again when a reader was replaced; what was told of is not told of again. */
    public static void run(Plugins installed, JobPlugins job, CompareRequest request, DifferenceSink sink) throws ImagingException {
        DifferencesOnce once = new DifferencesOnce(sink);
        job.runRestartable("the comparison", () -> {
            once.startOver();
            try (OpenVolume one = OpenVolume.open(installed, job, request.before());
                    OpenVolume other = OpenVolume.open(installed, job, request.after())) {
                TreePath first = TreePath.find(one.tree(), request.path(), true);
                TreePath second = TreePath.find(other.tree(), request.path(), true);
                new CompareJob(request, once, job.monitor(), new Side(one.tree(), request.before().source()),
                        new Side(other.tree(), request.after().source())).run(first, second);
            }
            return request;
        });
    }

    private void run(TreePath first, TreePath second) throws ImagingException {
        String path = first.text();
        String name = path.substring(path.lastIndexOf('/') + 1);
        both(path, FileName.of(new byte[0], name), first.node(), second.node());
        while (!levels.isEmpty()) {
            ProgressReporter.stopIfCancelled(monitor, "comparing files");
            step(levels.peek());
        }
    }

    private void step(Level level) throws ImagingException {
        DirectoryEntry one = level.before == null ? null : level.before.peek();
        DirectoryEntry other = level.after == null ? null : level.after.peek();
        if (one == null && other == null) {
            levels.pop().close();
            return;
        }
        int order = one == null ? 1 : other == null ? -1 : one.name().text().compareTo(other.name().text());
        DirectoryEntry entry = order <= 0 ? level.before.take() : level.after.take();
        String path = level.path.isEmpty() ? entry.name().text() : level.path + "/" + entry.name().text();
        if (order == 0) {
            both(path, entry.name(), entry.node(), level.after.take().node());
        } else {
            alone(path, entry, order < 0);
        }
    }

    private void alone(String path, DirectoryEntry entry, boolean removed) throws ImagingException {
        Side side = removed ? before : after;
        Optional<FileDetails> details = details(side, path, entry.node());
        if (details.isPresent()) {
            sink.differs(new FileDifference(path, entry.name(), removed ? details : Optional.empty(), removed ? Optional.empty() : details, Set.of()));
        }
        descend(path, removed ? entry.node() : null, removed ? null : entry.node());
    }

    private void both(String path, FileName name, FileNode one, FileNode other) throws ImagingException {
        Optional<FileDetails> first = details(before, path, one);
        Optional<FileDetails> second = details(after, path, other);
        if (first.isPresent() && second.isPresent()) {
            Set<FileDifference.Field> fields = FileComparison.of(first.get(), second.get());
            if (!fields.contains(FileDifference.Field.KIND)) {
                compareContents(path, one, other, first.get(), fields);
            }
            if (!fields.isEmpty()) {
                sink.differs(new FileDifference(path, name, first, second, fields));
            }
        }
        descend(path, one, other);
    }

    private void compareContents(String path, FileNode one, FileNode other, FileDetails details, Set<FileDifference.Field> fields)
            throws ImagingException {
        Side failing = before;
        try {
            if (details.kind().isLink()) {
                String first = before.tree.target(one).target().text();
                failing = after;
                if (!first.equals(after.tree.target(other).target().text())) {
                    fields.add(FileDifference.Field.TARGET);
                }
            } else if (details.kind() == FileKind.FILE && request.content() && !fields.contains(FileDifference.Field.SIZE)) {
                try (FileContent first = before.tree.open(one)) {
                    failing = after;
                    try (FileContent second = after.tree.open(other)) {
                        if (!comparison.isEqual(first, second)) {
                            fields.add(FileDifference.Field.CONTENT);
                        }
                    }
                }
            }
        } catch (FileSystemException | FileRefusedException | DeviceException e) {
            unreadable(failing, path, e);
        }
    }

    private Optional<FileDetails> details(Side side, String path, FileNode node) throws ImagingException {
        try {
            return Optional.of(side.tree.details(node));
        } catch (FileSystemException | DeviceException e) {
            unreadable(side, path, e);
            return Optional.empty();
        }
    }

    private void unreadable(Side side, String path, ImagingException error) throws ImagingException {
        if (error instanceof DeviceException device && device.isDeviceChanged()) {
            throw error;
        }
        sink.unreadable(side.source, path, error);
    }

    /** Goes into what is a directory; null stands for what is not there. */
    private void descend(String path, FileNode one, FileNode other) throws ImagingException {
        SortedDirectory first = directory(before, path, one);
        SortedDirectory second = directory(after, path, other);
        if (first != null || second != null) {
            levels.push(new Level(path, first, second));
        }
    }

    private SortedDirectory directory(Side side, String path, FileNode node) throws ImagingException {
        if (node == null || node.kind() != FileKind.DIRECTORY) {
            return null;
        }
        if (levels.size() > FileWalk.MOST_DEPTH) {
            unreadable(side, path, new FileSystemException(side.source, -1, "directory \"" + path + "\" lies more than " + FileWalk.MOST_DEPTH
                    + " levels deep", null));
            return null;
        }
        if (!side.isNew(node)) {
            unreadable(side, path, new FileSystemException(side.source, -1, "directory \"" + path + "\" was found before by another name: "
                    + "it is not gone into again", null));
            return null;
        }
        return new SortedDirectory(side.tree, node, budget, error -> unreadable(side, path, error));
    }
}
