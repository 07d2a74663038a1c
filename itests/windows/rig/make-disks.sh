#!/bin/bash
# make-disks.sh FOLDER: the images that disks.reg names: disk9.img (MBR) with ntfs.img in it, disk8.img (GPT, 4 KiB sectors),
# disk7.img (empty)
set -e
cd "$1"
rm -f ntfs.img disk7.img disk8.img disk9.img
truncate -s 200M disk7.img
truncate -s 64M ntfs.img
mkfs.ntfs -F -Q -q -s 512 -c 4096 -L TESTVOL ntfs.img >/dev/null 2>&1
head -c 6M /dev/urandom >content; ntfscp -f -q ntfs.img content one.bin
head -c 1M /dev/urandom >content; ntfscp -f -q ntfs.img content pagefile.sys
seq 400000 >content; ntfscp -f -q ntfs.img content two.txt
truncate -s 32M fat.img
mkfs.vfat -F 16 -s 4 fat.img >/dev/null
mcopy -i fat.img content ::two.txt
rm content
truncate -s 200M disk9.img
sfdisk -q disk9.img <<'T'
label: dos
label-id: 0x12345678
start=2048,size=131072,type=7,bootable
start=133120,size=65536,type=b
start=198656,size=200000,type=5
start=200704,size=32768,type=7
start=235520,size=32768,type=83
T
dd if=ntfs.img of=disk9.img bs=1M seek=1 conv=notrunc,sparse status=none
dd if=fat.img of=disk9.img bs=1M seek=65 conv=notrunc,sparse status=none
rm -f fat.img
# no tool makes a GPT for sectors of 4 KiB in a file without a loop device: written here
python3 - <<'P'
import struct, uuid, zlib
SECTOR, SIZE = 4096, 128 << 20
last = SIZE // SECTOR - 1
basic = uuid.UUID('ebd0a0a2-b9e5-4433-87c0-68b6b72699c7').bytes_le
efi = uuid.UUID('c12a7328-f81f-11d2-ba4b-00a0c93ec93b').bytes_le
table = b''
for kind, own, first, end, name in ((basic, 1, 256, 8191, 'Daten Ä'), (efi, 2, 8192, 16383, 'EFI system')):
    table += kind + uuid.UUID(int=own).bytes_le + struct.pack('<QQQ', first, end, 0) + name.encode('utf-16le').ljust(72, b'\0')
table = table.ljust(16384, b'\0')
def header(own, other, at):
    h = struct.pack('<8sIIIIQQQQ16sQIII', b'EFI PART', 0x10000, 92, 0, 0, own, other, 6, last - 5, uuid.UUID(int=8).bytes_le, at, 128, 128, zlib.crc32(table))
    return h[:16] + struct.pack('<I', zlib.crc32(h)) + h[20:]
with open('disk8.img', 'wb') as f:
    f.truncate(SIZE)
    f.seek(446)
    f.write(struct.pack('<B3sB3sII', 0, b'\0\2\0', 0xEE, b'\xff\xff\xff', 1, last) + bytes(48) + b'\x55\xaa')
    f.seek(SECTOR); f.write(header(1, last, 2))
    f.seek(2 * SECTOR); f.write(table)
    f.seek((last - 4) * SECTOR); f.write(table)
    f.seek(last * SECTOR); f.write(header(last, 1, last - 4))
P
