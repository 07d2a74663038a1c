package org.imagingutility.engine.files.extract;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileFlag;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetTraits;

/** What files of a volume get in the folder, and whether they have it. Immutable. */
final class FileFacts {
    private final boolean owners;
    private final boolean posix;
    private final Duration timeError;

    /**
     * Creates it.
     *
     * @param owners whether files keep their owners
     */
    FileFacts(boolean owners, TargetTraits target) {
        this.owners = owners;
        this.posix = target.posix();
        this.timeError = target.timeError();
    }

    Attributes of(FileDetails details) {
        boolean readOnly = details.kind() != FileKind.DIRECTORY && details.flags().contains(FileFlag.READ_ONLY);
        return new Attributes(posix ? details.posix() : Optional.empty(), owners, readOnly, instant(details.times().modified()),
                instant(details.times().accessed()), instant(details.times().created()));
    }

    private static Optional<Instant> instant(Optional<FileTimestamp> time) {
        return time.map(known -> known.in(ZoneId.systemDefault()));
    }

    /** Says whether a file that stands there is that file, whole: it got its time, then its name, last. */
    boolean isComplete(FileDetails details, Standing standing) {
        Optional<Instant> modified = instant(details.times().modified());
        return details.kind() == FileKind.FILE && standing.kind() == FileKind.FILE && standing.size() == details.size() && modified.isPresent()
                && Duration.between(modified.get(), standing.modified()).abs().compareTo(timeError) <= 0;
    }
}
