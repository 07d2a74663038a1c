package org.imagingutility.engine.set.restore;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.imagingutility.api.Digest;
import org.imagingutility.api.backup.SetArtefact;
import org.imagingutility.api.backup.SetPartition;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.engine.plugin.job.JobPlugins;
import org.imagingutility.engine.restore.RestoreJob;
import org.imagingutility.engine.set.check.StoredSet;
import org.imagingutility.engine.set.file.CopyBuffers;
import org.imagingutility.engine.set.file.SetProgress;

/** Writes the contents of partitions. For one thread. */
final class PartRestore {
    private final JobPlugins plugins;
    private final RestoreSetRequest request;
    private final StoredSet set;
    private final SetTarget target;
    private final SetProgress progress;
    private long bytesVerified;

    PartRestore(JobPlugins plugins, RestoreSetRequest request, StoredSet set, SetTarget target, SetProgress progress) {
        this.plugins = plugins;
        this.request = request;
        this.set = set;
        this.target = target;
        this.progress = progress;
    }

    /** Writes the content of {@code partition}, from byte {@code start} of the target on. */
    void restore(SetPartition partition, long start) throws ImagingException {
        SetArtefact artefact = partition.artefact().orElseThrow();
        progress.checkpoint();
        progress.begin(RestoreSetJob.share(partition), request.verify() ? 2 : 1);
        if (artefact.kind() == SetArtefact.Kind.RAW) {
            raw(partition, artefact, start);
        } else {
            RestoreRequest one = new RestoreRequest(set.file(artefact).reference(), request.target(), request.zeroFree(), request.discard(), true,
                    request.verify(), request.pipeline());
            RestoreResult result = new RestoreJob(plugins, one, () -> set.image(artefact),
                    options -> new RangeTarget(target, start, partition.length())).run();
            bytesVerified += result.bytesVerified();
        }
        progress.end(false);
    }

    private void raw(SetPartition partition, SetArtefact artefact, long start) throws ImagingException {
        ByteBuffer block = CopyBuffers.allocate();
        MessageDigest sha256 = CopyBuffers.sha256();
        try (ImageFile file = set.file(artefact)) {
            for (long at = 0; at < partition.length(); at += block.limit()) {
                progress.checkpoint();
                file.read(at, block.clear().limit((int) Math.min(CopyBuffers.LENGTH, partition.length() - at)));
                sha256.update(block.flip().duplicate());
                target.writeContent(start + at, block);
            }
            Digest found = CopyBuffers.value(sha256);
            if (artefact.fileSha256().isPresent() && !found.equals(artefact.fileSha256().get())) {
                throw new ImageDamagedException(file.reference(), -1, "has the SHA-256 " + found + ", expected "
                        + artefact.fileSha256().get(), "what was written of it is on the target; restore the set without it");
            }
            if (request.verify()) {
                compare(file, partition, start, block);
            }
        }
    }

    private void compare(ImageFile file, SetPartition partition, long start, ByteBuffer block) throws ImagingException {
        ByteBuffer back = CopyBuffers.allocate();
        target.bypassCache(true);
        for (long at = 0; at < partition.length(); at += block.limit()) {
            progress.checkpoint();
            file.read(at, block.clear().limit((int) Math.min(CopyBuffers.LENGTH, partition.length() - at)));
            target.read(start + at, back.clear().limit(block.limit()));
            int difference = block.flip().mismatch(back.flip());
            if (difference >= 0) {
                throw target.differs(start + at + difference);
            }
            bytesVerified += block.limit();
        }
        target.bypassCache(false);
    }

    long bytesVerified() {
        return bytesVerified;
    }
}
