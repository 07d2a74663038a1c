package org.imagingutility.engine.repository.image;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.layout.PruneRecord;

/** The objects of prunes in a repository, as this run puts and reads them. Used by several threads at once. */
public final class PruneObjects {
    private static final int BY_BYTES = 8;

    private final Repository repository;
    private final String by = RandomNames.hex(BY_BYTES);

    PruneObjects(Repository repository) {
        this.repository = repository;
    }

    /** Returns the random name of this run in objects of prunes. */
    public String by() {
        return by;
    }

    /** Returns an object that this run may put. */
    public PruneRecord record(PruneRecord.Outcome outcome, List<String> keys) {
        return new PruneRecord(outcome, by, repository.clock().now().truncatedTo(ChronoUnit.MILLIS), keys);
    }

    /** Returns the object with that key; empty if it is gone, or cannot be read. */
    public Optional<PruneRecord> read(String key) throws ImagingException {
        return repository.find(key, PruneRecord.MAX_BYTES).flatMap(PruneObjects::decode);
    }

    /** Returns what such an object says; empty if it says nothing that this program knows. */
    static Optional<PruneRecord> decode(byte[] bytes) {
        try {
            return Optional.of(PruneRecord.decode(bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
