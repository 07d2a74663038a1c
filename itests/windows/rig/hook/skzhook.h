/* What the parts of skzhook.dll share; skzhook.c tells what it is. */
#ifndef SKZHOOK_H
#define SKZHOOK_H

#include <windows.h>
#include <winternl.h>
#include <stdlib.h>
#include <string.h>
#include "skzioctl.h"

#define STUB 32
#define MOST_FUNCTIONS 12
#define MOST_LOCKS 256
#define MOST_VOLUMES 32
#define QUERY_POINTS 0x6D0008
#define QUERY_UNIX_DRIVE 0x6D4084 /* Wine's own: what GetDriveTypeW asks */
#define FSCTL_LOCK 0x90018
#define FSCTL_UNLOCK 0x9001C
#define FSCTL_DISMOUNT 0x90020
#define LOCK_CONFLICT ((NTSTATUS) 0xC0000054)
#define INVALID_PARAMETER ((NTSTATUS) 0xC000000D)
#define BUFFER_OVERFLOW ((NTSTATUS) 0x80000005)

typedef NTSTATUS(NTAPI *Control)(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, ULONG, PVOID, ULONG, PVOID, ULONG);
typedef NTSTATUS(NTAPI *Transfer)(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, PVOID, ULONG, PLARGE_INTEGER, PULONG);
/* the key is a number in Windows and a pointer in Wine: passed on whole */
typedef NTSTATUS(NTAPI *Lock)(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, PLARGE_INTEGER, PLARGE_INTEGER, ULONG_PTR, BOOLEAN, BOOLEAN);
typedef NTSTATUS(NTAPI *Unlock)(HANDLE, PIO_STATUS_BLOCK, PLARGE_INTEGER, PLARGE_INTEGER, ULONG_PTR);
typedef NTSTATUS(NTAPI *Close)(HANDLE);
typedef NTSTATUS(NTAPI *Create)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, PLARGE_INTEGER, ULONG, ULONG, ULONG, ULONG, PVOID, ULONG);
typedef NTSTATUS(NTAPI *Open)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, ULONG, ULONG);
typedef NTSTATUS(NTAPI *QueryNamed)(POBJECT_ATTRIBUTES, PVOID);
typedef NTSTATUS(NTAPI *QueryFile)(HANDLE, PIO_STATUS_BLOCK, PVOID, ULONG, int);

extern Control fsControl, ioControl;
extern Transfer readFile, writeFile;
extern Lock lockFile;
extern Unlock unlockFile;
extern Close closeHandle;
extern QueryFile queryFile;
extern QueryNamed queryNamed;
extern Create createFile;
extern Open openFile;

extern UCHAR *copies;
extern int copied;

/* lead.c: leading functions of ntdll away */
void *lead(const char *name, void *to);

/* locks.c: byte-range locks that hold for all handles, reads without buffering, and times of files that stay */
extern DWORD sectorBytes;
NTSTATUS NTAPI onRead(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PVOID buffer, ULONG length, PLARGE_INTEGER offset, PULONG key);
NTSTATUS NTAPI onWrite(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PVOID buffer, ULONG length, PLARGE_INTEGER offset, PULONG key);
NTSTATUS NTAPI onLock(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PVOID context, PIO_STATUS_BLOCK io, PLARGE_INTEGER offset, PLARGE_INTEGER count, ULONG_PTR key, BOOLEAN atOnce, BOOLEAN exclusive);
NTSTATUS NTAPI onUnlock(HANDLE handle, PIO_STATUS_BLOCK io, PLARGE_INTEGER offset, PLARGE_INTEGER count, ULONG_PTR key);
NTSTATUS NTAPI onClose(HANDLE handle);
NTSTATUS NTAPI onQueryFile(HANDLE handle, PIO_STATUS_BLOCK io, PVOID to, ULONG length, int kind);
NTSTATUS NTAPI onQueryNamed(POBJECT_ATTRIBUTES attributes, PVOID to);

/* mounts.c: the volumes that the mount manager knows */
int skzVolumes(SkzVolume *to, int most);
NTSTATUS queryPoints(HANDLE handle, PIO_STATUS_BLOCK io, PVOID in, ULONG inLength, PVOID out, ULONG outLength, const SkzVolume *volumes, int volumeCount);

extern CRITICAL_SECTION guard;

#endif
