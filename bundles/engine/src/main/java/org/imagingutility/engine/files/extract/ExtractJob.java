package org.imagingutility.engine.files.extract;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.engine.files.OpenVolume;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;

/** Writes files of a volume into a folder. */
public final class ExtractJob {
    private final Plugins installed;
    private final JobPlugins job;
    private final ExtractRequest request;
    private boolean begun;

    /** Creates the job. */
    public ExtractJob(Plugins installed, JobPlugins job, ExtractRequest request) {
        this.installed = installed;
        this.job = job;
        this.request = request;
    }

    /** Runs it; when a plug-in was replaced meanwhile, it is run again and goes on with what stands there. */
    public ExtractResult run() throws ImagingException {
        ExtractLog log = new ExtractLog(job.monitor());
        try (OpenVolume volume = OpenVolume.open(installed, job, request.volume())) {
            FileTree tree = volume.tree();
            Selection selection = Selection.of(tree, request.paths());
            long bytes = count(tree, selection);
            selection.expectAll();
            ProgressReporter progress = new ProgressReporter(job.monitor(), "Extracting", request.volume().source(), bytes);
            try (ExtractTarget target = ExtractTarget.open(begun ? request.merging() : request, log, tree.info());
                    Extraction extraction = new Extraction(tree, selection, target, progress)) {
                begun = true;
                FileWalk.run(tree, request.volume().source(), tree.root(), extraction);
                target.finish();
                extraction.finishRoot();
                progress.end();
                return log.result();
            }
        }
    }

    /** Returns how many bytes the files have that are wanted. What cannot be read is told of when it is to be written. */
    private long count(FileTree tree, Selection selection) throws ImagingException {
        Count count = new Count(tree, selection);
        FileWalk.run(tree, request.volume().source(), tree.root(), count);
        return count.bytes;
    }

    /** Adds the sizes of what is wanted up. */
    private final class Count implements FileWalk.Visitor {
        private final FileTree tree;
        private final Selection selection;
        private final java.util.Deque<Selection.Scope> scopes = new java.util.ArrayDeque<>();
        private long bytes;

        Count(FileTree tree, Selection selection) {
            this.tree = tree;
            this.selection = selection;
            scopes.push(selection.whole());
        }

        @Override
        public boolean found(String path, DirectoryEntry entry) throws ImagingException {
            ProgressReporter.stopIfCancelled(job.monitor(), "looking for files");
            Selection.Scope scope = selection.inside(scopes.peek(), entry.name().text());
            boolean goIn = entry.node().kind() == FileKind.DIRECTORY && !scope.isNothing();
            if (goIn) {
                scopes.push(scope);
            } else if (scope.all() && entry.node().kind() == FileKind.FILE) {
                add(entry);
            }
            return goIn;
        }

        private void add(DirectoryEntry entry) {
            try {
                long size = tree.details(entry.node()).size();
                bytes = bytes + size < 0 ? Long.MAX_VALUE : bytes + size;
            } catch (ImagingException e) {
                System.getLogger(ExtractJob.class.getName()).log(System.Logger.Level.DEBUG, "not counted", e);
            }
        }

        @Override
        public void left(String path, org.imagingutility.api.files.FileNode directory) {
            scopes.pop();
        }

        @Override
        public void failed(String path, ImagingException error) {
            System.getLogger(ExtractJob.class.getName()).log(System.Logger.Level.DEBUG, "not counted", error);
        }
    }
}
