/* What the parts of skzdisk.sys share; driver.c tells what the driver is. */
#ifndef SKZDISK_H
#define SKZDISK_H

#define _WIN32_WINNT 0x0A00
#include <ntddk.h>
#include <ntdddisk.h>
#include "skzioctl.h"

NTSYSAPI NTSTATUS NTAPI ZwQueryInformationFile(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, FILE_INFORMATION_CLASS);
NTSYSAPI NTSTATUS NTAPI ZwFlushBuffersFile(HANDLE, PIO_STATUS_BLOCK);
int __cdecl _snprintf(char *, size_t, const char *, ...);
int __cdecl _snwprintf(WCHAR *, size_t, const WCHAR *, ...);

#define TAG 'dzkS'
#define MOST_DEVICES 64
#define MOST_TROUBLES 32
#define MOST_PENDING 256
#define MOST_PARTITIONS 136
#define GRANULE 0x10000UL
#define ENTRY 144
#define LAYOUT_HEADER 48

/* codes that the headers of the driver kit lack or hide */
#define FSCTL_LOCK_VOLUME_ 0x90018
#define FSCTL_UNLOCK_VOLUME_ 0x9001C
#define FSCTL_DISMOUNT_VOLUME_ 0x90020
#define FSCTL_IS_VOLUME_MOUNTED_ 0x90028
#define FSCTL_GET_NTFS_VOLUME_DATA_ 0x90064
#define FSCTL_GET_VOLUME_BITMAP_ 0x9006F
#define FSCTL_GET_RETRIEVAL_POINTER_BASE_ 0x90234
#define FSCTL_ALLOW_EXTENDED_DASD_IO_ 0x90083
#define DISK_GET_DRIVE_GEOMETRY_ 0x70000
#define DISK_IS_WRITABLE_ 0x70024
#define DISK_GET_PARTITION_INFO_EX_ 0x70048
#define DISK_GET_DRIVE_LAYOUT_EX_ 0x70050
#define DISK_SET_DRIVE_LAYOUT_EX_ 0x7C054
#define DISK_CREATE_DISK_ 0x7C058
#define DISK_GET_LENGTH_INFO_ 0x7405C
#define DISK_GET_DRIVE_GEOMETRY_EX_ 0x700A0
#define DISK_GET_DISK_ATTRIBUTES_ 0x700F0
#define DISK_SET_DISK_ATTRIBUTES_ 0x7C0F4
#define DISK_DELETE_DRIVE_LAYOUT_ 0x7C100
#define DISK_UPDATE_PROPERTIES_ 0x70140
#define STORAGE_CHECK_VERIFY_ 0x2D4800
#define STORAGE_CHECK_VERIFY2_ 0x2D0800
#define STORAGE_GET_HOTPLUG_INFO_ 0x2D0C14
#define STORAGE_GET_DEVICE_NUMBER_ 0x2D1080
#define STORAGE_QUERY_PROPERTY_ 0x2D1400
#define STORAGE_READ_CAPACITY_ 0x2D5140
#define STORAGE_MANAGE_DATA_SET_ATTRIBUTES_ 0x2D9404
#define VOLUME_GET_VOLUME_DISK_EXTENTS_ 0x560000
#define VOLUME_ONLINE_ 0x56C008
#define MOUNTDEV_QUERY_DEVICE_NAME_ 0x4D0008

typedef enum { CONTROL, DISK, VOLUME, SHADOW } Kind;
typedef enum { BAD_READ, BAD_WRITE, SLOW, SLOW_WRITE, HANG } TroubleKind;

typedef struct {
    TroubleKind kind;
    LONGLONG from, to;
    NTSTATUS status;
    ULONG ms, times, hits; /* times 0: without end */
} Trouble;

typedef struct {
    LONGLONG start, length;
    ULONG number;
} Partition;

typedef struct Device {
    Kind kind;
    ULONG number;
    PDEVICE_OBJECT object;
    struct Device *on;         /* a volume's drive, a snapshot's volume */
    HANDLE file;               /* own image, or what was copied for a snapshot */
    LONGLONG base, size;       /* where a volume lies on its drive */
    ULONG sector, physical;
    BOOLEAN readOnly, removable, seekPenalty, trim, offline, vanished, present;
    WCHAR name[64], link[64], link2[80], guid[40], letter[4], image[300];
    char model[32], serial[32];
    ULONG opens; /* handles that can read or write */
    struct Opened *handles;
    Trouble troubles[MOST_TROUBLES];
    ULONG troubleCount;
    NTSTATUS refuses;
    /* volume */
    ULONG partition;           /* 0: a fixed range */
    BOOLEAN mounted;
    ULONG alsoDrive;           /* where it says that it lies as well, nowhere if that has no length */
    LONGLONG alsoOffset, alsoLength;
    PFILE_OBJECT lockedBy;
    /* drive */
    UCHAR *layout;
    ULONG layoutLength, partitionCount;
    Partition partitions[MOST_PARTITIONS];
    /* snapshot */
    UCHAR *saved;
    LONGLONG savedBytes, savedLimit;
    PFILE_OBJECT keeper;       /* the handle that it goes with, NULL if it stays */
    /* counters */
    LONGLONG readBytes, writtenBytes, trimmedBytes;
    ULONG reads, writes, flushes, refusals, locks, dismounts, updates, largest;
} Device;

/* one open handle.  Wine lets an open succeed whatever a driver says; the hook asks afterwards (SKZ_OPENED) */
typedef struct Opened {
    struct Opened *next;
    struct Device *device;
    NTSTATUS refused;
    BOOLEAN beyondFileSystem, counted;
    ULONG access, share;
} Opened;

