package org.imagingutility.engine.repository;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.FrameInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.engine.frames.FrameBuffers;
import org.imagingutility.engine.frames.FrameDecoder;
import org.imagingutility.engine.frames.StoredFrame;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.progress.ProgressReporter;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryReader;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.ObjectNames.ImageKey;

/**
 * Checks a repository, image by image. What is held of it is the digests of the tables that were checked: one that several images share is
 * checked once. For one thread.
 */
public final class RepositoryCheck {
    private final JobPlugins plugins;
    private final RepositoryCheckRequest request;
    private final Repository repository;
    private final Set<Digest> checked = new HashSet<>();
    private final List<RepositoryDamage> damages = new ArrayList<>();
    /** Which frames are read is another choice each time, but the same for one content. */
    private final int choice = new SecureRandom().nextInt();
    private ProgressReporter progress;
    private String image;
    private long tables;
    private long frames;
    private long framesRead;
    private long bytesRead;
    private long damageCount;

    private RepositoryCheck(JobPlugins plugins, RepositoryCheckRequest request, Repository repository) {
        this.plugins = plugins;
        this.request = request;
        this.repository = repository;
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
                damaged(key.key(), e);
                continue;
            }
            check(reader);
        }
        return new RepositoryCheckResult(images.size(), tables, frames, framesRead, bytesRead, damages, damageCount);
    }

    private void check(RepositoryReader reader) throws ImagingException {
        ImageSpec spec = reader.info().spec();
        progress = new ProgressReporter(plugins.monitor(), "Checking", image, reader.info().usedBytes());
        try (FrameDecoder decoder = new FrameDecoder(plugins, image)) {
            FrameBuffers buffers = request.share() == 0 ? null : new FrameBuffers(plugins, spec.frameSize(), spec.codecWireId(), image);
            for (int i = 0; i < reader.chunkCount(); i++) {
                progress.checkpoint();
                ChunkInfo chunk = reader.chunk(i);
                if (checked.add(chunk.digest())) {
                    tables++;
                    chunk(reader, i, decoder, buffers);
                }
                progress.done(reader.usedBytes(i));
            }
        }
        progress.end();
    }

    private void chunk(RepositoryReader reader, int index, FrameDecoder decoder, FrameBuffers buffers) throws ImagingException {
        ChunkTable table;
        try {
            table = reader.table(index);
        } catch (ImageDamagedException | ImageReadException e) {
            damaged(ObjectNames.table(reader.chunk(index).digest()), e);
            return;
        }
        for (FrameEntry entry : table.frames()) {
            progress.checkpoint();
            frames++;
            FrameInfo frame = entry.frame();
            Optional<Long> length = repository.frameLength(frame);
            if (length.isEmpty()) {
                damaged(ObjectNames.frame(frame), "is missing");
            } else if (length.get() != frame.storedLength()) {
                damaged(ObjectNames.frame(frame), "has " + length.get() + " bytes");
            } else if (isChosen(frame.contentDigest())) {
                read(reader, new StoredFrame(table, entry, frame.frameIndex() * reader.info().spec().frameSize()), decoder, buffers);
            }
        }
    }

    private void read(RepositoryReader reader, StoredFrame frame, FrameDecoder decoder, FrameBuffers buffers) throws ImagingException {
        Optional<String> problem;
        try {
            ByteBuffer stored = buffers.readStored(reader, frame, image);
            problem = decoder.problem(frame, stored, buffers.content());
        } catch (ImageDamagedException | ImageReadException e) {
            problem = Optional.of(e.getMessage());
        }
        framesRead++;
        bytesRead += frame.storedLength();
        if (problem.isPresent()) {
            damaged(ObjectNames.frame(frame.entry().frame()), problem.get());
        }
    }

    private boolean isChosen(Digest content) {
        if (request.share() == 0 || request.share() == 1) {
            return request.share() == 1;
        }
        // the digest is as good as random; what it is mixed with makes the choice another one each time
        int mixed = (ByteBuffer.wrap(content.toBytes()).getInt() ^ choice) * 0x9E3779B1;
        return Integer.toUnsignedLong(mixed) < request.share() * (1L << 32);
    }

    private void damaged(String object, ImagingException e) {
        damaged(object, e.getMessage());
    }

    private void damaged(String object, String reason) {
        damageCount++;
        if (damages.size() < RepositoryCheckResult.MAX_DAMAGES) {
            damages.add(new RepositoryDamage(image, object, reason));
        }
    }
}
