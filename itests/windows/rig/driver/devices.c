/* Devices come, from the configuration and as snapshots, and go */
#include "skzdisk.h"

NTSTATUS makeDevice(Device *device, BOOLEAN links) {
    UNICODE_STRING name, link;
    RtlInitUnicodeString(&name, device->name);
    NTSTATUS status = IoCreateDevice(driver, sizeof(Device *), &name, FILE_DEVICE_DISK, device->removable ? FILE_REMOVABLE_MEDIA : 0, FALSE, &device->object);
    if (status) {
        return status;
    }
    *(Device **) device->object->DeviceExtension = device;
    device->object->Flags |= DO_BUFFERED_IO;
    device->object->Flags &= ~DO_DEVICE_INITIALIZING;
    if (links && device->link[0]) {
        RtlInitUnicodeString(&link, device->link);
        IoCreateSymbolicLink(&link, &name);
    }
    if (links && device->link2[0]) {
        RtlInitUnicodeString(&link, device->link2);
        IoCreateSymbolicLink(&link, &name);
    }
    devices[deviceCount++] = device;
    return STATUS_SUCCESS;
}

void dropDevice(Device *device) {
    UNICODE_STRING link;
    if (device->link[0]) {
        RtlInitUnicodeString(&link, device->link);
        IoDeleteSymbolicLink(&link);
    }
    if (device->link2[0]) {
        RtlInitUnicodeString(&link, device->link2);
        IoDeleteSymbolicLink(&link);
    }
    device->vanished = TRUE;
    IoDeleteDevice(device->object);
    if (device->file) {
        ZwClose(device->file);
        device->file = NULL;
    }
    for (ULONG i = 0; i < deviceCount; i++) {
        if (devices[i] == device) {
            devices[i] = devices[--deviceCount];
            break;
        }
    }
    /* the structure itself stays: handles may be open yet.  A test run has few of them. */
}

NTSTATUS takeSnapshot(Device *volume, PFILE_OBJECT keeper, WCHAR *name, ULONG most) {
    LONGLONG unused;
    WCHAR path[360];
    Device *shadow = deviceCount < MOST_DEVICES ? allocate(sizeof *shadow) : NULL;
    if (!shadow) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    shadow->kind = SHADOW;
    shadow->number = ++shadowNumber;
    shadow->on = volume;
    shadow->keeper = keeper;
    shadow->size = volume->size;
    shadow->sector = volume->sector;
    shadow->physical = volume->physical;
    shadow->present = TRUE;
    shadow->saved = allocate((SIZE_T) (volume->size / GRANULE / 8 + 1));
    _snwprintf(shadow->name, 64, L"\\Device\\HarddiskVolumeShadowCopy%u", shadow->number);
    const WCHAR *image = volume->on ? volume->on->image : volume->image;
    _snwprintf(path, 360, L"%s.shadow%u", image, shadow->number);
    NTSTATUS status = shadow->saved ? openFile(path, TRUE, &shadow->file, &unused) : STATUS_INSUFFICIENT_RESOURCES;
    if (!status) {
        status = makeDevice(shadow, FALSE);
    }
    if (status) {
        ExFreePool(shadow);
        return status;
    }
    copyText(name, shadow->name, most);
    return STATUS_SUCCESS;
}

static ULONG value(HANDLE key, const WCHAR *name, UCHAR *to, ULONG most, ULONG *type) {
    UCHAR buffer[1024];
    UNICODE_STRING text;
    ULONG length;
    KEY_VALUE_PARTIAL_INFORMATION *information = (void *) buffer;
    RtlInitUnicodeString(&text, name);
    if (ZwQueryValueKey(key, &text, KeyValuePartialInformation, buffer, sizeof buffer, &length)) {
        return 0;
    }
    length = information->DataLength < most ? information->DataLength : most;
    memcpy(to, information->Data, length);
    *type = information->Type;
    return length;
}

static LONGLONG number(HANDLE key, const WCHAR *name, LONGLONG otherwise) {
    UCHAR bytes[8] = {0};
    ULONG type, length = value(key, name, bytes, 8, &type);
    return length ? (LONGLONG) get(bytes, 0, length) : otherwise;
}

static void text(HANDLE key, const WCHAR *name, WCHAR *to, ULONG most) {
    ULONG type, length = value(key, name, (UCHAR *) to, (most - 1) * sizeof *to, &type);
    to[length / sizeof *to] = 0;
}

static void narrow(char *to, const WCHAR *from, ULONG most, const char *otherwise) {
    ULONG i = 0;
    for (; from[i] && i + 1 < most; i++) {
        to[i] = (char) from[i];
    }
    to[i] = 0;
    if (i == 0) {
        for (; otherwise[i] && i + 1 < most; i++) {
            to[i] = otherwise[i];
        }
        to[i] = 0;
    }
}

static Device *diskOf(LONGLONG number) {
    for (ULONG i = 0; i < deviceCount; i++) {
        if (devices[i]->kind == DISK && devices[i]->number == number) {
            return devices[i];
        }
    }
    return NULL;
}

