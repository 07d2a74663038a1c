/* Commands of tests: troubles, counters */
#include "skzdisk.h"

/* takes the next word of a command; returns FALSE at its end */
static BOOLEAN word(const char **at, char *to, ULONG most) {
    ULONG i = 0;
    while (**at == ' ') {
        ++*at;
    }
    while (**at && **at != ' ' && **at != '\n' && i + 1 < most) {
        to[i++] = *(*at)++;
    }
    to[i] = 0;
    return i > 0;
}

static LONGLONG numberOf(const char *from, int base) {
    LONGLONG value = 0;
    if (from[0] == '0' && (from[1] | 32) == 'x') {
        from += 2;
        base = 16;
    }
    for (; *from; from++) {
        int digit = *from <= '9' ? *from - '0' : (*from | 32) - 'a' + 10;
        value = value * base + digit;
    }
    return value;
}

static LONGLONG numberWord(const char **at, int base, LONGLONG otherwise) {
    char buffer[40];
    return word(at, buffer, sizeof buffer) ? numberOf(buffer, base) : otherwise;
}

static BOOLEAN same(const char *a, const char *b) {
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static NTSTATUS addTrouble(Device *device, TroubleKind kind, const char *at) {
    if (device->troubleCount == MOST_TROUBLES) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Trouble *trouble = &device->troubles[device->troubleCount];
    memset(trouble, 0, sizeof *trouble);
    trouble->kind = kind;
    trouble->from = numberWord(&at, 10, 0);
    trouble->to = trouble->from + numberWord(&at, 10, 0);
    if (kind == SLOW || kind == SLOW_WRITE) {
        trouble->ms = (ULONG) numberWord(&at, 10, 100);
    } else {
        trouble->status = (NTSTATUS) numberWord(&at, 16, kind == BAD_WRITE ? STATUS_IO_DEVICE_ERROR : STATUS_CRC_ERROR);
        trouble->times = (ULONG) numberWord(&at, 10, 0);
    }
    device->troubleCount++;
    return STATUS_SUCCESS;
}

static NTSTATUS poke(Device *device, const char *at) {
    LONGLONG offset = numberWord(&at, 10, 0), length = numberWord(&at, 10, 0);
    UCHAR byte = (UCHAR) numberWord(&at, 10, 0), *buffer = allocate(GRANULE);
    NTSTATUS status = offset + length <= device->size ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    memset(buffer, byte, GRANULE);
    while (length > 0 && !status) {
        ULONG part = length < GRANULE ? (ULONG) length : GRANULE;
        status = writeBytes(device, offset, buffer, part);
        offset += part;
        length -= part;
    }
    ExFreePool(buffer);
    return status;
}

NTSTATUS command(Device *device, PFILE_OBJECT file, const char *at, char *out, ULONG most, ULONG_PTR *length) {
    char verb[20];
    NTSTATUS status = STATUS_SUCCESS;
    int n = 0;
    word(&at, verb, sizeof verb);
    if (device->kind == CONTROL) {
        if (same(verb, "reload")) {
            dropAll();
            configure();
        } else if (!same(verb, "list")) {
            return STATUS_INVALID_PARAMETER;
        }
        for (ULONG i = 0; i < deviceCount && n >= 0 && (ULONG) n < most; i++) {
            Device *one = devices[i];
            if (one->kind != CONTROL) {
                n += _snprintf(out + n, most - n, "%ls %ls %ls size %I64d sector %u%s%s\n", one->name, one->link[0] ? one->link : L"-", one->guid[0] ? one->guid : L"-",
                        one->size, one->sector, isThere(one) ? "" : " gone", one->mounted ? " mounted" : "");
            }
        }
    } else if (same(verb, "bad")) {
        status = addTrouble(device, BAD_READ, at);
    } else if (same(verb, "badwrite")) {
        status = addTrouble(device, BAD_WRITE, at);
    } else if (same(verb, "slow")) {
        status = addTrouble(device, SLOW, at);
    } else if (same(verb, "slowwrite")) {
        status = addTrouble(device, SLOW_WRITE, at);
    } else if (same(verb, "hang")) {
        status = addTrouble(device, HANG, at);
    } else if (same(verb, "refuse")) {
        device->refuses = (NTSTATUS) numberWord(&at, 16, STATUS_ACCESS_DENIED);
    } else if (same(verb, "vanish")) {
        device->vanished = TRUE;
    } else if (same(verb, "clear")) {
        device->vanished = FALSE;
        device->refuses = 0;
        device->troubleCount = 0;
        device->alsoLength = 0;
    } else if (same(verb, "also") && device->kind == VOLUME) {
        device->alsoDrive = (ULONG) numberWord(&at, 10, 0);
        device->alsoOffset = (LONGLONG) numberWord(&at, 10, 0);
        device->alsoLength = (LONGLONG) numberWord(&at, 10, 0);
    } else if (same(verb, "poke")) {
        status = poke(device, at);
    } else if (same(verb, "stats")) {
        n = _snprintf(out, most, "reads %u bytes %I64d writes %u bytes %I64d flushes %u refusals %u locks %u dismounts %u updates %u trimmed %I64d largest %u opens %u pending %u saved %I64d\n",
                device->reads, device->readBytes, device->writes, device->writtenBytes, device->flushes, device->refusals, device->locks, device->dismounts, device->updates,
                device->trimmedBytes, device->largest, device->opens, pendingCount, device->savedBytes);
    } else if (same(verb, "snapshot") && device->kind == VOLUME) {
        WCHAR name[64] = {0};
        char kind[8];
        status = takeSnapshot(device, word(&at, kind, sizeof kind) && same(kind, "held") ? file : NULL, name, 64);
        n = status ? 0 : _snprintf(out, most, "%ls", name);
    } else if (same(verb, "drop") && device->kind == SHADOW) {
        device->vanished = TRUE;
    } else if (same(verb, "limit") && device->kind == SHADOW) {
        device->savedLimit = numberWord(&at, 10, 0);
    } else {
        return STATUS_INVALID_PARAMETER;
    }
    *length = n < 0 || (ULONG) n > most ? most : (ULONG) n;
    return status;
}
