package org.imagingutility.engine.repository.image;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.KeyPrints;
import org.imagingutility.engine.repository.layout.PrunePart;
import org.imagingutility.engine.repository.layout.PruneRecord;

/**
 * What a writer knows of prunes, so that nothing it refers to is deleted: the marks, at which it looks in time, and what it refers to. Where
 * both meet it claims that all of that part is kept, or learns that it came too late. Used by several threads at once.
 */
final class WriterMarks {
    private static final int PAGE = 1000;
    private static final int TRIES = 5;

    /** Whether a key may be referred to. */
    enum Use {
        /** It stays as it is. */
        FREE,
        /** It was deleted; it may have been put again, which only looking it up tells. */
        LOOK_UP,
        /** It is being deleted: it must neither be referred to nor put. */
        LOST
    }

    private final Repository repository;
    private final SortedMap<PrunePart, Known> parts = new TreeMap<>();
    private final KeyPrints referred = new KeyPrints();
    private KeyPrints condemned = new KeyPrints();
    private RepositoryClock.Moment looked;

    WriterMarks(Repository repository) {
        this.repository = repository;
    }

    /** A part that was seen. */
    private static final class Known {
        private final KeyPrints keys;
        private boolean ended;
        /** What is deleted of it. */
        private KeyPrints deleted = new KeyPrints();
        private boolean done;

        Known(List<String> keys) {
            this.keys = KeyPrints.of(keys);
        }
    }

    /** Looks at the marks, if that was long ago. */
    private void lookInTime() throws ImagingException {
        if (looked == null || repository.clock().since(looked).compareTo(PruneTimes.LOOK) >= 0) {
            look();
        }
    }

    /** Begins: nothing may have been read that is to be referred to. */
    synchronized void begin() throws ImagingException {
        lookInTime();
    }

    /** Looks at the marks; from then on the manifest may be put for {@link PruneTimes#LOOK}. */
    synchronized void look() throws ImagingException {
        requireAwake();
        RepositoryClock.Moment now = repository.clock().moment();
        String after = "";
        List<BlobInfo> page;
        do {
            page = repository.list(PrunePart.PREFIX, after, PAGE);
            for (BlobInfo one : page) {
                after = one.key();
                Optional<PrunePart.Entry> entry = PrunePart.entry(after);
                if (entry.isPresent() && entry.get().kind() == PrunePart.Kind.CONDEMNED && !parts.containsKey(entry.get().part())) {
                    see(entry.get().part());
                }
            }
        } while (page.size() == PAGE);
        looked = now;
    }

    private void see(PrunePart part) throws ImagingException {
        Optional<PruneRecord> record = repository.prunes().read(part.key());
        if (record.isEmpty()) {
            // gone since it was listed, or not readable: pruners do nothing under one that they cannot read
            return;
        }
        Known known = new Known(record.get().keys());
        parts.put(part, known);
        condemned.addAll(known.keys);
        if (known.keys.meets(referred)) {
            claim(part, known);
            if (known.deleted.meets(referred)) {
                throw new BlobException(repository.reference(), part.key(), Reason.TRANSIENT,
                        "a prune deletes what this run refers to: the run did not look for too long", "run it again", null);
            }
        }
    }

    /** Refers to a key from now on, unless it is lost. */
    synchronized Use refer(String key) throws ImagingException {
        lookInTime();
        long print = KeyPrints.of(key);
        Use use = Use.FREE;
        if (condemned.contains(print)) {
            for (var entry : parts.entrySet()) {
                Known known = entry.getValue();
                if (!known.keys.contains(print)) {
                    continue;
                }
                claim(entry.getKey(), known);
                if (known.deleted.contains(print)) {
                    if (!isDone(entry.getKey(), known)) {
                        return Use.LOST;
                    }
                    use = Use.LOOK_UP;
                }
            }
        }
        referred.add(print);
        return use;
    }

    /** Has a part kept, or learns what was deleted of it. Who puts the end of a part first decides. */
    private void claim(PrunePart part, Known known) throws ImagingException {
        for (int tried = 0; !known.ended; tried++) {
            if (repository.putIfAbsent(part.end(), repository.prunes().record(PruneRecord.Outcome.KEPT, List.of()).encode())) {
                known.ended = true;
                return;
            }
            Optional<byte[]> end = repository.find(part.end(), PruneRecord.MAX_BYTES);
            if (end.isPresent()) {
                Optional<PruneRecord> record = PruneObjects.decode(end.get());
                // an end that cannot be read may say anything
                known.deleted = record.isEmpty() ? known.keys : KeyPrints.of(record.get().keys());
                known.ended = true;
            } else if (tried == TRIES) {
                throw new BlobException(repository.reference(), part.end(), Reason.FAILED, "is there when it is put, and not when it is read",
                        "look at what else writes there", null);
            }
        }
    }

    private boolean isDone(PrunePart part, Known known) throws ImagingException {
        if (!known.done) {
            known.done = repository.find(part.done(), PruneRecord.MAX_BYTES).isPresent();
        }
        return known.done;
    }

    /** Fails if the last look was so long ago that marks may have come and gone since, as when the machine was suspended. */
    synchronized void requireAwake() throws BlobException {
        if (looked != null) {
            requireSince(PruneTimes.BLIND);
        }
    }

    /** Fails if it is too late to put the manifest. */
    synchronized void requireFresh() throws BlobException {
        requireSince(PruneTimes.LOOK);
    }

    private void requireSince(java.time.Duration most) throws BlobException {
        java.time.Duration since = repository.clock().since(looked);
        if (since.compareTo(most) > 0) {
            throw new BlobException(repository.reference(), "", Reason.TRANSIENT, "this run stood still for " + since.toMinutes()
                    + " minutes; what it stored may be pruned by now", "run it again: what is there is not stored again", null);
        }
    }
}
