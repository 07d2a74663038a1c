package org.imagingutility.engine.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.imagingutility.api.Digest;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.error.UsageException;

/**
 * The linear hashes that an image records of its device, as facts that nothing protects: whoever writes them into another
 * image computes them on the way. For one thread.
 */
public final class RecordedHashes {
    /** What the names of these facts begin with. */
    public static final String PREFIX = "hash.";
    /** Hashes are computed over the whole device: so many bytes of it may be free, or eight times as many as are in use. */
    private static final long FREE_BYTES = 64L << 30;
    private static final int FREE_TIMES_USED = 8;

    private final Metadata recorded;
    private final long deviceLength;
    private final LinearHashes hashes;

    /**
     * Takes the hashes that {@code recorded} has, if it does not take too long to compute them.
     *
     * @param deviceLength bytes of the device
     * @param usedBytes bytes of it that are in use
     */
    public RecordedHashes(Metadata recorded, long deviceLength, long usedBytes) throws UsageException {
        this.recorded = recorded;
        this.deviceLength = deviceLength;
        List<String> names = new ArrayList<>();
        long free = deviceLength - usedBytes;
        if (free <= FREE_BYTES || free / FREE_TIMES_USED <= usedBytes) {
            for (String key : recorded.values().keySet()) {
                if (key.startsWith(PREFIX) && LinearHashes.known(key.substring(PREFIX.length()))) {
                    names.add(key.substring(PREFIX.length()));
                }
            }
        }
        this.hashes = new LinearHashes(names);
    }

    /** Returns what is told of the content. */
    public LinearHashes hashes() {
        return hashes;
    }

    /**
     * What came of it.
     *
     * @param proven names of the facts that hold
     * @param contradiction the first that does not, if one does not
     */
    public record Result(List<String> proven, Optional<Contradiction> contradiction) {
    }

    /**
     * Two hashes that should be one, each with the name of the fact.
     *
     * @param recorded what the image says
     * @param computed what its content has
     */
    public record Contradiction(String recorded, String computed) {
    }

    /** Ends the computation and compares. */
    public Result finish() {
        List<String> proven = new ArrayList<>();
        Optional<Contradiction> contradiction = Optional.empty();
        if (!hashes.none()) {
            SortedMap<String, Digest> computed = hashes.finish(deviceLength);
            for (Map.Entry<String, Digest> hash : computed.entrySet()) {
                String key = PREFIX + hash.getKey();
                Object said = recorded.values().get(key);
                if (hash.getValue().toHex().equals(said)) {
                    proven.add(key);
                } else if (contradiction.isEmpty()) {
                    contradiction = Optional.of(new Contradiction(key + " " + said, key + " " + hash.getValue().toHex()));
                }
            }
        }
        return new Result(proven, contradiction);
    }
}
