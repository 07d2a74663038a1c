/* What the parts of vssapi.dll share; vssapi.c tells what it is. */
#ifndef FAKEVSS_H
#define FAKEVSS_H

#define COBJMACROS
#define CINTERFACE
#define _WIN32_WINNT 0x0A00
#include <winsock2.h>
#include <windows.h>
#include <initguid.h>
#include <objbase.h>
#include <vss.h>
#include <vswriter.h>
#include <vsbackup.h>
#include <stdio.h>
#include <stdlib.h>
#include "skzioctl.h"

#define MOST_VOLUMES 16
#define MOST_SETS 64
#define VSS_CTX_BACKUP_ 0
#define ATTR_PERSISTENT 0x1
#define ATTR_NO_AUTO_RELEASE 0x8

typedef enum { MADE, INITIALIZED, STARTED, PREPARED, SNAPSHOT, COMPLETE } State;

/* one snapshot; they outlive the object that made them where their context says so */
typedef struct {
    VSS_ID set, id;
    WCHAR device[80], volume[260];
    LONG context;
    LONGLONG time;
    BOOL made;
    HANDLE keeper; /* the driver drops the snapshot when it is closed, also by the death of the process */
} Snapshot;

typedef struct {
    IVssAsync face;
    LONG references;
    const char *name;
    ULONGLONG end;
    HRESULT result;
    BOOL cancelled;
} Async;

typedef struct {
    IVssBackupComponents face;
    LONG references;
    State state;
    BOOL gathered, backupState;
    LONG context;
    VSS_ID set;
    Async *preparing, *making;
} Components;

extern Snapshot snapshots[MOST_SETS];
extern int snapshotCount;
extern CRITICAL_SECTION guard;
extern LONG objects;

#define SELF Components *self = (Components *) face
#define CHECK(method, condition) \
    do { \
        HRESULT wished_ = wish(method); \
        if (FAILED(wished_)) { \
            return wished_; \
        } \
        if (!(condition)) { \
            note("  %s out of order (state %d)", method, self->state); \
            return VSS_E_BAD_STATE; \
        } \
    } while (0)

/* log.c: log and wishes */
void note(const char *format, ...);
const char *guidText(const GUID *guid);
HRESULT wish(const char *method);
DWORD waitOf(const char *method);
DWORD numberOf(const char *name, int base);

/* snapshots.c: snapshots of the driver, and the list of them */
BOOL tell(const WCHAR *device, const char *line, char *answer, DWORD most);
void deviceName(WCHAR *to, const WCHAR *volume, size_t most);
BOOL makeSnapshot(Snapshot *snapshot);
void dropSnapshot(int index);
HRESULT STDMETHODCALLTYPE querySnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE queried, VSS_OBJECT_TYPE returned, IVssEnumObject **to);

/* async.c: iVssAsync */
Async *begin(const char *name, HRESULT result, IVssAsync **to);

/* components.c: iVssBackupComponents */
HRESULT STDMETHODCALLTYPE unexpected(IVssBackupComponents *face);
HRESULT STDMETHODCALLTYPE query(IVssBackupComponents *face, REFIID id, void **to);
ULONG STDMETHODCALLTYPE addRef(IVssBackupComponents *face);
ULONG STDMETHODCALLTYPE release(IVssBackupComponents *face);
HRESULT STDMETHODCALLTYPE initializeForBackup(IVssBackupComponents *face, BSTR xml);
HRESULT STDMETHODCALLTYPE setBackupState(IVssBackupComponents *face, boolean select, boolean bootable, VSS_BACKUP_TYPE type, boolean partial);
HRESULT STDMETHODCALLTYPE gatherWriterMetadata(IVssBackupComponents *face, IVssAsync **async);
HRESULT STDMETHODCALLTYPE freeWriterMetadata(IVssBackupComponents *face);
HRESULT STDMETHODCALLTYPE setContext(IVssBackupComponents *face, LONG context);
HRESULT STDMETHODCALLTYPE startSnapshotSet(IVssBackupComponents *face, VSS_ID *set);
HRESULT STDMETHODCALLTYPE isVolumeSupported(IVssBackupComponents *face, VSS_ID provider, VSS_PWSZ volume, WINBOOL *supported);
HRESULT STDMETHODCALLTYPE addToSnapshotSet(IVssBackupComponents *face, VSS_PWSZ volume, VSS_ID provider, VSS_ID *id);
HRESULT STDMETHODCALLTYPE prepareForBackup(IVssBackupComponents *face, IVssAsync **async);
HRESULT STDMETHODCALLTYPE doSnapshotSet(IVssBackupComponents *face, IVssAsync **async);
void describe(const Snapshot *from, VSS_SNAPSHOT_PROP *to);
HRESULT STDMETHODCALLTYPE getSnapshotProperties(IVssBackupComponents *face, VSS_ID id, VSS_SNAPSHOT_PROP *properties);
HRESULT STDMETHODCALLTYPE backupComplete(IVssBackupComponents *face, IVssAsync **async);
HRESULT STDMETHODCALLTYPE abortBackup(IVssBackupComponents *face);
HRESULT STDMETHODCALLTYPE deleteSnapshots(IVssBackupComponents *face, VSS_ID id, VSS_OBJECT_TYPE type, WINBOOL force, LONG *deleted, VSS_ID *failed);
HRESULT STDMETHODCALLTYPE gatherWriterStatus(IVssBackupComponents *face, IVssAsync **async);
HRESULT STDMETHODCALLTYPE getWriterStatusCount(IVssBackupComponents *face, UINT *count);
HRESULT STDMETHODCALLTYPE getWriterStatus(IVssBackupComponents *face, UINT index, VSS_ID *instance, VSS_ID *writer, BSTR *name, VSS_WRITER_STATE *state, HRESULT *failure);
HRESULT STDMETHODCALLTYPE freeWriterStatus(IVssBackupComponents *face);

#endif
