package org.imagingutility.engine.repository.prune;

import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.repository.image.Repository;

/** Prunes a repository for a user. */
public final class PruneJob {
    private PruneJob() {
    }

    /** Prunes it; what was begun and broke off is gone on with by another run. */
    public static PruneResult run(JobPlugins plugins, PruneRequest request) throws ImagingException {
        try (Repository repository = Repository.open(plugins.blobStoreFor(request.repository()), request.repository())) {
            ProgressReporter progress = new ProgressReporter(plugins.monitor(), "Pruning", request.repository(), 1);
            PruneResult result = Pruner.run(repository, progress, request.dryRun());
            progress.done(1);
            progress.end();
            return result;
        }
    }
}
