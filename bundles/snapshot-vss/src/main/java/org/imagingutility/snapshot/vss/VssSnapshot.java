package org.imagingutility.snapshot.vss;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.snapshot.Snapshot;

/** A snapshot set. Open or not, it is held by the process until it is released. */
final class VssSnapshot implements Snapshot {
    private final HeldSet set;
    private final List<String> warnings;
    private final Function<String, Optional<String>> names;
    private final Releaser releaser;

    /** Releases sets. */
    @FunctionalInterface
    interface Releaser {
        /** Releases one that is not being released. */
        void release(HeldSet set) throws ImagingException;
    }

    /** Creates it; {@code names} gives the lasting names of volumes. */
    VssSnapshot(HeldSet set, List<String> warnings, Function<String, Optional<String>> names, Releaser releaser) {
        this.set = set;
        this.warnings = warnings;
        this.names = names;
        this.releaser = releaser;
    }

    @Override
    public String id() {
        return set.id().toString();
    }

    @Override
    public Instant taken() {
        return set.taken();
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String frozen(String reference) {
        return names.apply(reference).map(set.views()::get).orElseThrow(() -> new IllegalArgumentException("\"" + reference
                + "\" is not in the snapshot set " + set.id() + " of " + String.join(", ", set.views().keySet())));
    }

    @Override
    public void release() throws ImagingException {
        if (set.take()) {
            try {
                releaser.release(set);
            } catch (ImagingException | RuntimeException | Error e) {
                set.hand();
                throw e;
            }
        }
    }

    /** Does nothing: what holds the set is held by the process. */
    @Override
    public void close() {
    }
}