static void configureCommon(Device *device, HANDLE key) {
    WCHAR buffer[32];
    text(key, L"Image", device->image, 300);
    device->sector = (ULONG) number(key, L"Sector", 512);
    device->physical = (ULONG) number(key, L"Physical", device->sector);
    device->readOnly = number(key, L"ReadOnly", 0) != 0;
    device->removable = number(key, L"Removable", 0) != 0;
    device->seekPenalty = number(key, L"SeekPenalty", 1) != 0;
    device->trim = number(key, L"Trim", 0) != 0;
    device->present = TRUE;
    text(key, L"Model", buffer, 32);
    narrow(device->model, buffer, 32, "SKZ Test Disk");
    text(key, L"Serial", buffer, 32);
    narrow(device->serial, buffer, 32, "SKZ0001");
}

static NTSTATUS configureDisk(HANDLE key, LONGLONG index) {
    Device *disk = allocate(sizeof *disk);
    disk->kind = DISK;
    disk->number = (ULONG) index;
    configureCommon(disk, key);
    NTSTATUS status = openFile(disk->image, FALSE, &disk->file, &disk->size);
    if (status) {
        DbgPrint("skzdisk: image of drive %u cannot be opened: %x\n", disk->number, status);
        ExFreePool(disk);
        return status;
    }
    disk->size -= disk->size % disk->sector;
    _snwprintf(disk->name, 64, L"\\Device\\SkzDisk%u", disk->number);
    _snwprintf(disk->link, 64, L"\\??\\PhysicalDrive%u", disk->number);
    status = makeDevice(disk, TRUE);
    if (!status) {
        findPartitions(disk);
    }
    return status;
}

static NTSTATUS configureVolume(HANDLE key, ULONG count) {
    Device *volume = allocate(sizeof *volume);
    NTSTATUS status = STATUS_SUCCESS;
    volume->kind = VOLUME;
    configureCommon(volume, key);
    volume->on = volume->image[0] ? NULL : diskOf(number(key, L"Disk", -1));
    volume->number = (ULONG) number(key, L"Number", 101 + count);
    volume->partition = (ULONG) number(key, L"Partition", 0);
    text(key, L"Letter", volume->letter, 4);
    text(key, L"Guid", volume->guid, 40);
    if (!volume->guid[0]) {
        _snwprintf(volume->guid, 40, L"{5a5a5a5a-0000-4000-8000-%012x}", volume->number);
    }
    if (volume->image[0]) {
        status = openFile(volume->image, FALSE, &volume->file, &volume->size);
    } else if (!volume->on) {
        status = STATUS_NO_SUCH_DEVICE;
    } else {
        volume->sector = volume->on->sector;
        volume->physical = volume->on->physical;
        volume->removable = volume->on->removable;
        volume->base = number(key, L"Offset", 0);
        volume->size = number(key, L"Length", volume->on->size - volume->base);
    }
    _snwprintf(volume->name, 64, L"\\Device\\HarddiskVolume%u", volume->number);
    _snwprintf(volume->link2, 80, L"\\??\\Volume%s", volume->guid);
    if (volume->letter[0]) {
        _snwprintf(volume->link, 64, L"\\??\\%s", volume->letter);
    }
    volume->mounted = TRUE;
    if (!status) {
        status = makeDevice(volume, TRUE);
    }
    if (!status && volume->on) {
        findPartitions(volume->on);
    }
    if (status) {
        DbgPrint("skzdisk: volume %u cannot be made: %x\n", volume->number, status);
        ExFreePool(volume);
    }
    return status;
}

void configure(void) {
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    HANDLE all, key;
    UCHAR buffer[512];
    KEY_BASIC_INFORMATION *information = (void *) buffer;
    RtlInitUnicodeString(&name, configuration);
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    if (ZwOpenKey(&all, KEY_READ, &attributes)) {
        return;
    }
    /* drives first: volumes lie on them */
    for (int volumes = 0; volumes < 2; volumes++) {
        ULONG length, count = 0;
        for (ULONG i = 0; !ZwEnumerateKey(all, i, KeyBasicInformation, buffer, sizeof buffer - 2, &length); i++) {
            information->Name[information->NameLength / sizeof(WCHAR)] = 0;
            const WCHAR *prefix = volumes ? L"Volume" : L"Disk";
            ULONG prefixLength = volumes ? 6 : 4;
            if (wcsncmp(information->Name, prefix, prefixLength) || deviceCount >= MOST_DEVICES) {
                continue;
            }
            RtlInitUnicodeString(&name, information->Name);
            InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, all, NULL);
            if (ZwOpenKey(&key, KEY_READ, &attributes)) {
                continue;
            }
            if (volumes) {
                configureVolume(key, count++);
            } else {
                configureDisk(key, wcstoul(information->Name + prefixLength, NULL, 10));
            }
            ZwClose(key);
        }
    }
    ZwClose(all);
}

void dropAll(void) {
    for (int kind = SHADOW; kind > CONTROL; kind--) {
        for (ULONG i = deviceCount; i-- > 0;) {
            if (devices[i]->kind == (Kind) kind) {
                dropDevice(devices[i]);
                i = deviceCount;
            }
        }
    }
}
