package org.imagingutility.snapshot.reflink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;

/**
 * A clone of a file.
 *
 * @param reference the file
 * @param copy path of the clone
 * @param taken when it was made: nobody writes to it later
 */
record FileSnapshot(String reference, Path copy, Instant taken) implements Snapshot {

    /** Returns the snapshot whose clone stands under {@code clone}. */
    static FileSnapshot of(String reference, Path clone) throws IOException {
        return new FileSnapshot(reference, clone, Files.getLastModifiedTime(clone).toInstant());
    }

    @Override
    public String id() {
        return copy.toString();
    }

    @Override
    public String frozen(String asked) {
        try {
            if (asked.equals(reference) || CloneName.of(copy).get().file().equals(Path.of(asked).toRealPath())) {
                return copy.toString();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + asked + "\": " + e, e);
        }
        throw new IllegalArgumentException("\"" + asked + "\" is not in the snapshot of \"" + reference + "\"");
    }

    @Override
    public void release() throws SnapshotException {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new SnapshotException(reference, "\"" + copy + "\" cannot be removed: " + e, "remove it", e);
        }
    }

    /** Does nothing: nothing is open. */
    @Override
    public void close() {
    }
}
