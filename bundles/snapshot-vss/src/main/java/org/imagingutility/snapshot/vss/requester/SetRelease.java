package org.imagingutility.snapshot.vss.requester;

import java.time.Duration;
import java.util.UUID;
import org.imagingutility.api.error.ImagingException;

/** Releases snapshot sets: tells the writers that the backup is over, removes the snapshots, and lets go of what held them. */
public final class SetRelease {
    private final VssService service;
    private final Clock clock;
    private final Duration stepLimit;

    /** Creates it; {@code stepLimit} is how long the writers may take to hear it. */
    public SetRelease(VssService service, Clock clock, Duration stepLimit) {
        this.service = service;
        this.clock = clock;
        this.stepLimit = stepLimit;
    }

    /**
     * Releases a set.
     *
     * @param set its id
     * @param address where the object is that holds it
     * @param kept what keeps COM objects alive
     * @throws ImagingException if snapshots are left; it can be tried again. They go when the process ends
     */
    public void release(UUID set, long address, long kept) throws ImagingException {
        BackupComponents components = service.at(address);
        try {
            tellWriters(components);
            delete(components, set);
            components.release();
            service.letGo(kept);
        } catch (VssFailure e) {
            throw Translation.of(set.toString(), e);
        }
    }

    /** Writers that cannot be told that the backup is complete are told that it is off: to them it is the same, they kept no record. */
    private void tellWriters(BackupComponents components) {
        try {
            // whoever cancels a job wants its snapshots released all the same
            new Steps(clock, stepLimit, () -> false).run("snapshot set", "BackupComplete", components::backupComplete);
        } catch (VssFailure | ImagingException e) {
            try {
                components.abortBackup();
            } catch (VssFailure alsoThat) {
                // they hear it when the object is released; what counts is that the snapshots go, which comes next
            }
        }
    }

    private static void delete(BackupComponents components, UUID set) throws VssFailure {
        try {
            components.deleteSnapshotSet(set);
        } catch (VssFailure e) {
            // aborted backups remove them, and Windows does where it runs out of room for them
            if (e.code() != VssError.OBJECT_NOT_FOUND.code()) {
                throw e;
            }
        }
    }
}
