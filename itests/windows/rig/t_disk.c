/*
 * Tests of skzdisk.sys and skzhook.dll by a plain Win32 program, with what disks.reg and make-disks.sh set up:
 * drive 9 (MBR, 512 bytes, S: NTFS and T: FAT), drive 8 (GPT, 4 KiB sectors, U:).  Leaves both drives changed.
 */
#include <windows.h>
#include <winioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include "skzioctl.h"

static int passed, failed;

static void check(int line, int good, const char *what, long long a, long long b) {
    if (good) {
        passed++;
    } else {
        failed++;
        printf("line %d: %s: %lld is not %lld\n", line, what, a, b);
    }
}

#define EQ(a, b) \
    do { \
        long long a_ = (long long) (a), b_ = (long long) (b); \
        check(__LINE__, a_ == b_, #a, a_, b_); \
    } while (0)
#define SHARE (FILE_SHARE_READ | FILE_SHARE_WRITE)

static HANDLE open(const wchar_t *name, DWORD access, DWORD share, DWORD flags) {
    return CreateFileW(name, access, share, NULL, OPEN_EXISTING, flags, NULL);
}

static HANDLE openRw(const wchar_t *name) {
    HANDLE handle = open(name, GENERIC_READ | GENERIC_WRITE, SHARE, FILE_FLAG_NO_BUFFERING);
    if (handle == INVALID_HANDLE_VALUE) {
        printf("%ls does not open: %lu\n", name, GetLastError());
    }
    return handle;
}

static DWORD control(HANDLE handle, DWORD code, const void *in, DWORD inLength, void *out, DWORD outLength, DWORD *got) {
    DWORD unused;
    return DeviceIoControl(handle, code, (void *) in, inLength, out, outLength, got ? got : &unused, NULL) ? 0 : GetLastError();
}

static DWORD move(HANDLE handle, BOOL write, long long offset, void *buffer, DWORD length, DWORD *got) {
    OVERLAPPED where = {0};
    DWORD unused;
    where.Offset = (DWORD) offset;
    where.OffsetHigh = (DWORD) (offset >> 32);
    got = got ? got : &unused;
    *got = 0;
    return (write ? WriteFile(handle, buffer, length, got, &where) : ReadFile(handle, buffer, length, got, &where)) ? 0 : GetLastError();
}

static DWORD command(const wchar_t *device, const char *line, char *answer) {
    char own[512];
    DWORD got = 0, error;
    HANDLE handle = open(device, 0, SHARE, 0);
    if (handle == INVALID_HANDLE_VALUE) {
        return GetLastError();
    }
    error = control(handle, SKZ_COMMAND, line, (DWORD) strlen(line), answer ? answer : own, 511, &got);
    if (answer) {
        answer[got] = 0;
    }
    CloseHandle(handle);
    return error;
}

static unsigned long long stat(const wchar_t *device, const char *name) {
    char answer[512] = "", key[32];
    command(device, "stats", answer);
    snprintf(key, sizeof key, "%s ", name);
    char *at = strstr(answer, key);
    return at ? strtoull(at + strlen(key), NULL, 10) : ~0ULL;
}

static unsigned char *page;

static void geometry(void) {
    HANDLE d9 = openRw(L"\\\\.\\PhysicalDrive9"), d8 = openRw(L"\\\\.\\PhysicalDrive8");
    GET_LENGTH_INFORMATION length;
    DISK_GEOMETRY_EX shape;
    STORAGE_PROPERTY_QUERY query = {StorageAccessAlignmentProperty, PropertyStandardQuery, {0}};
    STORAGE_ACCESS_ALIGNMENT_DESCRIPTOR alignment;
    STORAGE_DEVICE_NUMBER number;
    char text[512];
    DWORD got;
    EQ(control(d9, IOCTL_DISK_GET_LENGTH_INFO, NULL, 0, &length, sizeof length, &got), 0);
    EQ(length.Length.QuadPart, 200LL << 20);
    EQ(control(d9, IOCTL_DISK_GET_LENGTH_INFO, NULL, 0, &length, 4, &got), ERROR_INSUFFICIENT_BUFFER);
    EQ(control(d8, IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, NULL, 0, &shape, sizeof shape, &got), 0);
    EQ(shape.Geometry.BytesPerSector, 4096);
    EQ(shape.DiskSize.QuadPart, 128LL << 20);
    EQ(shape.Geometry.MediaType, RemovableMedia);
    EQ(control(d8, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, &alignment, sizeof alignment, &got), 0);
    EQ(alignment.BytesPerLogicalSector, 4096);
    query.PropertyId = StorageDeviceSeekPenaltyProperty;
    DEVICE_SEEK_PENALTY_DESCRIPTOR seek;
    EQ(control(d9, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, &seek, sizeof seek, &got), 0);
    EQ(seek.IncursSeekPenalty, 0);
    query.PropertyId = 8; /* StorageDeviceTrimProperty */
    EQ(control(d9, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, &seek, sizeof seek, &got), 0);
    EQ(seek.IncursSeekPenalty, 1);
    query.PropertyId = StorageDeviceProperty;
    STORAGE_DESCRIPTOR_HEADER header;
    EQ(control(d8, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, &header, sizeof header, &got), 0);
    EQ(control(d8, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, text, sizeof text, &got), 0);
    EQ(got, header.Size);
    STORAGE_DEVICE_DESCRIPTOR *device = (void *) text;
    EQ(strcmp(text + device->ProductIdOffset, "SKZ 4Kn Disk"), 0);
    EQ(strcmp(text + device->SerialNumberOffset, "SN-0008"), 0);
    EQ(device->RemovableMedia, 1);
    EQ(device->BusType, BusTypeUsb);
    query.PropertyId = 49;
    EQ(control(d9, IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, text, sizeof text, &got), ERROR_NOT_SUPPORTED);
    EQ(control(d9, IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, &number, sizeof number, &got), 0);
    EQ(number.DeviceNumber, 9);
    EQ(control(d9, IOCTL_DISK_IS_WRITABLE, NULL, 0, NULL, 0, NULL), 0);
    EQ(move(d8, FALSE, 512, page, 4096, &got), ERROR_INVALID_PARAMETER);
    EQ(move(d8, FALSE, 4096, page, 512, &got), ERROR_INVALID_PARAMETER);
    EQ(move(d8, FALSE, 4096, page, 4096, &got), 0);
    EQ(memcmp(page, "EFI PART", 8), 0);
    EQ(move(d9, FALSE, 200LL << 20, page, 512, &got), ERROR_HANDLE_EOF);
    EQ(move(d9, FALSE, (200LL << 20) - 512, page, 4096, &got), 0);
    EQ(got, 512);
    CloseHandle(d8);
    CloseHandle(d9);
}

static void layouts(void) {
    static char buffer[48 + 144 * 132];
    DRIVE_LAYOUT_INFORMATION_EX *layout = (void *) buffer;
    HANDLE d9 = openRw(L"\\\\.\\PhysicalDrive9"), d8 = openRw(L"\\\\.\\PhysicalDrive8"), s = openRw(L"\\\\.\\S:");
    PARTITION_INFORMATION_EX partition;
    VOLUME_DISK_EXTENTS extents;
    DWORD got;
    EQ(control(d9, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, 200, &got), ERROR_INSUFFICIENT_BUFFER);
    EQ(control(d9, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, sizeof buffer, &got), 0);
    EQ(layout->PartitionStyle, PARTITION_STYLE_MBR);
    EQ(layout->PartitionCount, 12);
    EQ(layout->Mbr.Signature, 0x12345678);
    EQ(got, 48 + 12 * 144);
    EQ(layout->PartitionEntry[0].StartingOffset.QuadPart, 1 << 20);
    EQ(layout->PartitionEntry[0].Mbr.BootIndicator, 1);
    EQ(layout->PartitionEntry[1].Mbr.PartitionType, 0x0B);
    EQ(layout->PartitionEntry[2].Mbr.PartitionType, 5);
    EQ(layout->PartitionEntry[2].PartitionNumber, 0);
    EQ(layout->PartitionEntry[4].PartitionNumber, 3);
    EQ(layout->PartitionEntry[4].StartingOffset.QuadPart, 200704LL * 512);
    EQ(layout->PartitionEntry[8].PartitionNumber, 4);
    EQ(layout->PartitionEntry[8].StartingOffset.QuadPart, 235520LL * 512);
    EQ(control(d8, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, sizeof buffer, &got), 0);
    EQ(layout->PartitionStyle, PARTITION_STYLE_GPT);
    EQ(layout->PartitionCount, 2);
    EQ(wcscmp(layout->PartitionEntry[0].Gpt.Name, L"Daten \x00c4"), 0);
    EQ(layout->PartitionEntry[0].StartingOffset.QuadPart, 256 * 4096);
    EQ(layout->Gpt.MaxPartitionCount, 128);
    EQ(control(s, IOCTL_DISK_GET_PARTITION_INFO_EX, NULL, 0, &partition, sizeof partition, &got), 0);
    EQ(partition.PartitionNumber, 1);
    EQ(partition.PartitionLength.QuadPart, 64 << 20);
    EQ(control(s, IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, NULL, 0, &extents, sizeof extents, &got), 0);
    EQ(extents.Extents[0].DiskNumber, 9);
    EQ(extents.Extents[0].StartingOffset.QuadPart, 1 << 20);
    CloseHandle(s);
    CloseHandle(d8);
    CloseHandle(d9);
}

static void fileSystem(void) {
    HANDLE s = openRw(L"\\\\.\\S:"), t = openRw(L"\\\\.\\T:");
    NTFS_VOLUME_DATA_BUFFER data;
    STARTING_LCN_INPUT_BUFFER from = {{{0}}};
    static unsigned char map[16 + 256];
    VOLUME_BITMAP_BUFFER *bitmap = (void *) map;
    DWORD got, error;
    long long used = 0;
    int calls = 0;
    EQ(control(s, FSCTL_GET_NTFS_VOLUME_DATA, NULL, 0, &data, sizeof data, &got), 0);
    EQ(data.BytesPerCluster, 4096);
    EQ(data.TotalClusters.QuadPart, 16383);
    do {
        error = control(s, FSCTL_GET_VOLUME_BITMAP, &from, sizeof from, map, sizeof map, &got);
        calls++;
        for (long long i = 0; i < (long long) (got - 16) * 8 && i < bitmap->BitmapSize.QuadPart; i++) {
            used += bitmap->Buffer[i / 8] >> i % 8 & 1;
        }
        from.StartingLcn.QuadPart = bitmap->StartingLcn.QuadPart + 8LL * (got - 16);
    } while (error == ERROR_MORE_DATA);
    EQ(error, 0);
    EQ(calls, 8);
    EQ(used, data.TotalClusters.QuadPart - data.FreeClusters.QuadPart);
    EQ(control(t, FSCTL_GET_VOLUME_BITMAP, &from, sizeof from, map, sizeof map, &got), ERROR_INVALID_FUNCTION);
    /* the last sector of an NTFS partition does not belong to the file system */
    EQ(move(s, FALSE, (64 << 20) - 512, page, 512, &got), ERROR_HANDLE_EOF);
    EQ(control(s, FSCTL_ALLOW_EXTENDED_DASD_IO, NULL, 0, NULL, 0, NULL), 0);
    EQ(move(s, FALSE, (64 << 20) - 512, page, 512, &got), 0);
    EQ(memcmp(page + 3, "NTFS", 4), 0);
    EQ(move(s, FALSE, 64 << 20, page, 512, &got), ERROR_HANDLE_EOF);
    CloseHandle(t);
    CloseHandle(s);
}

static void writing(void) {
    HANDLE reader = open(L"\\\\.\\PhysicalDrive9", GENERIC_READ, SHARE, 0), d9 = openRw(L"\\\\.\\PhysicalDrive9"), s = openRw(L"\\\\.\\S:");
    DWORD got;
    unsigned long long flushes = stat(L"\\\\.\\S:", "flushes");
    memset(page, 0x5A, 8192);
    EQ(move(reader, TRUE, 512, page, 512, &got), ERROR_ACCESS_DENIED);
    CloseHandle(reader);
    EQ(move(d9, TRUE, 512, page, 512, &got), 0);                              /* before the first volume */
    EQ(move(d9, TRUE, (1 << 20) + 65536, page, 512, &got), ERROR_ACCESS_DENIED); /* below a mounted one */
    EQ(move(s, TRUE, 65536, page, 512, &got), ERROR_ACCESS_DENIED);
    EQ(move(s, FALSE, 0, page + 4096, 4096, &got), 0);
    EQ(move(s, TRUE, 0, page + 4096, 4096, &got), 0);                         /* boot sectors */
    HANDLE other = open(L"\\\\.\\S:", GENERIC_READ, SHARE, 0);
    EQ(control(s, FSCTL_LOCK_VOLUME, NULL, 0, NULL, 0, NULL), ERROR_ACCESS_DENIED);
    CloseHandle(other);
    EQ(control(s, FSCTL_LOCK_VOLUME, NULL, 0, NULL, 0, NULL), 0);
    other = open(L"\\\\.\\S:", GENERIC_READ, SHARE, 0);
    EQ(other == INVALID_HANDLE_VALUE, 1);
    EQ(GetLastError(), ERROR_ACCESS_DENIED);
    EQ(move(s, TRUE, 40 << 20, page, 512, &got), 0);
    EQ(move(d9, TRUE, (41 << 20) + 512, page, 512, &got), 0);
    EQ(move(s, FALSE, 40 << 20, page + 4096, 1024, &got), 0);
    EQ(memcmp(page, page + 4096, 1024), 0);
    EQ(FlushFileBuffers(s), 1);
    EQ(control(s, FSCTL_DISMOUNT_VOLUME, NULL, 0, NULL, 0, NULL), 0);
    EQ(control(s, FSCTL_UNLOCK_VOLUME, NULL, 0, NULL, 0, NULL), 0);
    EQ(move(s, TRUE, 40 << 20, page, 512, &got), 0);                          /* dismounted yet */
    CloseHandle(s);
    s = openRw(L"\\\\.\\S:");                                                  /* mounts it again */
    EQ(move(s, TRUE, 40 << 20, page, 512, &got), ERROR_ACCESS_DENIED);
    EQ(stat(L"\\\\.\\S:", "flushes") - flushes, 1);
    CloseHandle(s);
    EQ(control(d9, FSCTL_LOCK_VOLUME, NULL, 0, NULL, 0, NULL), 0);
    CloseHandle(d9);
    HANDLE alone = open(L"\\\\.\\T:", GENERIC_READ, 0, 0);
    EQ(alone != INVALID_HANDLE_VALUE, 1);
    other = open(L"\\\\.\\T:", GENERIC_READ, SHARE, 0);
    EQ(GetLastError(), ERROR_SHARING_VIOLATION);
    CloseHandle(alone);
}

static DWORD WINAPI cancelLater(void *handle) {
    Sleep(300);
    return CancelIoEx(handle, NULL);
}

static void troubles(void) {
    HANDLE d9 = openRw(L"\\\\.\\PhysicalDrive9"), slow;
    OVERLAPPED where[4] = {{0}};
    DWORD got, start;
    EQ(command(L"\\\\.\\PhysicalDrive9", "bad 0x6000000 512 c000003f 2", NULL), 0);
    EQ(move(d9, FALSE, 0x6000000 - 4096, page, 8192, &got), ERROR_CRC);
    EQ(move(d9, FALSE, 0x6000000 - 4096, page, 4096, &got), 0);
    EQ(move(d9, FALSE, 0x6000000, page, 512, &got), ERROR_CRC);
    EQ(move(d9, FALSE, 0x6000000, page, 512, &got), 0); /* heals after two */
    EQ(command(L"\\\\.\\S:", "bad 0x100000 512", NULL), 0);
    HANDLE s = openRw(L"\\\\.\\S:");
    EQ(move(s, FALSE, 0x100000, page, 512, &got), ERROR_CRC);
    EQ(move(s, FALSE, 0x100200, page, 512, &got), 0);
    CloseHandle(s);
    EQ(command(L"\\\\.\\PhysicalDrive9", "badwrite 512 512 c0000185", NULL), 0);
    EQ(move(d9, TRUE, 512, page, 512, &got), ERROR_IO_DEVICE);
    /* slow reads are all on their way at once */
    EQ(command(L"\\\\.\\PhysicalDrive9", "slow 0x7000000 1048576 1000", NULL), 0);
    slow = open(L"\\\\.\\PhysicalDrive9", GENERIC_READ, SHARE, FILE_FLAG_OVERLAPPED | FILE_FLAG_NO_BUFFERING);
    start = GetTickCount();
    for (int i = 0; i < 4; i++) {
        where[i].Offset = 0x7000000 + 512 * i;
        where[i].hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
        EQ(ReadFile(slow, page + 512 * i, 512, NULL, &where[i]), 0);
        EQ(GetLastError(), ERROR_IO_PENDING);
    }
    for (int i = 0; i < 4; i++) {
        EQ(GetOverlappedResult(slow, &where[i], &got, TRUE), 1);
        EQ(got, 512);
    }
    EQ(GetTickCount() - start >= 990, 1);
    EQ(command(L"\\\\.\\PhysicalDrive9", "hang 0x7800000 512", NULL), 0);
    where[0].Offset = 0x7800000;
    EQ(ReadFile(slow, page, 512, NULL, &where[0]), 0);
    EQ(GetLastError(), ERROR_IO_PENDING);
    EQ(GetOverlappedResult(slow, &where[0], &got, FALSE), 0);
    EQ(GetLastError(), ERROR_IO_INCOMPLETE);
    EQ(CancelIoEx(slow, &where[0]), 1);
    EQ(GetOverlappedResult(slow, &where[0], &got, TRUE), 0);
    EQ(GetLastError(), ERROR_OPERATION_ABORTED);
    /* a read of a synchronous handle, cancelled by another thread */
    HANDLE thread = CreateThread(NULL, 0, cancelLater, d9, 0, NULL);
    EQ(move(d9, FALSE, 0x7800000, page, 512, &got), ERROR_OPERATION_ABORTED);
    WaitForSingleObject(thread, 5000);
    EQ(stat(L"\\\\.\\PhysicalDrive9", "pending"), 0);
    EQ(command(L"\\\\.\\PhysicalDrive9", "vanish", NULL), 0);
    EQ(move(d9, FALSE, 0, page, 512, &got), ERROR_DEVICE_NOT_CONNECTED);
    EQ(open(L"\\\\.\\S:", GENERIC_READ, SHARE, 0) == INVALID_HANDLE_VALUE, 1);
    CloseHandle(slow);
    CloseHandle(d9);
    EQ(command(L"\\\\.\\SkzControl", "reload", NULL), 0);
}

static void snapshots(void) {
    char name[512];
    wchar_t path[200];
    DWORD got;
    NTFS_VOLUME_DATA_BUFFER data;
    EQ(command(L"\\\\.\\S:", "snapshot", name), 0);
    swprintf(path, 200, L"\\\\?\\GLOBALROOT%hs", name);
    HANDLE s = openRw(L"\\\\.\\S:"), copy = open(path, GENERIC_READ, SHARE, FILE_FLAG_NO_BUFFERING);
    EQ(copy != INVALID_HANDLE_VALUE, 1);
    EQ(move(s, FALSE, 48 << 20, page, 65536, &got), 0);
    EQ(command(L"\\\\.\\S:", "poke 50331648 512 0xEE", NULL), 0);
    EQ(move(s, FALSE, 48 << 20, page + 65536, 65536, &got), 0);
    EQ(page[65536], 0xEE);
    EQ(move(copy, FALSE, 48 << 20, page + 65536, 65536, &got), 0);
    EQ(memcmp(page, page + 65536, 65536), 0);
    EQ(control(copy, FSCTL_GET_NTFS_VOLUME_DATA, NULL, 0, &data, sizeof data, &got), 0);
    EQ(data.TotalClusters.QuadPart, 16383);
    EQ(control(copy, IOCTL_STORAGE_GET_DEVICE_NUMBER, NULL, 0, page, 12, &got), ERROR_INVALID_FUNCTION);
    EQ(move(copy, TRUE, 48 << 20, page, 512, &got), ERROR_ACCESS_DENIED);
    EQ(command(path, "limit 65536", NULL), 0);
    EQ(command(L"\\\\.\\S:", "poke 52428800 512 1", NULL), 0); /* no room for another difference */
    EQ(move(copy, FALSE, 0, page, 512, &got), ERROR_DEVICE_NOT_CONNECTED);
    CloseHandle(copy);
    CloseHandle(s);
}

static void tables(void) {
    static char buffer[48 + 144 * 132];
    DRIVE_LAYOUT_INFORMATION_EX *layout = (void *) buffer;
    HANDLE d9 = openRw(L"\\\\.\\PhysicalDrive9"), d8 = openRw(L"\\\\.\\PhysicalDrive8");
    {
        unsigned char in[40] = {40}, out[16];
        DWORD got;
        in[8] = 2;
        in[16] = 2;
        EQ(control(d9, 0x7C0F4, in, sizeof in, NULL, 0, NULL), 0); /* read-only */
        EQ(control(d9, 0x700F0, NULL, 0, out, sizeof out, &got), 0);
        EQ(out[8], 2);
        EQ(move(d9, TRUE, 512, page, 512, &got), ERROR_WRITE_PROTECT);
        in[8] = 1;
        in[16] = 3;
        EQ(control(d9, 0x7C0F4, in, sizeof in, NULL, 0, NULL), 0); /* offline, not read-only */
        EQ(open(L"\\\\.\\S:", GENERIC_READ, SHARE, 0) == INVALID_HANDLE_VALUE, 1);
        EQ(move(d9, TRUE, 2 << 20, page, 512, &got), 0);
        in[8] = 0;
        EQ(control(d9, 0x7C0F4, in, sizeof in, NULL, 0, NULL), 0);
    }
    DWORD got;
    /* the second partition is taken out of the table: nobody sees it before the drive's properties are updated */
    EQ(move(d9, FALSE, 0, page, 512, &got), 0);
    memset(page + 446 + 16, 0, 16);
    EQ(move(d9, TRUE, 0, page, 512, &got), 0);
    EQ(control(d9, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, sizeof buffer, &got), 0);
    EQ(layout->PartitionEntry[1].Mbr.PartitionType, 0x0B);
    EQ(control(d9, IOCTL_DISK_UPDATE_PROPERTIES, NULL, 0, NULL, 0, NULL), 0);
    EQ(control(d9, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, sizeof buffer, &got), 0);
    EQ(layout->PartitionEntry[1].Mbr.PartitionType, 0);
    /* a new GPT by the control codes */
    CREATE_DISK create = {0};
    create.PartitionStyle = PARTITION_STYLE_GPT;
    create.Gpt.DiskId.Data1 = 0x11223344;
    create.Gpt.MaxPartitionCount = 128;
    EQ(control(d8, IOCTL_DISK_CREATE_DISK, &create, sizeof create, NULL, 0, NULL), 0);
    EQ(control(d8, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, NULL, 0, buffer, sizeof buffer, &got), 0);
    EQ(layout->PartitionCount, 0);
    EQ(open(L"\\\\.\\U:", GENERIC_READ, SHARE, 0) == INVALID_HANDLE_VALUE, 1);
    layout->PartitionCount = 1;
    PARTITION_INFORMATION_EX *entry = layout->PartitionEntry;
    memset(entry, 0, sizeof *entry);
    entry->PartitionStyle = PARTITION_STYLE_GPT;
    entry->StartingOffset.QuadPart = 1 << 20;
    entry->PartitionLength.QuadPart = 16 << 20;
    entry->RewritePartition = TRUE;
    entry->Gpt.PartitionType.Data1 = 0xEBD0A0A2;
    entry->Gpt.PartitionId.Data1 = 0x77;
    wcscpy(entry->Gpt.Name, L"made by code");
    EQ(control(d8, IOCTL_DISK_SET_DRIVE_LAYOUT_EX, buffer, 48 + 144, NULL, 0, NULL), 0);
    HANDLE u = openRw(L"\\\\.\\U:");
    GET_LENGTH_INFORMATION length;
    EQ(control(u, IOCTL_DISK_GET_LENGTH_INFO, NULL, 0, &length, sizeof length, &got), 0);
    EQ(length.Length.QuadPart, 16 << 20);
    /* trim: supported by drive 9 only */
    struct {
        DEVICE_MANAGE_DATA_SET_ATTRIBUTES head;
        DEVICE_DATA_SET_RANGE range;
    } trim = {{sizeof trim.head, 1, 0, 0, 0, offsetof(typeof(trim), range), sizeof trim.range}, {150 << 20, 1 << 20}};
    memset(page, 0x77, 4096);
    EQ(move(d9, TRUE, 150 << 20, page, 4096, &got), 0);
    EQ(control(d9, IOCTL_STORAGE_MANAGE_DATA_SET_ATTRIBUTES, &trim, sizeof trim, NULL, 0, NULL), 0);
    EQ(move(d9, FALSE, 150 << 20, page, 4096, &got), 0);
    EQ(page[0], 0);
    EQ(control(d8, IOCTL_STORAGE_MANAGE_DATA_SET_ATTRIBUTES, &trim, sizeof trim, NULL, 0, NULL), ERROR_NOT_SUPPORTED);
    CloseHandle(u);
    CloseHandle(d8);
    CloseHandle(d9);
}

static void names(void) {
    wchar_t volume[100], text[100], label[100], fs[20];
    DWORD serial, got;
    int found = 0;
    HANDLE search = FindFirstVolumeW(volume, 100);
    EQ(search != INVALID_HANDLE_VALUE, 1);
    do {
        found += !wcscmp(volume, L"\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}\\") + !wcscmp(volume, L"\\\\?\\Volume{0fee0fee-1111-2222-3333-444455556666}\\");
    } while (FindNextVolumeW(search, volume, 100));
    EQ(GetLastError(), ERROR_NO_MORE_FILES);
    FindVolumeClose(search);
    EQ(found, 2);
    EQ(GetVolumeNameForVolumeMountPointW(L"S:\\", text, 100), 1);
    EQ(wcscmp(text, L"\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}\\"), 0);
    EQ(GetVolumePathNamesForVolumeNameW(L"\\\\?\\Volume{0fee0fee-1111-2222-3333-444455556666}\\", text, 100, &got), 1);
    EQ(wcscmp(text, L"U:\\"), 0);
    EQ(GetLogicalDrives() >> ('S' - 'A') & 1, 1);
    EQ(QueryDosDeviceW(L"S:", text, 100) > 0, 1);
    EQ(wcscmp(text, L"\\Device\\HarddiskVolume101"), 0);
    EQ(GetVolumeInformationW(L"S:\\", label, 100, &serial, NULL, NULL, fs, 20), 1);
    EQ(wcscmp(label, L"TESTVOL"), 0);
    EQ(wcscmp(fs, L"NTFS"), 0);
    EQ(GetDriveTypeW(L"S:\\"), DRIVE_FIXED);
    static wchar_t all[65536];
    int drives = 0;
    EQ(QueryDosDeviceW(NULL, all, 65536) > 0, 1);
    for (wchar_t *one = all; *one; one += wcslen(one) + 1) {
        drives += !wcsncmp(one, L"PhysicalDrive", 13);
    }
    EQ(drives >= 2, 1);
    EQ(command(L"\\\\.\\PhysicalDrive9", "refuse c0000022", NULL), 0);
    EQ(open(L"\\\\.\\PhysicalDrive9", GENERIC_READ, SHARE, 0) == INVALID_HANDLE_VALUE, 1);
    EQ(GetLastError(), ERROR_ACCESS_DENIED);
    EQ(command(L"\\\\.\\PhysicalDrive9", "clear", NULL), 0);
    HANDLE v = openRw(L"\\\\?\\Volume{5a5a5a5a-0000-4000-8000-000000000065}");
    EQ(v != INVALID_HANDLE_VALUE, 1);
    CloseHandle(v);
}

int main(void) {
    HMODULE hook = LoadLibraryA("skzhook.dll");
    int (*install)(void) = hook ? (void *) GetProcAddress(hook, "SkzInstall") : NULL;
    setvbuf(stdout, NULL, _IONBF, 0);
    page = VirtualAlloc(NULL, 1 << 20, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    EQ(install && install(), 1);
    geometry();
    layouts();
    fileSystem();
    names();
    writing();
    troubles();
    snapshots();
    tables();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
