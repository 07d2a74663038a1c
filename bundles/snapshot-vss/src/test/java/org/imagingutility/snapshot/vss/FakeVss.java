package org.imagingutility.snapshot.vss;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.imagingutility.snapshot.vss.requester.AsyncOperation;
import org.imagingutility.snapshot.vss.requester.BackupComponents;
import org.imagingutility.snapshot.vss.requester.Clock;
import org.imagingutility.snapshot.vss.requester.ShadowCopy;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;
import org.imagingutility.snapshot.vss.requester.VssService;
import org.imagingutility.snapshot.vss.requester.WriterStatus;

/**
 * A shadow copy service that plays: it writes down each call, fails where it is told to, refuses calls out of order, and counts what was
 * not released. Its time passes where somebody waits.
 */
public final class FakeVss implements VssService, Clock {
    /** A writer that is well. */
    public static final WriterStatus WELL = new WriterStatus("Fake Writer", 5, 0);

    private final List<String> calls = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<Long, Components> objects = new LinkedHashMap<>();
    private final Map<UUID, Copy> copies = new LinkedHashMap<>();
    private final List<List<WriterStatus>> writers = new ArrayList<>();
    private int asyncs;
    private int kept;
    private long next = 1;
    private long now;
    private int stepMillis = 10;
    private boolean comesBackAtOnce;
    private Consumer<String> observer = call -> { };
    private FakeVolumes volumes = new FakeVolumes();

    /** What is frozen. */
    private record Copy(UUID set, ShadowCopy properties) {
    }

    /** Lets a call return a failure; {@code DoSnapshotSet.Async} is what the step of that name ends with. */
    public FakeVss fail(String method, VssError error) {
        return fail(method, error.code());
    }

    /** Lets a call return a failure. */
    public FakeVss fail(String method, int code) {
        failures.put(method, code);
        return this;
    }

    /** Takes back what {@link #fail} did. */
    public void mend() {
        failures.clear();
    }

    /** Has each step take that long. */
    public FakeVss steps(int milliseconds) {
        stepMillis = milliseconds;
        return this;
    }

    /** Has waiting for a step come back at once, as the service may. */
    public FakeVss waitsComeBackAtOnce() {
        comesBackAtOnce = true;
        return this;
    }

    /** Says how writers fare whenever their status is asked for. */
    public FakeVss writers(List<WriterStatus> always) {
        return writers(always, always);
    }

    /** Says how writers fare before the freeze, and behind it. */
    public FakeVss writers(List<WriterStatus> before, List<WriterStatus> behind) {
        writers.add(before);
        writers.add(behind);
        return this;
    }

    /** Has someone told of each call when it is made. */
    public void observe(Consumer<String> by) {
        observer = by;
    }

    /** Shows the content of volumes. */
    public FakeVss on(FakeVolumes those) {
        volumes = those;
        return this;
    }

    /** Returns the calls so far. */
    public List<String> calls() {
        return calls;
    }

    /** Returns what is left: objects, steps, snapshots, and what keeps COM. Nothing should be after a failure or a release. */
    public String left() {
        return objects.size() + " objects, " + asyncs + " steps, " + copies.size() + " snapshots, " + kept + " kept";
    }

    private void called(String call) throws VssFailure {
        calls.add(call);
        observer.accept(call);
        String method = call.replaceAll("\\(.*", "");
        if (failures.containsKey(method)) {
            throw new VssFailure(method, failures.get(method));
        }
    }

    @Override
    public BackupComponents create() throws VssFailure {
        called("CreateVssBackupComponents");
        Components made = new Components(next++);
        objects.put(made.address, made);
        return made;
    }

    @Override
    public BackupComponents at(long address) {
        if (!objects.containsKey(address)) {
            throw new AssertionError("no object is at " + address + ": a real process would have died");
        }
        return objects.get(address);
    }

    @Override
    public long keep() throws VssFailure {
        if (failures.containsKey("CoIncrementMTAUsage")) {
            throw new VssFailure("CoIncrementMTAUsage", failures.get("CoIncrementMTAUsage"));
        }
        kept++;
        return 77;
    }

