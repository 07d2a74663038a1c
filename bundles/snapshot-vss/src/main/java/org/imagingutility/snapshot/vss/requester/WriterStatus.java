package org.imagingutility.snapshot.vss.requester;

import java.util.List;

/**
 * How a writer (a service that brings its data in order before a snapshot) fares.
 *
 * @param name its name: {@code SqlServerWriter}
 * @param state {@code VSS_WRITER_STATE} of {@code vss.h}
 * @param failure HRESULT that it failed with; not a failure if it did not
 */
public record WriterStatus(String name, int state, int failure) {
    /** {@code VSS_WS_FAILED_AT_IDENTIFY} to {@code VSS_WS_FAILED_AT_BACKUP_COMPLETE}, by number. */
    static final int FIRST_FAILED = 6;
    private static final List<String> FAILED_AT = List.of("when it was asked for what it has", "when the backup was prepared",
            "when the snapshot was prepared", "when it was frozen", "when it was thawed", "after the snapshot", "when the backup was complete");

    /** Says whether it failed. */
    boolean failed() {
        return VssError.failed(failure) || FIRST_FAILED <= state && state < FIRST_FAILED + FAILED_AT.size();
    }

    /** Says whether it failed in a way that may pass. */
    boolean mayPass() {
        return VssError.of(failure).map(VssError::mayPass).orElse(false);
    }

    /** Returns who failed, when and why. */
    String describe() {
        int at = state - FIRST_FAILED;
        String when = at >= 0 && at < FAILED_AT.size() ? " " + FAILED_AT.get(at) : "";
        return "the writer \"" + name + "\" failed" + when + ": " + VssError.describe(failure);
    }
}
