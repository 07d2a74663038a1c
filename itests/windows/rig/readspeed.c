/*
 * readspeed: reads a device from begin to end as fast as a plain program can: unbuffered, 1 MiB each, four requests on their
 * way.  Prints bytes and microseconds.
 *   readspeed \\.\PhysicalDrive9
 */
#include <windows.h>
#include <stdio.h>

#define PART (1 << 20)
#define ON_THE_WAY 4

int main(int count, char **words) {
    OVERLAPPED where[ON_THE_WAY] = {{0}};
    char *buffers = VirtualAlloc(NULL, ON_THE_WAY * PART, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
    BOOL pending[ON_THE_WAY] = {0};
    LARGE_INTEGER start, end, frequency;
    unsigned long long total = 0, next = 0;
    HANDLE device = count == 2 ? CreateFileA(words[1], GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
            FILE_FLAG_OVERLAPPED | FILE_FLAG_NO_BUFFERING, NULL) : INVALID_HANDLE_VALUE;
    if (device == INVALID_HANDLE_VALUE || !buffers) {
        printf("readspeed: cannot be opened (%lu)\n", GetLastError());
        return 1;
    }
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&start);
    for (BOOL ended = FALSE, busy = TRUE; busy;) {
        busy = FALSE;
        for (int i = 0; i < ON_THE_WAY; i++) {
            DWORD got = 0;
            if (pending[i]) {
                pending[i] = FALSE;
                if (!GetOverlappedResult(device, &where[i], &got, TRUE)) {
                    if (GetLastError() != ERROR_HANDLE_EOF) {
                        printf("readspeed: byte %llu: error %lu\n", total, GetLastError());
                        return 1;
                    }
                    ended = TRUE;
                }
                total += got;
            }
            if (ended) {
                continue;
            }
            where[i].Offset = (DWORD) next;
            where[i].OffsetHigh = (DWORD) (next >> 32);
            if (!where[i].hEvent) {
                where[i].hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
            }
            if (ReadFile(device, buffers + i * PART, PART, NULL, &where[i]) || GetLastError() == ERROR_IO_PENDING) {
                pending[i] = busy = TRUE;
                next += PART;
            } else if (GetLastError() == ERROR_HANDLE_EOF) {
                ended = TRUE;
            } else {
                printf("readspeed: byte %llu: error %lu\n", next, GetLastError());
                return 1;
            }
        }
    }
    QueryPerformanceCounter(&end);
    printf("%llu %llu\n", total, (end.QuadPart - start.QuadPart) * 1000000 / frequency.QuadPart);
    return 0;
}
