package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.imagingutility.snapshot.vss.requester.AsyncOperation;
import org.imagingutility.snapshot.vss.requester.BackupComponents;
import org.imagingutility.snapshot.vss.requester.ShadowCopy;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;
import org.imagingutility.snapshot.vss.requester.WriterStatus;

/** An {@code IVssBackupComponents} of vssapi.dll. */
final class ComBackupComponents implements BackupComponents {
    /** {@code bool} of C++: only the lowest byte counts, and must be 0 or 1. */
    private static final Byte TRUE = 1;
    private static final Byte FALSE = 0;
    /** More than any system has: the number comes from the service. */
    private static final int MOST_WRITERS = 10_000;
    /** A FILETIME counts steps of 100 ns since 1601 (winbase.h). */
    private static final long FILETIME_STEPS_A_SECOND = 10_000_000;
    private static final Instant FILETIME_BEGIN = Instant.parse("1601-01-01T00:00:00Z");

    private final ComObject object;
    private final Frees frees;

    ComBackupComponents(ComObject object, Frees frees) {
        this.object = object;
        this.frees = frees;
    }

    @Override
    public void initializeForBackup() throws VssFailure {
        object.call("InitializeForBackup", Slots.INITIALIZE_FOR_BACKUP, (Object) null);
    }

    @Override
    public void setContext(int context) throws VssFailure {
        object.call("SetContext", Slots.SET_CONTEXT, context);
    }

    @Override
    public void setBackupState(int backupType) throws VssFailure {
        object.call("SetBackupState", Slots.SET_BACKUP_STATE, FALSE, TRUE, backupType, FALSE);
    }

    @Override
    public AsyncOperation gatherWriterMetadata() throws VssFailure {
        return begin("GatherWriterMetadata", Slots.GATHER_WRITER_METADATA);
    }

    @Override
    public boolean isVolumeSupported(String volume) throws VssFailure {
        IntByReference supported = new IntByReference();
        object.call("IsVolumeSupported", Slots.IS_VOLUME_SUPPORTED, new Guid(), VssLibraries.wide(volume), supported);
        return supported.getValue() != 0;
    }

    @Override
    public UUID startSnapshotSet() throws VssFailure {
        Memory set = Guid.memory();
        object.call("StartSnapshotSet", Slots.START_SNAPSHOT_SET, set);
        return Guid.read(set, 0);
    }

    @Override
    public UUID addToSnapshotSet(String volume) throws VssFailure {
        Memory snapshot = Guid.memory();
        object.call("AddToSnapshotSet", Slots.ADD_TO_SNAPSHOT_SET, VssLibraries.wide(volume), new Guid(), snapshot);
        return Guid.read(snapshot, 0);
    }

    @Override
    public AsyncOperation prepareForBackup() throws VssFailure {
        return begin("PrepareForBackup", Slots.PREPARE_FOR_BACKUP);
    }

    @Override
    public AsyncOperation gatherWriterStatus() throws VssFailure {
        return begin("GatherWriterStatus", Slots.GATHER_WRITER_STATUS);
    }

    @Override
    public List<WriterStatus> writerStatus() throws VssFailure {
        IntByReference count = new IntByReference();
        object.call("GetWriterStatusCount", Slots.GET_WRITER_STATUS_COUNT, count);
        if (count.getValue() < 0 || count.getValue() > MOST_WRITERS) {
            throw new VssFailure("GetWriterStatusCount", VssError.UNEXPECTED.code());
        }
        List<WriterStatus> all = new ArrayList<>();
        for (int i = 0; i < count.getValue(); i++) {
            PointerByReference name = new PointerByReference();
            IntByReference state = new IntByReference();
            IntByReference failure = new IntByReference();
            object.call("GetWriterStatus", Slots.GET_WRITER_STATUS, i, Guid.memory(), Guid.memory(), name, state, failure);
            Pointer text = name.getValue();
            all.add(new WriterStatus(text == null ? "without a name" : text.getWideString(0), state.getValue(), failure.getValue()));
            object.onItsThread(() -> frees.freeString(text));
        }
        return all;
    }

    @Override
    public void freeWriterStatus() throws VssFailure {
        object.call("FreeWriterStatus", Slots.FREE_WRITER_STATUS);
    }

    @Override
    public AsyncOperation doSnapshotSet() throws VssFailure {
        return begin("DoSnapshotSet", Slots.DO_SNAPSHOT_SET);
    }

    @Override
    public ShadowCopy snapshotProperties(UUID snapshot) throws VssFailure {
        Memory properties = new Memory(Slots.PROPERTIES_SIZE);
        properties.clear();
        object.call("GetSnapshotProperties", Slots.GET_SNAPSHOT_PROPERTIES, new Guid(snapshot), properties);
        try {
            Pointer device = properties.getPointer(Slots.DEVICE_OBJECT);
            Pointer volume = properties.getPointer(Slots.ORIGINAL_VOLUME);
            if (device == null || volume == null) {
                throw new VssFailure("GetSnapshotProperties", VssError.UNEXPECTED.code());
            }
            return new ShadowCopy(volume.getWideString(0), device.getWideString(0), instant(properties.getLong(Slots.CREATION_TIME)));
        } finally {
            object.onItsThread(() -> frees.freeProperties(properties));
        }
    }

    /** Returns the moment of a {@code VSS_TIMESTAMP}. */
    static Instant instant(long fileTime) {
        return FILETIME_BEGIN.plus(Duration.ofSeconds(fileTime / FILETIME_STEPS_A_SECOND, fileTime % FILETIME_STEPS_A_SECOND * 100));
    }

    @Override
    public AsyncOperation backupComplete() throws VssFailure {
        return begin("BackupComplete", Slots.BACKUP_COMPLETE);
    }

    @Override
    public void abortBackup() throws VssFailure {
        object.call("AbortBackup", Slots.ABORT_BACKUP);
    }

    @Override
    public void deleteSnapshotSet(UUID set) throws VssFailure {
        object.call("DeleteSnapshots", Slots.DELETE_SNAPSHOTS, new Guid(set), Slots.OBJECT_SNAPSHOT_SET, 1, new IntByReference(), Guid.memory());
    }

    @Override
    public long address() {
        return object.address();
    }

    @Override
    public void release() throws VssFailure {
        object.release();
    }

    private AsyncOperation begin(String method, int slot) throws VssFailure {
        PointerByReference async = new PointerByReference();
        object.call(method, slot, async);
        return new ComAsync(object.other(async.getValue()));
    }
}