    @Override
    public void letGo(long cookie) {
        if (cookie != 77) {
            throw new AssertionError("cookie " + cookie);
        }
        kept--;
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public void pause(int milliseconds) {
        now += milliseconds;
    }

    private final class Step implements AsyncOperation {
        private final String method;
        private final Runnable done;
        private final long end = now + stepMillis;
        private boolean cancelled;
        private boolean ended;
        private boolean closed;

        Step(String method, Runnable done) {
            this.method = method;
            this.done = done;
            asyncs++;
        }

        @Override
        public void await(int milliseconds) throws VssFailure {
            called(method + ".Wait");
            if (!comesBackAtOnce) {
                now = Math.min(Math.max(now, end), now + milliseconds);
            }
        }

        @Override
        public int status() throws VssFailure {
            if (failures.containsKey(method + ".QueryStatus")) {
                throw new VssFailure("QueryStatus", failures.get(method + ".QueryStatus"));
            }
            if (cancelled) {
                return VssError.ASYNC_CANCELLED;
            }
            if (now < end) {
                return VssError.ASYNC_PENDING;
            }
            if (failures.containsKey(method + ".Async")) {
                return failures.get(method + ".Async");
            }
            if (!ended) {
                ended = true;
                done.run();
            }
            return VssError.ASYNC_FINISHED;
        }

        @Override
        public void cancel() throws VssFailure {
            called(method + ".Cancel");
            cancelled = true;
        }

        @Override
        public void close() {
            if (closed) {
                throw new AssertionError(method + " was released twice");
            }
            closed = true;
            asyncs--;
        }
    }

    private final class Components implements BackupComponents {
        private final long address;
        private final Map<UUID, String> added = new LinkedHashMap<>();
        private UUID set;
        private int asked;

        Components(long address) {
            this.address = address;
        }

        private AsyncOperation step(String method, Runnable done) throws VssFailure {
            called(method);
            return new Step(method, done);
        }

        @Override
        public void initializeForBackup() throws VssFailure {
            called("InitializeForBackup");
        }

        @Override
        public void setContext(int context) throws VssFailure {
            called("SetContext(" + context + ")");
        }

        @Override
        public void setBackupState(int backupType) throws VssFailure {
            called("SetBackupState(" + backupType + ")");
        }

        @Override
        public AsyncOperation gatherWriterMetadata() throws VssFailure {
            return step("GatherWriterMetadata", () -> { });
        }

        @Override
        public boolean isVolumeSupported(String volume) throws VssFailure {
            called("IsVolumeSupported(" + volume + ")");
            return volumes.supported(volume);
        }

        @Override
        public UUID startSnapshotSet() throws VssFailure {
            called("StartSnapshotSet");
            set = new UUID(0x5e7, next++);
            return set;
        }

        @Override
        public UUID addToSnapshotSet(String volume) throws VssFailure {
            called("AddToSnapshotSet(" + volume + ")");
            UUID id = new UUID(0x1d, next++);
            added.put(id, volume);
            return id;
        }

        @Override
        public AsyncOperation prepareForBackup() throws VssFailure {
            return step("PrepareForBackup", () -> { });
        }

        @Override
        public AsyncOperation gatherWriterStatus() throws VssFailure {
            return step("GatherWriterStatus", () -> { });
        }

        @Override
        public List<WriterStatus> writerStatus() throws VssFailure {
            called("GetWriterStatus");
            return writers.isEmpty() ? List.of(WELL) : writers.get(Math.min(asked++, writers.size() - 1));
        }

        @Override
        public void freeWriterStatus() throws VssFailure {
            called("FreeWriterStatus");
        }

        @Override
        public AsyncOperation doSnapshotSet() throws VssFailure {
            return step("DoSnapshotSet", () -> added.forEach((id, volume) -> {
                String device = "\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy" + next++;
                volumes.freeze(volume, device);
                copies.put(id, new Copy(set, new ShadowCopy(volume, device, Instant.ofEpochSecond(next))));
            }));
        }

        @Override
        public ShadowCopy snapshotProperties(UUID snapshot) throws VssFailure {
            called("GetSnapshotProperties");
            return copies.get(snapshot).properties();
        }

        @Override
        public AsyncOperation backupComplete() throws VssFailure {
            return step("BackupComplete", () -> { });
        }

        @Override
        public void abortBackup() throws VssFailure {
            called("AbortBackup");
            drop();
        }

        @Override
        public void deleteSnapshotSet(UUID which) throws VssFailure {
            called("DeleteSnapshots");
            if (!drop()) {
                throw new VssFailure("DeleteSnapshots", VssError.OBJECT_NOT_FOUND.code());
            }
        }

        private boolean drop() {
            copies.values().stream().filter(copy -> copy.set().equals(set)).forEach(copy -> volumes.drop(copy.properties().device()));
            return copies.values().removeIf(copy -> copy.set().equals(set));
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public void release() throws VssFailure {
            called("Release");
            if (objects.remove(address) == null) {
                throw new AssertionError("released twice");
            }
            // what Windows does with snapshots of VSS_CTX_BACKUP
            drop();
        }
    }
}
