package org.imagingutility.snapshot.vss.com;

/**
 * Places of methods in the tables of the interfaces that are used ({@code vss.h}, {@code vsbackup.h}), and what else has a number there.
 * {@code IVssBackupComponents} is not described by a type library: it is a C++ class, whose table has the order of its declaration.
 */
final class Slots {
    /** {@code IUnknown::Release}. */
    static final int RELEASE = 2;

    /** {@code IVssAsync}. */
    static final int ASYNC_CANCEL = 3;
    static final int ASYNC_WAIT = 4;
    static final int ASYNC_QUERY_STATUS = 5;

    /** {@code IVssBackupComponents}. */
    static final int INITIALIZE_FOR_BACKUP = 5;
    static final int SET_BACKUP_STATE = 6;
    static final int GATHER_WRITER_METADATA = 9;
    static final int PREPARE_FOR_BACKUP = 14;
    static final int ABORT_BACKUP = 15;
    static final int GATHER_WRITER_STATUS = 16;
    static final int GET_WRITER_STATUS_COUNT = 17;
    static final int FREE_WRITER_STATUS = 18;
    static final int GET_WRITER_STATUS = 19;
    static final int BACKUP_COMPLETE = 27;
    static final int SET_CONTEXT = 35;
    static final int START_SNAPSHOT_SET = 36;
    static final int ADD_TO_SNAPSHOT_SET = 37;
    static final int DO_SNAPSHOT_SET = 38;
    static final int DELETE_SNAPSHOTS = 39;
    static final int GET_SNAPSHOT_PROPERTIES = 42;
    static final int IS_VOLUME_SUPPORTED = 44;

    /** {@code VSS_OBJECT_SNAPSHOT_SET}. */
    static final int OBJECT_SNAPSHOT_SET = 2;

    /** {@code VSS_SNAPSHOT_PROP}: its size in bytes, and offsets of fields in it. */
    static final int PROPERTIES_SIZE = 128;
    static final int DEVICE_OBJECT = 40;
    static final int ORIGINAL_VOLUME = 48;
    static final int CREATION_TIME = 112;

    private Slots() {
    }
}
