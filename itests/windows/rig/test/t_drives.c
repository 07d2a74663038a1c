/* Geometry, layouts and partition tables of drives. */
#include "t_disk.h"

void geometry(void) {
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

void layouts(void) {
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

void tables(void) {
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
