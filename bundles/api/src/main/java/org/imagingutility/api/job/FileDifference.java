package org.imagingutility.api.job;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileName;

/**
 * A file that two volumes do not have alike.
 *
 * @param path where, from the root on, as {@link FileName#text} has names
 * @param name its last name
 * @param before what is known of it on the first volume; empty if it is not there
 * @param after what is known of it on the second volume; empty if it is not there
 * @param fields what differs, of a file that both have; of others all is another
 */
public record FileDifference(String path, FileName name, Optional<FileDetails> before, Optional<FileDetails> after, Set<Field> fields) {

    /** What of a file differs. */
    public enum Field {
        /** One is a file, the other a directory, ...; nothing else is compared then. */
        KIND,
        /** Bytes of content, of files. */
        SIZE,
        /** The time of change, by more than the coarser of both file systems can tell; of files. */
        MODIFIED,
        /** Permissions, where both have them. */
        MODE,
        /** User or group, where both have them. */
        OWNER,
        /** Where a link leads. */
        TARGET,
        /** The numbers of a device. */
        DEVICE,
        /** The bytes, of files of equal size. */
        CONTENT
    }

    /** Checks the values. */
    public FileDifference {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(name, "name");
        fields = Set.copyOf(fields);
        if (before.isEmpty() && after.isEmpty() || fields.isEmpty() == (before.isPresent() && after.isPresent())) {
            throw new IllegalArgumentException("\"" + path + "\" is on both volumes and differs, or on one of them");
        }
    }

    /** Says whether only the second volume has it. */
    public boolean isAdded() {
        return before.isEmpty();
    }

    /** Says whether only the first volume has it. */
    public boolean isRemoved() {
        return after.isEmpty();
    }
}
