package org.imagingutility.engine.repository.prune;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.progress.Checkpoint;
import org.imagingutility.engine.repository.image.PruneTimes;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.image.RepositoryClock.Moment;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.PruneRecord;
import org.imagingutility.engine.repository.layout.PruneRecord.Outcome;

/** Deletes what was condemned long ago, part by part. For one thread. */
final class Deletion {
    private final Repository repository;
    private final Checkpoint checkpoint;
    private final References references;
    private final boolean dryRun;
    private long deleted;
    private long deletedBytes;

    Deletion(Repository repository, Checkpoint checkpoint, References references, boolean dryRun) {
        this.repository = repository;
        this.checkpoint = checkpoint;
        this.references = references;
        this.dryRun = dryRun;
    }

    long deleted() {
        return deleted;
    }

    long deletedBytes() {
        return deletedBytes;
    }

    /** Deletes what is still not referred to, or goes on with what somebody else began long ago. The manifests were read when it was ripe. */
    void judge(PartState part) throws ImagingException {
        checkpoint.checkpoint();
        Moment seen = repository.clock().moment();
        Optional<PruneRecord> condemned = part.condemned();
        if (condemned.isPresent()) {
            List<String> keys = condemned.get().keys().stream().filter(key -> !references.contains(key)).toList();
            if (dryRun) {
                keys.forEach(this::count);
            } else if (claim(part.part().end(), repository.prunes().record(Outcome.DELETED, keys), seen)) {
                delete(part, keys, seen);
            }
            return;
        }
        Optional<PruneRecord> unfinished = part.hasEnd() ? part.unfinished() : Optional.empty();
        if (unfinished.isPresent() && dryRun) {
            unfinished.get().keys().forEach(this::count);
        } else if (unfinished.isPresent()
                && claim(part.part().again(part.attempts() + 1), repository.prunes().record(Outcome.AGAIN, List.of()), seen)) {
            delete(part, unfinished.get().keys(), seen);
        }
    }

    /** Puts what lets this run delete; one that is there may be this run's, the answer to whose put was lost. */
    private boolean claim(String key, PruneRecord record, Moment seen) throws ImagingException {
        if (!isInTime(seen)) {
            return false;
        }
        return repository.putIfAbsent(key, record.encode())
                || repository.prunes().read(key).filter(there -> there.by().equals(record.by())).isPresent();
    }

    /** Deletes for as long as nobody else would; what is left then is taken over by a prune to come. */
    private void delete(PartState part, List<String> keys, Moment begun) throws ImagingException {
        for (String key : keys) {
            checkpoint.checkpoint();
            if (!isInTime(begun)) {
                return;
            }
            repository.delete(key);
            count(key);
        }
        if (isInTime(begun)) {
            repository.putIfAbsent(part.part().done(), repository.prunes().record(Outcome.DONE, List.of()).encode());
        }
    }

    private boolean isInTime(Moment begun) {
        return repository.clock().since(begun).compareTo(PruneTimes.DELETE) < 0;
    }

    private void count(String key) {
        deleted++;
        deletedBytes += ObjectNames.storedLength(key);
    }
}
