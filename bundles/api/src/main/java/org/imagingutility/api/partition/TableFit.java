package org.imagingutility.api.partition;

import java.util.List;
import java.util.Objects;
import org.imagingutility.api.ExtentList;

/**
 * What is to be changed of a partition table so that it fits a disk of another length.
 *
 * @param writes what is to stand elsewhere, or otherwise, than on the old disk
 * @param obsolete ranges of the old disk that are not to be written to the new one: structures that have moved
 * @param notices what the user should know, one sentence each
 */
public record TableFit(List<TableWrite> writes, ExtentList obsolete, List<String> notices) {
    /** Nothing is to be changed. */
    public static final TableFit AS_IT_IS = new TableFit(List.of(), ExtentList.empty(), List.of());

    /** Copies the lists. */
    public TableFit {
        Objects.requireNonNull(obsolete, "obsolete");
        writes = List.copyOf(writes);
        notices = List.copyOf(notices);
    }
}
