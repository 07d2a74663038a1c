/* Control codes that only the test driver skzdisk.sys knows.  Shared by driver, hook, fake VSS and tools. */
#ifndef SKZIOCTL_H
#define SKZIOCTL_H

#define SKZ_CODE(function) ((0x8A5AUL << 16) | ((function) << 2)) /* METHOD_BUFFERED, FILE_ANY_ACCESS */

/* Text in, text out; see "Commands" in driver/driver.c.  Sent to \\.\SkzControl, a drive, a volume or a snapshot. */
#define SKZ_COMMAND SKZ_CODE(0x801)

/* What Wine's ntdll keeps to itself (FSCTL_LOCK_VOLUME, ...): the hook sends these instead. */
#define SKZ_LOCK SKZ_CODE(0x802)
#define SKZ_UNLOCK SKZ_CODE(0x803)
#define SKZ_DISMOUNT SKZ_CODE(0x804)

/* After an open: desired access and sharing, two ULONGs.  What the driver says to the open is the answer. */
#define SKZ_OPENED SKZ_CODE(0x805)

/* To \\.\SkzControl: an array of SkzVolume, one for each volume that exists now. */
#define SKZ_VOLUMES SKZ_CODE(0x806)

typedef struct {
    WCHAR device[64]; /* \Device\HarddiskVolume101 */
    WCHAR guid[40];   /* {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx} */
    WCHAR letter[4];  /* S: or empty */
} SkzVolume;

#endif
