package org.imagingutility.engine.repository.prune;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.repository.image.PruneTimes;
import org.imagingutility.engine.repository.image.Repository;
import org.imagingutility.engine.repository.layout.PrunePart;

/**
 * Compares the clock of this machine with that of the place: to one that is days ahead everything is old, and what was condemned just now would
 * be deleted under the hands of those who write. The time is that of a small object, which is put for it and deleted.
 */
final class PlaceClock {
    private static final int MOST = 1000;
    private static final byte[] CONTENT = "the time of this object is looked at\n".getBytes(StandardCharsets.US_ASCII);

    private PlaceClock() {
    }

    /** Fails if the clocks differ by more than two that are each off as far as they may be, and the call itself. */
    static void require(Repository repository) throws ImagingException {
        clean(repository);
        String key = PrunePart.clock(repository.prunes().by());
        Instant before = repository.clock().now();
        repository.putIfAbsent(key, CONTENT);
        Instant after = repository.clock().now();
        Instant stored = repository.stored(key).orElse(after);
        repository.delete(key);
        Duration most = PruneTimes.CLOCKS.multipliedBy(2);
        if (stored.isBefore(before.minus(most)) || stored.isAfter(after.plus(most))) {
            throw new BlobException(repository.reference(), "", Reason.FAILED, "it is " + after + " by the clock of this machine, and " + stored
                    + " by that of the place: nothing is pruned by a wrong clock", "set the clock that is wrong", null);
        }
    }

    /** Takes those away that a run left behind which was killed. */
    private static void clean(Repository repository) throws ImagingException {
        List<BlobInfo> left = repository.list(PrunePart.CLOCKS, "", MOST);
        for (BlobInfo one : left) {
            if (one.stored().isBefore(repository.clock().now().minus(PruneTimes.GRACE))) {
                repository.delete(one.key());
            }
        }
    }
}
