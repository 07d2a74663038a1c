/* What the tests of the driver share. */
#ifndef T_DISK_H
#define T_DISK_H

#include <windows.h>
#include <winioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include "skzioctl.h"

#define EQ(a, b) \
    do { \
        long long a_ = (long long) (a), b_ = (long long) (b); \
        check(__LINE__, a_ == b_, #a, a_, b_); \
    } while (0)
#define SHARE (FILE_SHARE_READ | FILE_SHARE_WRITE)

void check(int line, int good, const char *what, long long a, long long b);
HANDLE open(const wchar_t *name, DWORD access, DWORD share, DWORD flags);
HANDLE openRw(const wchar_t *name);
DWORD control(HANDLE handle, DWORD code, const void *in, DWORD inLength, void *out, DWORD outLength, DWORD *got);
DWORD move(HANDLE handle, BOOL write, long long offset, void *buffer, DWORD length, DWORD *got);
DWORD command(const wchar_t *device, const char *line, char *answer);
unsigned long long stat(const wchar_t *device, const char *name);

extern unsigned char *page;

/* the tests */
void geometry(void);
void layouts(void);
void fileSystem(void);
void names(void);
void writing(void);
void troubles(void);
void snapshots(void);
void tables(void);

#endif
