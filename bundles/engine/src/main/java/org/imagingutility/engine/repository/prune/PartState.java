package org.imagingutility.engine.repository.prune;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.image.PruneTimes;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.layout.PrunePart;
import org.imagingutility.engine.repository.layout.PruneRecord;
import org.imagingutility.engine.repository.layout.PruneRecord.Outcome;

/**
 * A part of a mark as a list has it; the list may lag, so what is done to a part looks at its objects once more. For one thread.
 */
final class PartState {
    private static final int PAGE = 1000;

    private final Repository repository;
    private final PrunePart part;
    private final Map<String, Instant> listed = new HashMap<>();
    private int attempts;

    private PartState(Repository repository, PrunePart part) {
        this.repository = repository;
        this.part = part;
    }

    /** Returns all parts that the list has an object of, in order. */
    static List<PartState> all(Repository repository) throws ImagingException {
        SortedMap<PrunePart, PartState> all = new TreeMap<>();
        String after = "";
        List<BlobInfo> page;
        do {
            page = repository.list(PrunePart.PREFIX, after, PAGE);
            for (BlobInfo one : page) {
                after = one.key();
                PrunePart.entry(after).ifPresent(entry -> {
                    PartState state = all.computeIfAbsent(entry.part(), part -> new PartState(repository, part));
                    state.listed.put(one.key(), one.stored());
                    state.attempts = Math.max(state.attempts, entry.attempt());
                });
            }
        } while (page.size() == PAGE);
        return List.copyOf(all.values());
    }

    PrunePart part() {
        return part;
    }

    /** Returns how many times somebody went on to delete it. */
    int attempts() {
        return attempts;
    }

    /** Says whether the list has an object that says how it ended. */
    boolean hasEnd() {
        return listed.containsKey(part.end());
    }

    /** Returns the objects that the list has, what may look like a part without an end first. */
    List<String> objects() {
        return listed.keySet().stream().sorted((a, b) -> a.equals(part.key()) ? -1 : b.equals(part.key()) ? 1 : a.compareTo(b)).toList();
    }

    /** Returns the condemned keys, if there are some and it has not ended; a part that was cleaned away is none. */
    Optional<PruneRecord> condemned() throws ImagingException {
        // in this order: cleaning takes the condemned keys away before the end
        if (repository.find(part.end(), PruneRecord.MAX_BYTES).isPresent()) {
            return Optional.empty();
        }
        return repository.prunes().read(part.key()).filter(record -> record.outcome() == Outcome.CONDEMNED);
    }

    /** Returns the end if it says that keys are deleted, and they are not all yet. */
    Optional<PruneRecord> unfinished() throws ImagingException {
        if (repository.find(part.done(), PruneRecord.MAX_BYTES).isPresent() || repository.find(part.key(), PruneRecord.MAX_BYTES).isEmpty()) {
            return Optional.empty();
        }
        return repository.prunes().read(part.end()).filter(record -> record.outcome() == Outcome.DELETED);
    }

    /**
     * Says whether all objects of it were put longer ago than {@link PruneTimes#GRACE}, by the
     * clocks of who put them and of the place, whichever is later.
     */
    boolean isOld() throws ImagingException {
        return repository.clock().now().isAfter(ripe());
    }

    /** Returns when it is old. */
    Instant ripe() throws ImagingException {
        Instant newest = Instant.MIN;
        for (Instant stored : listed.values()) {
            newest = later(newest, stored);
        }
        // the list may not have the last ones yet
        Set<String> objects = new HashSet<>(listed.keySet());
        objects.addAll(List.of(part.key(), part.end(), part.done()));
        for (String object : objects) {
            Optional<PruneRecord> record = repository.prunes().read(object);
            if (record.isPresent()) {
                newest = later(newest, record.get().time());
            }
        }
        Duration grace = PruneTimes.GRACE;
        return newest.isAfter(Instant.MAX.minus(grace)) || newest.equals(Instant.MIN) ? Instant.MAX : newest.plus(grace);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
