/* File systems, names, writes, troubles and snapshots of volumes. */
#include "t_disk.h"

void fileSystem(void) {
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
    HANDLE u = openRw(L"\\\\.\\U:"); /* no file system */
    EQ(control(u, FSCTL_GET_VOLUME_BITMAP, &from, sizeof from, map, sizeof map, &got), ERROR_INVALID_FUNCTION);
    CloseHandle(u);
    from.StartingLcn.QuadPart = 0;
    error = control(t, FSCTL_GET_VOLUME_BITMAP, &from, sizeof from, map, sizeof map, &got);
    EQ(error == 0 || error == ERROR_MORE_DATA, 1);
    EQ(((VOLUME_BITMAP_BUFFER *) map)->BitmapSize.QuadPart > 4085, 1); /* a FAT16 */
    long long base = 0;
    EQ(control(t, 0x90234, NULL, 0, &base, sizeof base, &got), 0); /* FSCTL_GET_RETRIEVAL_POINTER_BASE */
    EQ(base > 1, 1);
    /* the last sector of an NTFS partition does not belong to the file system */
    EQ(move(s, FALSE, (64 << 20) - 512, page, 512, &got), ERROR_HANDLE_EOF);
    EQ(control(s, FSCTL_ALLOW_EXTENDED_DASD_IO, NULL, 0, NULL, 0, NULL), 0);
    EQ(move(s, FALSE, (64 << 20) - 512, page, 512, &got), 0);
    EQ(memcmp(page + 3, "NTFS", 4), 0);
    EQ(move(s, FALSE, 64 << 20, page, 512, &got), ERROR_HANDLE_EOF);
    CloseHandle(t);
    CloseHandle(s);
}

void writing(void) {
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

void troubles(void) {
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

void snapshots(void) {
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

void names(void) {
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
