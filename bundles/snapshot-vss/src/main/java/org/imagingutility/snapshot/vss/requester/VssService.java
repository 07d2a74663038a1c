package org.imagingutility.snapshot.vss.requester;

/** The way to the Volume Shadow Copy Service. Used by several threads at once. */
public interface VssService {

    /** Makes an {@code IVssBackupComponents}. */
    BackupComponents create() throws VssFailure;

    /** Returns the one that is at an address, be it that another instance of this bundle has made it in this process. */
    BackupComponents at(long address);

    /**
     * Keeps COM objects alive, whichever threads end, until {@link #letGo}.
     *
     * @return what to let go by
     */
    long keep() throws VssFailure;

    /** Ends what {@link #keep} began. */
    void letGo(long kept) throws VssFailure;
}
