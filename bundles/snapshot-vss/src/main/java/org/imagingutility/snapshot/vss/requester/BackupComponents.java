package org.imagingutility.snapshot.vss.requester;

import java.util.List;
import java.util.UUID;

/**
 * What a requester uses of an {@code IVssBackupComponents}, by the names and in the order of its documentation ("Overview of
 * Processing a Backup Under VSS"). For several threads, one at a time.
 */
public interface BackupComponents {
    /** {@code VSS_CTX_BACKUP}: with writers, and gone when the object is, be it that the process ends. */
    int CONTEXT_BACKUP = 0;
    /** {@code VSS_BT_COPY}: does not touch what writers keep of backups, such as logs that a full backup would cut off. */
    int BACKUP_TYPE_COPY = 5;

    /** {@code InitializeForBackup}. */
    void initializeForBackup() throws VssFailure;

    /** {@code SetContext}. */
    void setContext(int context) throws VssFailure;

    /** {@code SetBackupState}, of whole volumes: no components, with the state that a system starts from, not in part. */
    void setBackupState(int backupType) throws VssFailure;

    /** {@code GatherWriterMetadata}. */
    AsyncOperation gatherWriterMetadata() throws VssFailure;

    /** {@code IsVolumeSupported}, by any provider. */
    boolean isVolumeSupported(String volume) throws VssFailure;

    /** {@code StartSnapshotSet}; returns the id of the set. */
    UUID startSnapshotSet() throws VssFailure;

    /** {@code AddToSnapshotSet}, by the provider that the service takes; returns the id of the snapshot. */
    UUID addToSnapshotSet(String volume) throws VssFailure;

    /** {@code PrepareForBackup}. */
    AsyncOperation prepareForBackup() throws VssFailure;

    /** {@code GatherWriterStatus}. */
    AsyncOperation gatherWriterStatus() throws VssFailure;

    /** {@code GetWriterStatusCount} and {@code GetWriterStatus} of each. */
    List<WriterStatus> writerStatus() throws VssFailure;

    /** {@code FreeWriterStatus}. */
    void freeWriterStatus() throws VssFailure;

    /** {@code DoSnapshotSet}. */
    AsyncOperation doSnapshotSet() throws VssFailure;

    /** {@code GetSnapshotProperties}. */
    ShadowCopy snapshotProperties(UUID snapshot) throws VssFailure;

    /** {@code BackupComplete}. */
    AsyncOperation backupComplete() throws VssFailure;

    /** {@code AbortBackup}. */
    void abortBackup() throws VssFailure;

    /** {@code DeleteSnapshots} of a set, even if they are in use. */
    void deleteSnapshotSet(UUID set) throws VssFailure;

    /** Returns where the object is in the memory of this process; {@link VssService#at} finds it by that. */
    long address();

    /** {@code Release}; nothing else may be called any more. Snapshots of {@link #CONTEXT_BACKUP} that are left go with it. */
    void release() throws VssFailure;
}
