package org.imagingutility.engine.repository;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.engine.pipeline.FramePipeline;
import org.imagingutility.engine.pipeline.PipelineSettings;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.read.StoredFrameSize;
import org.imagingutility.engine.repository.image.DamageMarks;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;
import org.imagingutility.engine.repository.layout.ObjectNames.Stored;

/**
 * Checks a repository, image by image. What is held of it is the digests of the tables that were checked: one that several images share is
 * checked once. For one thread, which has workers.
 */
public final class RepositoryCheck implements CheckStages.Findings {
    /** Bytes of the buffers where nothing is read. */
    private static final int NO_DATA = 4096;

    private final JobPlugins plugins;
    private final RepositoryCheckRequest request;
    private final Repository repository;
    private final DamageMarks marks;
    private final Set<Digest> checked = new HashSet<>();
    private final Set<String> marked = new HashSet<>();
    private final List<RepositoryDamage> damages = new ArrayList<>();
    /** Which frames are read is another choice each time, but the same for one content. */
    private final int choice = new SecureRandom().nextInt();
    private String image;
    private long tables;
    private long frames;
    private long framesRead;
    private long bytesRead;
    private long damageCount;
    private long healed;

    private RepositoryCheck(JobPlugins plugins, RepositoryCheckRequest request, Repository repository) throws ImagingException {
        this.plugins = plugins;
        this.request = request;
        this.repository = repository;
        this.marks = request.mark() ? DamageMarks.of(repository) : DamageMarks.NONE;
    }

    /** Checks it. */
    public static RepositoryCheckResult run(JobPlugins plugins, RepositoryCheckRequest request) throws ImagingException {
        try (Repository repository = Repository.open(plugins.blobStoreFor(request.repository()), request.repository())) {
            return new RepositoryCheck(plugins, request, repository).checked();
        }
    }

    private RepositoryCheckResult checked() throws ImagingException {
        List<ImageKey> images = repository.images(ObjectNames.IMAGES);
        for (ImageKey key : images) {
            image = key.reference(repository.reference());
            RepositoryReader reader;
            try {
                reader = RepositoryReader.open(repository, key);
            } catch (ImageDamagedException | ImageReadException | ImageFormatException e) {
                damaged(key.key(), e.getMessage());
                continue;
            }
            check(reader);
        }
        return new RepositoryCheckResult(images.size(), tables, frames, framesRead, bytesRead, damages, damageCount, marked.size(), healed);
    }

    private void check(RepositoryReader reader) throws ImagingException {
        ProgressReporter progress = new ProgressReporter(plugins.monitor(), "Checking", image, reader.info().usedBytes());
        boolean reads = request.share() > 0 || !marks.isEmpty();
        CheckStages stages = new CheckStages(plugins, repository, reader, this::isNew, this::isChosen, this, progress);
        new FramePipeline<>(plugins.resources(), "checking", stages, PipelineSettings.of(new PipelineOptions(request.parallel(), 0, true), false,
                reads ? reader.info().spec().frameSize() : NO_DATA, reads ? StoredFrameSize.largest(plugins, image, reader) : NO_DATA), progress)
                .run();
        progress.end();
    }

    private boolean isNew(Digest table) {
        if (checked.add(table)) {
            tables++;
            return true;
        }
        return false;
    }

    /** Says whether a frame is read; one that is noted as damaged is, whatever the share. */
    private boolean isChosen(FrameInfo frame) {
        if (request.share() == 1 || marks.has(frame.contentDigest(), Stored.of(frame))) {
            return true;
        }
        // the digest is as good as random; what it is mixed with makes the choice another one each time
        int mixed = (ByteBuffer.wrap(frame.contentDigest().toBytes()).getInt() ^ choice) * 0x9E3779B1;
        return Integer.toUnsignedLong(mixed) < request.share() * (1L << 32);
    }

    @Override
    public synchronized void table(Digest digest, String reason) {
        damaged(ObjectNames.table(digest), reason);
    }

    @Override
    public void frame(FrameInfo frame, CheckStages.Found found) throws ImagingException {
        frames++;
        if (found.read()) {
            framesRead++;
            bytesRead += frame.storedLength();
        }
        if (found.problem().isPresent()) {
            damaged(ObjectNames.frame(frame), found.problem().get());
            if (request.mark()) {
                repository.mark(frame, found.problem().get());
                marked.add(ObjectNames.frame(frame));
            }
        } else if (found.read() && marks.has(frame.contentDigest(), Stored.of(frame)) && repository.unmark(frame)) {
            healed++;
        }
    }

    private synchronized void damaged(String object, String reason) {
        damageCount++;
        if (damages.size() < RepositoryCheckResult.MAX_DAMAGES) {
            damages.add(new RepositoryDamage(image, object, reason));
        }
    }
}
