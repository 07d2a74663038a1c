/*
 * Tests of skzdisk.sys and skzhook.dll by a plain Win32 program, with what disks.reg and make-disks.sh set up:
 * drive 9 (MBR, 512 bytes, S: NTFS and T: FAT), drive 8 (GPT, 4 KiB sectors, U:).  Leaves both drives changed.
 */
#include "t_disk.h"

static int passed, failed;
unsigned char *page;

void check(int line, int good, const char *what, long long a, long long b) {
    if (good) {
        passed++;
    } else {
        failed++;
        printf("line %d: %s: %lld is not %lld\n", line, what, a, b);
    }
}

HANDLE open(const wchar_t *name, DWORD access, DWORD share, DWORD flags) {
    return CreateFileW(name, access, share, NULL, OPEN_EXISTING, flags, NULL);
}

HANDLE openRw(const wchar_t *name) {
    HANDLE handle = open(name, GENERIC_READ | GENERIC_WRITE, SHARE, FILE_FLAG_NO_BUFFERING);
    if (handle == INVALID_HANDLE_VALUE) {
        printf("%ls does not open: %lu\n", name, GetLastError());
    }
    return handle;
}

DWORD control(HANDLE handle, DWORD code, const void *in, DWORD inLength, void *out, DWORD outLength, DWORD *got) {
    DWORD unused;
    return DeviceIoControl(handle, code, (void *) in, inLength, out, outLength, got ? got : &unused, NULL) ? 0 : GetLastError();
}

DWORD move(HANDLE handle, BOOL write, long long offset, void *buffer, DWORD length, DWORD *got) {
    OVERLAPPED where = {0};
    DWORD unused;
    where.Offset = (DWORD) offset;
    where.OffsetHigh = (DWORD) (offset >> 32);
    got = got ? got : &unused;
    *got = 0;
    return (write ? WriteFile(handle, buffer, length, got, &where) : ReadFile(handle, buffer, length, got, &where)) ? 0 : GetLastError();
}

DWORD command(const wchar_t *device, const char *line, char *answer) {
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

unsigned long long stat(const wchar_t *device, const char *name) {
    char answer[512] = "", key[32];
    command(device, "stats", answer);
    snprintf(key, sizeof key, "%s ", name);
    char *at = strstr(answer, key);
    return at ? strtoull(at + strlen(key), NULL, 10) : ~0ULL;
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
