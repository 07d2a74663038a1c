/* The volumes that the mount manager knows */
#include "skzhook.h"

typedef struct {
    ULONG linkOffset;
    USHORT linkLength;
    ULONG idOffset;
    USHORT idLength;
    ULONG deviceOffset;
    USHORT deviceLength;
} Point;

typedef struct {
    ULONG size, count;
    Point points[1];
} Points;

/* an answer that is being put together */
typedef struct {
    WCHAR link[128], device[64];
} Row;

int skzVolumes(SkzVolume *to, int most) {
    DWORD got = 0;
    HANDLE control = CreateFileW(L"\\\\.\\SkzControl", 0, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (control == INVALID_HANDLE_VALUE) {
        return 0;
    }
    if (!DeviceIoControl(control, SKZ_VOLUMES, NULL, 0, to, most * sizeof *to, &got, NULL)) {
        got = 0;
    }
    CloseHandle(control);
    return (int) (got / sizeof *to);
}

static BOOL matches(const Point *filter, const void *base, const Row *row) {
    const char *bytes = base;
    if (filter->linkLength) {
        return wcslen(row->link) * 2 == filter->linkLength && !_wcsnicmp(row->link, (const WCHAR *) (bytes + filter->linkOffset), filter->linkLength / 2);
    }
    if (filter->deviceLength) {
        return wcslen(row->device) * 2 == filter->deviceLength && !_wcsnicmp(row->device, (const WCHAR *) (bytes + filter->deviceOffset), filter->deviceLength / 2);
    }
    return filter->idLength == 0;
}

static void copyName(WCHAR *to, const char *from, USHORT bytes, size_t most) {
    size_t length = bytes / 2 < most - 1 ? bytes / 2 : most - 1;
    memcpy(to, from, length * 2);
    to[length] = 0;
}

NTSTATUS queryPoints(HANDLE handle, PIO_STATUS_BLOCK io, PVOID in, ULONG inLength, PVOID out, ULONG outLength, const SkzVolume *volumes, int volumeCount) {
    enum { MOST_ROWS = 256 };
    Row *rows = calloc(MOST_ROWS, sizeof *rows);
    char *own = calloc(1, 65536);
    Point none = {0};
    const Point *filter = in && inLength >= sizeof none ? in : &none;
    int count = 0;
    IO_STATUS_BLOCK inner;
    if (!ioControl(handle, NULL, NULL, NULL, &inner, QUERY_POINTS, in, inLength, own, 65536)) {
        Points *theirs = (Points *) own;
        for (ULONG i = 0; i < theirs->count && count < MOST_ROWS / 2; i++, count++) {
            copyName(rows[count].link, own + theirs->points[i].linkOffset, theirs->points[i].linkLength, 128);
            copyName(rows[count].device, own + theirs->points[i].deviceOffset, theirs->points[i].deviceLength, 64);
        }
    }
    for (int i = 0; i < volumeCount && count < MOST_ROWS - 2; i++) {
        for (int letter = 0; letter < 2; letter++) {
            Row *row = &rows[count];
            if (letter && !volumes[i].letter[0]) {
                continue;
            }
            wcscpy(row->link, letter ? L"\\DosDevices\\" : L"\\??\\Volume");
            wcscat(row->link, letter ? volumes[i].letter : volumes[i].guid);
            wcscpy(row->device, volumes[i].device);
            count += matches(filter, in, row);
        }
    }
    ULONG size = FIELD_OFFSET(Points, points) + count * sizeof(Point);
    for (int i = 0; i < count; i++) {
        size += 2 * (ULONG) (wcslen(rows[i].link) + wcslen(rows[i].device));
    }
    Points *answer = out;
    NTSTATUS status = 0;
    ULONG length = size;
    if (outLength < 8) {
        status = (NTSTATUS) 0xC000000D;
        length = 0;
    } else {
        answer->size = size;
        answer->count = count;
        if (outLength < size) {
            status = BUFFER_OVERFLOW;
            length = 8;
        } else {
            ULONG at = FIELD_OFFSET(Points, points) + count * sizeof(Point);
            for (int i = 0; i < count; i++) {
                Point *to = &answer->points[i];
                memset(to, 0, sizeof *to);
                to->linkOffset = at;
                to->linkLength = (USHORT) (2 * wcslen(rows[i].link));
                memcpy((char *) out + at, rows[i].link, to->linkLength);
                at += to->linkLength;
                to->deviceOffset = at;
                to->deviceLength = (USHORT) (2 * wcslen(rows[i].device));
                memcpy((char *) out + at, rows[i].device, to->deviceLength);
                at += to->deviceLength;
            }
        }
    }
    io->Status = status;
    io->Information = length;
    free(rows);
    free(own);
    return status;
}
