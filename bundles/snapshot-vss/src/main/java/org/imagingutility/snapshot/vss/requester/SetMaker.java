package org.imagingutility.snapshot.vss.requester;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.SnapshotException;

/**
 * Makes snapshot sets as a requester does. A set that cannot be made leaves nothing behind: writers are told that the backup is off, and
 * the object of the service is released, with which goes what there is of snapshots.
 */
public final class SetMaker {
    /** How long one step of the service may take: more than it gives writers itself. */
    public static final Duration STEP_LIMIT = Duration.ofMinutes(10);
    /** How long a set that another program is making is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How often a set is tried that fails for reasons which may pass, such as too much writing. */
    static final int MOST_TRIES = 3;
    private static final long FIRST_PAUSE = 1000;
    private static final long LONGEST_PAUSE = 8000;

    private final VssService service;
    private final Clock clock;
    private final Duration stepLimit;

    /** Creates it; {@code stepLimit} is how long one step of the service may take. */
    public SetMaker(VssService service, Clock clock, Duration stepLimit) {
        this.service = service;
        this.clock = clock;
        this.stepLimit = stepLimit;
    }

    /**
     * A set that was made.
     *
     * @param id its id
     * @param components what holds it until it is released
     * @param copies the snapshots, by the names that the volumes were given by
     * @param warnings what the user should know of it
     */
    public record MadeSet(UUID id, BackupComponents components, Map<String, ShadowCopy> copies, List<String> warnings) {
    }

    /**
     * Makes a set.
     *
     * @param volumes the volumes, with a backslash at the end, each by the name that it is known to the user by
     * @param cancelled says whether the user wants all to stop
     */
    public MadeSet make(Map<String, String> volumes, BooleanSupplier cancelled) throws ImagingException {
        Steps steps = new Steps(clock, stepLimit, cancelled);
        long end = clock.millis() + PATIENCE.toMillis();
        long pause = FIRST_PAUSE;
        for (int tried = 1;; tried++) {
            steps.check();
            Attempt attempt = new Attempt(volumes, steps);
            try {
                return attempt.run();
            } catch (VssFailure e) {
                boolean busy = e.code() == VssError.SET_IN_PROGRESS.code();
                boolean mayPass = VssError.of(e.code()).map(VssError::mayPass).orElse(false);
                if (busy ? clock.millis() >= end : !mayPass || tried >= MOST_TRIES) {
                    throw Translation.of(attempt.subject, e);
                }
            } catch (WriterFailure e) {
                if (!e.mayPass || tried >= MOST_TRIES) {
                    throw e.error;
                }
            }
            steps.pause(pause);
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
        }
    }

    /**
     * Asks whether the service can freeze a volume.
     *
     * @return why not; empty if it can
     */
    public Optional<String> refusal(String volume) throws VssFailure {
        BackupComponents components = service.create();
        try {
            components.initializeForBackup();
            components.setContext(BackupComponents.CONTEXT_BACKUP);
            return components.isVolumeSupported(volume) ? Optional.empty() : Optional.of(VssError.VOLUME_NOT_SUPPORTED.words());
        } catch (VssFailure e) {
            if (e.method().equals("IsVolumeSupported")) {
                return Optional.of(VssError.describe(e.code()));
            }
            throw e;
        } finally {
            components.release();
        }
    }

    /** Writers that failed, with the error it becomes if trying again does not help. */
    private static final class WriterFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final ImagingException error;
        private final boolean mayPass;

        WriterFailure(ImagingException error, boolean mayPass) {
            super(error);
            this.error = error;
            this.mayPass = mayPass;
        }
    }

    /** One try to make a set, with an object of the service of its own. */
    private final class Attempt {
        private final Map<String, String> volumes;
        private final Steps steps;
        private final String all;
        private final List<String> warnings = new ArrayList<>();
        /** What an error is about: a volume, or all of them. */
        private String subject;
        private boolean begun;

        Attempt(Map<String, String> volumes, Steps steps) {
            this.volumes = volumes;
            this.steps = steps;
            this.all = String.join(", ", volumes.keySet());
            this.subject = all;
        }

        MadeSet run() throws VssFailure, WriterFailure, ImagingException {
            BackupComponents components = service.create();
            try {
                return make(components);
            } catch (VssFailure | WriterFailure | ImagingException | RuntimeException | Error e) {
                abandon(components, e);
                throw e;
            }
        }

        private MadeSet make(BackupComponents components) throws VssFailure, WriterFailure, ImagingException {
            components.initializeForBackup();
            components.setContext(BackupComponents.CONTEXT_BACKUP);
            components.setBackupState(BackupComponents.BACKUP_TYPE_COPY);
            steps.run(all, "GatherWriterMetadata", components::gatherWriterMetadata);
            for (Map.Entry<String, String> volume : volumes.entrySet()) {
                subject = volume.getKey();
                if (!components.isVolumeSupported(volume.getValue())) {
                    throw new VssFailure("IsVolumeSupported", VssError.VOLUME_NOT_SUPPORTED.code());
                }
            }
            subject = all;
            UUID set = components.startSnapshotSet();
            begun = true;
            Map<String, UUID> snapshots = new LinkedHashMap<>();
            for (Map.Entry<String, String> volume : volumes.entrySet()) {
                subject = volume.getKey();
                snapshots.put(volume.getKey(), components.addToSnapshotSet(volume.getValue()));
            }
            subject = all;
            steps.run(all, "PrepareForBackup", components::prepareForBackup);
            List<WriterStatus> failed = failedWriters(components);
            if (!failed.isEmpty()) {
                throw refused(failed);
            }
            steps.run(all, "DoSnapshotSet", components::doSnapshotSet);
            // the volumes are frozen now: what such a writer has is as after a power failure, all else is not touched by it
            failedWriters(components).forEach(writer -> warnings.add(writer.describe() + "; what the writer keeps is in the snapshot"
                    + " as it was on the disk, as after a power failure"));
            Map<String, ShadowCopy> copies = new LinkedHashMap<>();
            for (Map.Entry<String, UUID> snapshot : snapshots.entrySet()) {
                subject = snapshot.getKey();
                copies.put(snapshot.getKey(), components.snapshotProperties(snapshot.getValue()));
            }
            return new MadeSet(set, components, copies, List.copyOf(warnings));
        }

        private List<WriterStatus> failedWriters(BackupComponents components) throws VssFailure, ImagingException {
            steps.run(all, "GatherWriterStatus", components::gatherWriterStatus);
            try {
                return components.writerStatus().stream().filter(WriterStatus::failed).toList();
            } finally {
                components.freeWriterStatus();
            }
        }

        private WriterFailure refused(List<WriterStatus> failed) {
            List<String> words = failed.stream().map(WriterStatus::describe).toList();
            return new WriterFailure(new SnapshotException(all, String.join("; ", words), "see what \"vssadmin list writers\" says, restart the"
                    + " service that the writer belongs to (or Windows), and try again; a writer that is not needed can be switched off"
                    + " by stopping its service", null), failed.stream().allMatch(WriterStatus::mayPass));
        }

        /** Lets go of all. That the writers cannot be told does not matter: what is released last takes all with it. */
        private void abandon(BackupComponents components, Throwable reason) {
            if (begun) {
                try {
                    components.abortBackup();
                } catch (VssFailure e) {
                    reason.addSuppressed(e);
                }
            }
            try {
                components.release();
            } catch (VssFailure e) {
                reason.addSuppressed(e);
            }
        }
    }
}