typedef struct {
    PIRP irp;
    Device *device;
    ULONGLONG due; /* 0: never */
} Pending;

extern PDRIVER_OBJECT driver;
extern WCHAR configuration[300];
extern Device *devices[MOST_DEVICES];
extern ULONG deviceCount, shadowNumber;
extern FAST_MUTEX queueLock, workLock;
extern Pending queue[MOST_PENDING];
extern ULONG pendingCount;
extern BOOLEAN stopping;
extern PVOID worker;

typedef struct {
    BOOLEAN known, ntfs;
    ULONG sector, cluster, record;
    LONGLONG clusters, sectors, table, mirror, serial;
    ULONG fatBits;       /* 12, 16 or 32 of a FAT, of which table is the first byte of the table; else 0 */
    LONGLONG firstSector; /* of cluster 0, which in a FAT is the one numbered 2 there */
} FileSystem;

typedef struct {
    Device *device;
    PFILE_OBJECT file;
    ULONG code, inLength, outLength;
    const UCHAR *in;
    UCHAR *out;
    ULONG_PTR length; /* of the answer */
} Request;

#define NEED(bytes) \
    do { \
        if (request->outLength < (bytes)) { \
            return STATUS_BUFFER_TOO_SMALL; \
        } \
        memset(request->out, 0, (bytes)); \
        request->length = (bytes); \
    } while (0)

/* memory.c: numbers, texts and files of the host */
void put(UCHAR *to, ULONG offset, ULONGLONG value, ULONG bytes);
ULONGLONG get(const UCHAR *from, ULONG offset, ULONG bytes);
void *allocate(SIZE_T bytes);
void copyText(WCHAR *to, const WCHAR *from, ULONG most);
BOOLEAN sameBytes(const void *a, const void *b, SIZE_T bytes);
ULONGLONG now(void);
ULONG crc32(const UCHAR *from, ULONG bytes);
NTSTATUS openFile(const WCHAR *path, BOOLEAN create, HANDLE *file, LONGLONG *size);
NTSTATUS transfer(HANDLE file, BOOLEAN write, LONGLONG offset, void *buffer, ULONG length);

/* bytes.c: the bytes of drives, volumes and snapshots: what is written is kept for snapshots before */
NTSTATUS readBytes(Device *device, LONGLONG offset, UCHAR *to, ULONG length);
NTSTATUS writeBytes(Device *device, LONGLONG offset, UCHAR *from, ULONG length);

/* ntfs.c: what NTFS says of itself: boot sector, first records of $MFT, $Bitmap */
FileSystem fileSystem(Device *device);
UCHAR *fileRecord(Device *device, const FileSystem *fs, ULONG number);
UCHAR *attribute(UCHAR *record, ULONG length, ULONG type);
NTSTATUS readBitmap(Device *device, const FileSystem *fs, LONGLONG from, UCHAR *to, ULONG length);
LONGLONG freeClusters(Device *device, const FileSystem *fs);

/* fat.c: what a FAT says of itself: boot sector, table */
void fatFileSystem(const UCHAR *boot, FileSystem *found);
NTSTATUS readFat(Device *device, const FileSystem *fs, LONGLONG from, UCHAR *to, ULONG length);

/* partitions.c: partition tables, MBR and GPT, read and written */
UCHAR *entry(Device *disk, ULONG index);
void findPartitions(Device *disk);
NTSTATUS writeMbr(Device *disk, const UCHAR *in, ULONG count);
NTSTATUS writeGpt(Device *disk, const UCHAR *id, const UCHAR *entries, ULONG count);

/* requests.c: opens, reads, writes, and the rules that they are held to */
BOOLEAN isThere(Device *device);
NTSTATUS mayWrite(Device *device, PFILE_OBJECT file, LONGLONG offset, LONGLONG length);
NTSTATUS done(PIRP irp, NTSTATUS status, ULONG_PTR information);
Device *deviceOf(PDEVICE_OBJECT object);
UCHAR *bufferOf(PIRP irp);
void NTAPI work(PVOID context);
NTSTATUS doRead(Device *device, PIRP irp);
NTSTATUS doWrite(Device *device, PIRP irp);
NTSTATUS doFlush(Device *device, PIRP irp);
NTSTATUS doCreate(Device *device, PIRP irp);
NTSTATUS isOpened(Device *device, PFILE_OBJECT file, ULONG access, ULONG share);
NTSTATUS doCleanup(Device *device, PIRP irp);
NTSTATUS refusalOf(PIRP irp);

/* devices.c: devices come, from the configuration and as snapshots, and go */
NTSTATUS makeDevice(Device *device, BOOLEAN links);
void dropDevice(Device *device);
NTSTATUS takeSnapshot(Device *volume, PFILE_OBJECT keeper, WCHAR *name, ULONG most);
void configure(void);
void dropAll(void);

/* commands.c: commands of tests: troubles, counters */
NTSTATUS command(Device *device, PFILE_OBJECT file, const char *at, char *out, ULONG most, ULONG_PTR *length);

/* queries.c: control codes that ask: properties, trim, the bitmap of a volume */
NTSTATUS queryProperty(Request *request);
NTSTATUS trimRanges(Request *request);
NTSTATUS volumeBitmap(Request *request, const FileSystem *fs);

/* controls.c: control codes of drives and volumes */
NTSTATUS doControl(Device *device, PIRP irp);

#endif
