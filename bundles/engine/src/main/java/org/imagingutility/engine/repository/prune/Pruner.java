package org.imagingutility.engine.repository.prune;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.engine.progress.Checkpoint;
import org.imagingutility.engine.repository.image.PruneTimes;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.layout.KeyPrints;
import org.imagingutility.engine.repository.layout.ObjectNames;
import org.imagingutility.engine.repository.layout.PrunePart;
import org.imagingutility.engine.repository.layout.PruneRecord;
import org.imagingutility.engine.repository.layout.PruneRecord.Outcome;

/** One run of a prune: takes away what is over, deletes what was condemned long ago, condemns what nothing refers to. For one thread. */
public final class Pruner {
    private static final int PAGE = 10_000;

    private final Repository repository;
    private final Checkpoint checkpoint;
    private final boolean dryRun;
    /** What other marks condemn. */
    private final KeyPrints condemnedBefore = new KeyPrints();
    private final List<String> batch = new ArrayList<>();
    private String mark;
    private int parts;
    private long condemned;
    private long condemnedBytes;
    private long left;
    private long waiting;
    private Optional<Instant> next = Optional.empty();
    private Deletion deletion;

    private Pruner(Repository repository, Checkpoint checkpoint, boolean dryRun) {
        this.repository = repository;
        this.checkpoint = checkpoint;
        this.dryRun = dryRun;
    }

    /**
     * Prunes.
     *
     * @param dryRun whether it only says what it would do
     */
    public static PruneResult run(Repository repository, Checkpoint checkpoint, boolean dryRun) throws ImagingException {
        if (!repository.traits().conditionalPut() || !repository.traits().atomicPut()) {
            throw new BlobException(repository.reference(), "", Reason.FAILED, "a place that cannot tell which of two was first cannot be pruned",
                    "copy the images to another repository", null);
        }
        return new Pruner(repository, checkpoint, dryRun).pruned();
    }

    private PruneResult pruned() throws ImagingException {
        if (!dryRun) {
            PlaceClock.require(repository);
        }
        List<PartState> all = PartState.all(repository);
        List<PartState> ripe = new ArrayList<>();
        for (PartState part : all) {
            checkpoint.checkpoint();
            look(part, ripe);
        }
        // what is ripe was so before the manifests are read: those that writers put who did not see the mark are among them
        References references = References.of(repository, checkpoint);
        deletion = new Deletion(repository, checkpoint, references, dryRun);
        for (PartState part : ripe) {
            deletion.judge(part);
        }
        condemn(ObjectNames.TABLES, references);
        condemn(ObjectNames.FRAMES, references);
        put();
        return new PruneResult(dryRun, references.images(), deletion.deleted(), deletion.deletedBytes(), condemned, condemnedBytes, left, waiting,
                next);
    }

    /** Takes a part away that is over; collects those that are ripe; remembers the keys of the others. */
    private void look(PartState part, List<PartState> ripe) throws ImagingException {
        Optional<PruneRecord> open = part.condemned();
        boolean deleting = open.isEmpty() && part.unfinished().isPresent();
        boolean old = part.isOld();
        if (open.isEmpty() && !deleting) {
            if (old && !dryRun) {
                clean(part);
            }
            return;
        }
        Optional<PruneRecord> record = open.isPresent() ? open : repository.prunes().read(part.part().key());
        record.ifPresent(keys -> condemnedBefore.addAll(KeyPrints.of(keys.keys())));
        if (old) {
            ripe.add(part);
        } else {
            waiting += record.map(keys -> keys.keys().size()).orElse(0);
            Instant then = part.ripe();
            next = Optional.of(next.filter(earlier -> earlier.isBefore(then)).orElse(then));
        }
    }

    /** The condemned keys first: without them the rest means nothing; in another order it would look like a part that nobody claimed. */
    private void clean(PartState part) throws ImagingException {
        for (String object : part.objects()) {
            if (!object.equals(part.part().key()) && repository.find(part.part().key(), PruneRecord.MAX_BYTES).isPresent()) {
                // not listed yet
                return;
            }
            repository.delete(object);
        }
    }

    private void condemn(String prefix, References references) throws ImagingException {
        String after = "";
        List<BlobInfo> page;
        do {
            checkpoint.checkpoint();
            page = repository.list(prefix, after, PAGE);
            for (BlobInfo one : page) {
                after = one.key();
                if (isGarbage(one, references)) {
                    condemn(one);
                }
            }
        } while (page.size() == PAGE);
    }

    private boolean isGarbage(BlobInfo object, References references) {
        String key = object.key();
        return ObjectNames.isFrameOrTable(key) && object.stored().isBefore(repository.clock().now().minus(PruneTimes.YOUNG))
                && !references.contains(key) && !condemnedBefore.contains(KeyPrints.of(key));
    }

    private void condemn(BlobInfo object) throws ImagingException {
        if (parts == PrunePart.MOST) {
            left++;
            return;
        }
        condemned++;
        condemnedBytes += object.length();
        batch.add(object.key());
        if (batch.size() == PruneRecord.MOST_KEYS) {
            put();
        }
    }

    private void put() throws ImagingException {
        if (batch.isEmpty()) {
            return;
        }
        PruneRecord record = repository.prunes().record(Outcome.CONDEMNED, batch);
        if (mark == null) {
            mark = PrunePart.markOf(record.time(), record.by());
        }
        if (!dryRun) {
            repository.putIfAbsent(new PrunePart(mark, parts).key(), record.encode());
            Instant then = record.time().plus(PruneTimes.GRACE);
            next = Optional.of(next.filter(earlier -> earlier.isBefore(then)).orElse(then));
        }
        parts++;
        batch.clear();
    }
}
