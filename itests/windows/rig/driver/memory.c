/* Numbers, texts and files of the host */
#include "skzdisk.h"

void put(UCHAR *to, ULONG offset, ULONGLONG value, ULONG bytes) {
    for (ULONG i = 0; i < bytes; i++) {
        to[offset + i] = (UCHAR) (value >> (8 * i));
    }
}

ULONGLONG get(const UCHAR *from, ULONG offset, ULONG bytes) {
    ULONGLONG value = 0;
    for (ULONG i = bytes; i-- > 0;) {
        value = value << 8 | from[offset + i];
    }
    return value;
}

void *allocate(SIZE_T bytes) {
    void *memory = ExAllocatePoolWithTag(NonPagedPool, bytes, TAG);
    if (memory) {
        memset(memory, 0, bytes);
    }
    return memory;
}

void copyText(WCHAR *to, const WCHAR *from, ULONG most) {
    ULONG i = 0;
    for (; from[i] && i + 1 < most; i++) {
        to[i] = from[i];
    }
    to[i] = 0;
}

BOOLEAN sameBytes(const void *a, const void *b, SIZE_T bytes) {
    return RtlCompareMemory(a, b, bytes) == bytes;
}

ULONGLONG now(void) {
    LARGE_INTEGER time;
    KeQuerySystemTime(&time);
    return (ULONGLONG) time.QuadPart / 10000;
}

ULONG crc32(const UCHAR *from, ULONG bytes) {
    ULONG crc = ~0UL;
    for (ULONG i = 0; i < bytes; i++) {
        crc ^= from[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320UL : 0);
        }
    }
    return ~crc;
}

NTSTATUS openFile(const WCHAR *path, BOOLEAN create, HANDLE *file, LONGLONG *size) {
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK io;
    FILE_STANDARD_INFORMATION information;
    RtlInitUnicodeString(&name, path);
    InitializeObjectAttributes(&attributes, &name, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    NTSTATUS status = ZwCreateFile(file, FILE_READ_DATA | FILE_WRITE_DATA | SYNCHRONIZE | (create ? DELETE : 0), &attributes, &io, NULL, 0,
            FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, create ? FILE_SUPERSEDE : FILE_OPEN,
            FILE_SYNCHRONOUS_IO_NONALERT | (create ? FILE_DELETE_ON_CLOSE : 0), NULL, 0);
    if (status) {
        return status;
    }
    status = ZwQueryInformationFile(*file, &io, &information, sizeof information, FileStandardInformation);
    *size = information.EndOfFile.QuadPart;
    return status;
}

NTSTATUS transfer(HANDLE file, BOOLEAN write, LONGLONG offset, void *buffer, ULONG length) {
    IO_STATUS_BLOCK io;
    LARGE_INTEGER where;
    where.QuadPart = offset;
    if (length == 0) {
        return STATUS_SUCCESS;
    }
    NTSTATUS status = write ? ZwWriteFile(file, NULL, NULL, NULL, &io, buffer, length, &where, NULL)
            : ZwReadFile(file, NULL, NULL, NULL, &io, buffer, length, &where, NULL);
    if (!status && io.Information < length) {
        if (write) {
            return STATUS_DISK_FULL;
        }
        memset((UCHAR *) buffer + io.Information, 0, length - io.Information);
    }
    if (status == STATUS_END_OF_FILE && !write) {
        memset(buffer, 0, length);
        return STATUS_SUCCESS;
    }
    return status;
}
