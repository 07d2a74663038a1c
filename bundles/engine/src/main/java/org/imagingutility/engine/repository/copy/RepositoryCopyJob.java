package org.imagingutility.engine.repository.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.DigestProof;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryFile;
import org.imagingutility.engine.repository.image.RepositoryFormat;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/**
 * Copies images from one repository into another, the oldest of each name first. An image that is damaged does not keep the others. For one
 * thread.
 */
public final class RepositoryCopyJob {
    private final JobPlugins plugins;
    private final RepositoryCopyRequest request;
    private final Set<Digest> completeTables = new HashSet<>();
    private final List<RepositoryDamage> failures = new ArrayList<>();
    private long copied;
    private long there;
    private long frames;
    private long framesSent;
    private long bytesSent;

    private RepositoryCopyJob(JobPlugins plugins, RepositoryCopyRequest request) {
        this.plugins = plugins;
        this.request = request;
    }

    /** Copies them. */
    public static RepositoryCopyResult run(JobPlugins plugins, RepositoryCopyRequest request) throws ImagingException {
        return new RepositoryCopyJob(plugins, request).copied();
    }

    private RepositoryCopyResult copied() throws ImagingException {
        try (Repository from = Repository.open(plugins.blobStoreFor(request.from()), request.from());
                Repository to = Repository.open(plugins.blobStoreFor(request.to()), request.to())) {
            if (from.configuration().id().equals(to.configuration().id())) {
                throw new UsageException("\"" + request.from() + "\" and \"" + request.to() + "\" are the same repository",
                        "make another one with: imaging repository init");
            }
            Collection<ImageKey> images = CopySelection.of(from, request.images());
            for (ImageKey key : images) {
                copy(from, to, key);
            }
        }
        return new RepositoryCopyResult(copied, there, frames, framesSent, bytesSent, failures);
    }

    private void copy(Repository from, Repository to, ImageKey key) throws ImagingException {
        String image = key.reference(from.reference());
        try {
            RepositoryReader reader = RepositoryReader.open(from, key);
            // what the manifest says of the content is proven before it is said once more
            DigestProof.of(image, reader, Optional.empty());
            copy(to, key, image, reader);
        } catch (ImageDamagedException | ImageReadException | ImageFormatException | CodecException e) {
            if (plugins.interrupted()) {
                throw e;
            }
            failures.add(new RepositoryDamage(image, key.key(), e.getMessage()));
        }
    }

    private void copy(Repository to, ImageKey key, String image, ImageReader reader) throws ImagingException {
        ImageInfo info = reader.info();
        Set<String> before = to.images(ObjectNames.imagesOf(key.name())).stream().map(ImageKey::key).collect(Collectors.toSet());
        ProgressReporter progress = new ProgressReporter(plugins.monitor(), "Copying", image, info.usedBytes());
        try (RepositoryFile file = RepositoryFile.createShared(to, key.name());
                ImageWriter writer = RepositoryFormat.INSTANCE.createCopy(file, info)) {
            CopyStages stages = new CopyStages(plugins, image, reader, writer, file, progress, completeTables);
            try {
                new FramePipeline<>(plugins.resources(), "copying", stages, PipelineSettings.of(new PipelineOptions(request.parallel(), 0, true),
                        false, info.spec().frameSize(), StoredFrameSize.largest(plugins, image, reader)), progress).run();
                stages.endChunk();
                writer.finish(info.statistics());
                file.publish();
            } finally {
                frames += stages.framesWritten();
                framesSent += stages.framesSent();
                bytesSent += stages.bytesSent();
            }
            if (before.contains(file.key().key())) {
                there++;
            } else {
                copied++;
            }
        }
        progress.end();
    }
}
