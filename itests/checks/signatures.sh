# Checks of what is believed of the signatures on a device, sourced by run. libblkid is the judge: where it finds more than one
# answer, or another one than an allocator, all blocks are taken; where it finds the same, what is in use. Volumes are made over
# others, whose content stays where the new one does not write.

# raw_signature KIND FILE: what the tools of the kernel's RAID, LVM, ZFS and DRBD write, without the kernel
raw_signature() {
  python3 - "$@" <<'P'
import os, struct, sys
kind, name = sys.argv[1:]
size = os.path.getsize(name)
out = open(name, 'r+b')

def put(offset, content):
    out.seek(offset)
    out.write(content)

def raid(offset):
    block = bytearray(512)
    struct.pack_into('<II', block, 0, 0xa92b4efc, 1)
    block[16:32] = bytes(range(16))
    block[32:40] = b'nas:data'
    struct.pack_into('<QIIQII', block, 64, 1700000000, 1, 0, 100000, 0, 2)
    struct.pack_into('<QQQ', block, 128, 2048, 100000, offset // 512)
    struct.pack_into('<I', block, 220, 128)
    total = sum(struct.unpack('<128I', block))
    struct.pack_into('<I', block, 216, (total & 0xffffffff) + (total >> 32) & 0xffffffff)
    put(offset, block)

if kind == 'md0.90':
    block = bytearray(4096)
    struct.pack_into('<9I', block, 0, 0xa92b4efc, 0, 90, 0, 0, 0x11223344, 0, 1, 100)
    struct.pack_into('<3I', block, 52, 1, 2, 3)
    put(size // 65536 * 65536 - 65536, block)
elif kind == 'md1.0':
    raid((size // 512 - 16) // 8 * 8 * 512)
elif kind == 'md1.1':
    raid(0)
elif kind == 'md1.2':
    raid(4096)
elif kind == 'lvm':
    block = bytearray(512)
    block[0:8] = b'LABELONE'
    struct.pack_into('<Q', block, 8, 1)
    struct.pack_into('<I', block, 20, 32)
    block[24:64] = b'LVM2 001abcdefghijklmnopqrstuvwxyz012345'
    crc = 0xf597a6cf
    for byte in block[20:]:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xedb88320 if crc & 1 else 0)
    struct.pack_into('<I', block, 16, crc)
    put(512, block)
elif kind == 'drbd':
    block = bytearray(4096)
    struct.pack_into('>I', block, 60, 0x8374026b)
    struct.pack_into('>I', block, 80, 4096)
    put(size // 1024 * 1024 - 4096, block)
elif kind == 'isw':
    put(size // 512 * 512 - 1024, b'Intel Raid ISM Cfg Sig. 1.1.00')
elif kind == 'zfs':
    def pair(key, number, value):
        body = struct.pack('>I', len(key)) + key + bytes(-len(key) % 4) + struct.pack('>II', number, 1) + value
        return struct.pack('>II', 8 + len(body), 8 + len(body)) + body
    pool = bytes([1, 1, 0, 0]) + struct.pack('>II', 0, 1) + pair(b'version', 8, struct.pack('>Q', 5000)) \
        + pair(b'name', 9, struct.pack('>I', 4) + b'tank') + pair(b'state', 8, bytes(8)) \
        + pair(b'txg', 8, struct.pack('>Q', 4)) + pair(b'pool_guid', 8, struct.pack('>Q', 123456789)) \
        + pair(b'guid', 8, struct.pack('>Q', 987)) + bytes(8)
    for label in range(4):
        at = label * 262144 if label < 2 else size // 262144 * 262144 - (4 - label) * 262144
        put(at + 16384, pool)
        for i in range(8):
            put(at + 131072 + i * 1024, struct.pack('<QQQ', 0x00bab10c, 5000, 10 + i))
P
}

# make_volume KIND FILE: makes it over what is there
make_volume() {
  case $1 in
    fat16) mkfs.fat -F 16 -n SIXTEEN "$2" ;;
    fat32) mkfs.fat -F 32 -n THIRTYTWO "$2" ;;
    exfat) mkfs.exfat -L exfat "$2" ;;
    ntfs) mkntfs -q -F -f -L ntfs "$2" ;;
    ext2) mke2fs -q -F -t ext2 -L two -E nodiscard "$2" ;;
    ext4) mke2fs -q -F -t ext4 -L four -E nodiscard "$2" ;;
    xfs) mkfs.xfs -q -f -K -L xfs "$2" ;;
    btrfs) mkfs.btrfs -q -f -K -L btrfs "$2" ;;
    f2fs) mkfs.f2fs -q -f -t 0 -l f2fs "$2" ;;
    nilfs2) mkfs.nilfs2 -q -f -K -L nilfs "$2" ;;
    udf) mkudffs -b 512 -l udf "$2" ;;
    bridge) genisoimage -quiet -udf -V BRIDGE -o "$work/t.iso" "$root/LICENSE" && dd if="$work/t.iso" of="$2" conv=notrunc status=none ;;
    iso) genisoimage -quiet -J -V "JOLIET" -o "$work/t.iso" "$root/LICENSE" && dd if="$work/t.iso" of="$2" conv=notrunc status=none ;;
    swap) mkswap -L swap "$2" ;;
    suspended) mkswap "$2" && printf 'S1SUSPEND\0' | dd of="$2" bs=1 seek=4086 conv=notrunc status=none ;;
    journal) mke2fs -q -F -O journal_dev -b 4096 "$2" 4096 ;;
    minix) mkfs.minix "$2" ;;
    luks) printf word | cryptsetup -q luksFormat --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --label luks "$2" - ;;
    *) raw_signature "$1" "$2" ;;
  esac >/dev/null 2>"$work/make.log"
}

# looked_at FILE...: what "imaging list --device" says of each, a line: FILE|file system and label|note
looked_at() {
  printf 'list --device "%s"\n' "$@" >"$work/look.gogo"
  "$imaging" shell "$work/look.gogo" 2>&1 | awk '
    function flush() { if (file != "") print file "|" known "|" note }
    /^"/ { flush(); file = $0; gsub(/"/, "", file); known = note = "" }
    /^  file system / { known = $0; sub(/^  file system */, "", known) }
    /^note: / { note = $0 }
    END { flush() }'
}

# agrees BLKID SYSTEM NOTE: says nothing if what is taken follows from what blkid found
agrees() {
  local own=
  case $2 in
    FAT1* | FAT3*) own=vfat ;; exFAT*) own=exfat ;; btrfs*) own=btrfs ;; NTFS*) own=ntfs ;; "ext journal"*) ;; ext2* | ext3* | ext4*) own=${2:0:4} ;;
  esac
  if [ -n "$own" ] && [ -z "$3" ]; then
    [ "$1" = "$own" ] || echo "what is in use of $2, blkid: $1"
  elif [[ " vfat exfat ntfs ext2 ext3 ext4 btrfs " == *" $1 "* ]]; then
    echo "all blocks, blkid: $1, here: $2 $3"
  fi
}

blkid_type() { blkid -p -o value -s TYPE "$1" 2>/dev/null; [ $? != 8 ] || echo ambivalent; }

check_signatures() {
  local old new file own=(fat16 fat32 exfat ntfs ext2 ext4 btrfs) others=() all kind wrong=0 count=0 ambivalent=0 type
  for kind in mkfs.fat mkfs.exfat mkntfs mke2fs mkfs.xfs mkfs.btrfs mkfs.f2fs mkfs.nilfs2 mkudffs genisoimage cryptsetup blkid; do
    has "$kind" || { skip signatures "$kind is not installed"; return; }
  done
  others=(xfs f2fs nilfs2 udf bridge iso swap suspended journal minix luks lvm md0.90 md1.0 md1.1 md1.2 zfs drbd isw)
  all=("${own[@]}" "${others[@]}")
  mkdir -p "$work/sig"
  for kind in "${all[@]}"; do
    truncate -s 320M "$work/sig/$kind.img"
    that "a volume of $kind" make_volume "$kind" "$work/sig/$kind.img"
  done
  while IFS='|' read -r file kind new; do
    old=$(blkid -p -o value -s LABEL "$file")
    if [ -n "$old" ]; then that "$(basename "$file" .img) has the label that blkid sees: $old" test "${kind#*\"}" = "$old\""
    else that "$(basename "$file" .img) is something without a label: $kind" test -n "$kind" -a "${kind%\"}" = "$kind"; fi
    [ -z "$new" ] || bad "$file: $new"
    count=$((count + 1))
  done < <(looked_at "$work"/sig/*.img)
  that "all ${#all[@]} kinds were looked at" test $count = ${#all[@]}
  count=0
  for old in "${all[@]}"; do
    for new in "${all[@]}"; do
      [[ $old != "$new" && " ${own[*]} " == *" $old "* || $old != "$new" && " ${own[*]} " == *" $new "* ]] || continue
      cp --sparse=always "$work/sig/$old.img" "$work/sig/$new over $old"
      make_volume "$new" "$work/sig/$new over $old" || rm -f "$work/sig/$new over $old"
    done
    while IFS='|' read -r file kind new; do
      count=$((count + 1)) type=$(blkid_type "$file")
      [ "$type" != ambivalent ] || ambivalent=$((ambivalent + 1))
      new=$(agrees "$type" "$kind" "$new")
      [ -z "$new" ] || { wrong=$((wrong + 1)); say "        $(basename "$file"): $new"; }
    done < <(looked_at "$work"/sig/*" over $old")
    rm -f "$work"/sig/*" over "*
  done
  that "volumes over others, $count pairs, $ambivalent ambivalent to blkid: all as blkid sees them" test "$wrong" = 0 -a "$count" -gt 200 -a "$ambivalent" -gt 5
  rm -rf "$work/sig"
}

check_stale_volume_in_raid() {
  local kind
  has mkfs.fat && has mkntfs && has mke2fs || { skip stale_volume_in_raid "needs dosfstools, ntfs-3g and e2fsprogs"; return; }
  for kind in fat32 ntfs ext2; do
    head -c 60M /dev/urandom >"$work/m.img"
    make_volume $kind "$work/m.img"
    raw_signature md1.2 "$work/m.img"
    expect 0 "a member of a RAID over $kind: image" "$imaging" image --device "$work/m.img" --out "$work/m.skzimg" --force
    says "... it is said to be one" "Linux RAID member, label \"nas:data\""
    says "... both are named" "signatures that contradict each other: Linux RAID member (byte 4096), "
    says "... and all of it is taken" "content         all blocks"
    rm -f "$work/r.raw"
    expect 0 "... restore" "$imaging" restore --in "$work/m.skzimg" --device "$work/r.raw"
    that "... is the same in every byte" cmp "$work/m.img" "$work/r.raw"
  done
}

check_loose_fat() {
  local case bits fats
  has mkfs.fat && has mcopy && has partclone.fat || { skip loose_fat "needs dosfstools, mtools and partclone"; return; }
  export MTOOLS_SKIP_CHECK=1
  for bits in 12 16 32; do
    for case in "no jump" "no 55 AA" "neither" "3 FATs" "4 FATs"; do
      rm -f "$work/f.img" "$work/r.raw"
      truncate -s $((bits * bits / 10))M "$work/f.img"
      mkfs.fat -F "$bits" -n ROOTLABEL "$work/f.img" >/dev/null
      head -c 300000 /dev/urandom >"$work/file"
      mcopy -i "$work/f.img" "$work/file" ::file.bin
      case $case in "no jump" | neither) dd if=/dev/zero of="$work/f.img" bs=1 count=3 conv=notrunc status=none ;; esac
      case $case in "no 55 AA" | neither) dd if=/dev/zero of="$work/f.img" bs=1 seek=510 count=2 conv=notrunc status=none ;; esac
      case $case in *FATs) fats=${case% FATs}; more_fats "$work/f.img" "$fats" ;; esac
      expect 0 "FAT$bits, $case: image" "$imaging" image --device "$work/f.img" --out "$work/f.skzimg" --force --verify
      says "... what is in use is taken" "as told by allocator fat"
      expect 0 "... partclone takes it too" partclone.fat -c -F -s "$work/f.img" -o "$work/f.pc" -L "$work/pc.log"
      rm -f "$work/f.pc"
      expect 0 "... restore" "$imaging" restore --in "$work/f.skzimg" --device "$work/r.raw"
      case $case in "no jump" | neither) printf '\353\76\220' | dd of="$work/r.raw" bs=1 conv=notrunc status=none ;; esac
      case $case in "no 55 AA" | neither) printf '\125\252' | dd of="$work/r.raw" bs=1 seek=510 conv=notrunc status=none ;; esac
      that "... the file is in it" mcopy -n -o -i "$work/r.raw" ::file.bin "$work/file.read"
      that "... as it was" cmp "$work/file" "$work/file.read"
    done
  done
}

# more_fats FILE COUNT: puts in more copies of the FAT; what is behind them moves
more_fats() {
  python3 - "$@" <<'P'
import struct, sys
name, count = sys.argv[1], int(sys.argv[2])
old = open(name, 'rb').read()
first = struct.unpack_from('<H', old, 14)[0] * 512
length = (struct.unpack_from('<H', old, 22)[0] or struct.unpack_from('<I', old, 36)[0]) * 512
new = bytearray(old[:first] + old[first:first + length] * count + old[first + old[16] * length:])[:len(old)]
new[16] = count
open(name, 'wb').write(new)
P
}

check_lost_exfat_boot_sector() {
  has mkfs.exfat && has fsck.exfat || { skip lost_exfat_boot_sector "needs exfatprogs"; return; }
  truncate -s 64M "$work/x.img"
  mkfs.exfat -L lost "$work/x.img" >/dev/null
  dd if=/dev/zero of="$work/x.img" bs=512 count=1 conv=notrunc status=none
  expect 0 "exFAT without its first sector: image" "$imaging" image --device "$work/x.img" --out "$work/x.skzimg" --force --verify
  says "... it is known by its backup" "exFAT, label \"lost\""
  says "... which is said" "its backup is used"
  says "... and what is in use is taken" "as told by allocator exfat"
  rm -f "$work/r.raw"
  expect 0 "... restore" "$imaging" restore --in "$work/x.skzimg" --device "$work/r.raw"
  dd if="$work/r.raw" of="$work/r.raw" bs=512 skip=12 count=1 conv=notrunc status=none
  expect 0 "... with the first sector put back from the backup, fsck.exfat finds it in order" fsck.exfat -n "$work/r.raw"
  dd if=/dev/urandom of="$work/x.img" bs=512 seek=12 count=1 conv=notrunc status=none
  expect 0 "exFAT without a sound boot sector: image" "$imaging" image --device "$work/x.img" --out "$work/x.skzimg" --force
  says "... all of it is taken" "content         all blocks"
}

check_kinds_and_labels() {
  has mkfs.fat && has mkswap || { skip kinds_and_labels "needs dosfstools and util-linux"; return; }
  rm -f "$work/l.img"; truncate -s 40M "$work/l.img"
  mkfs.fat -F 32 -s 1 -n LABEL1 "$work/l.img" >/dev/null
  expect 0 "a FAT volume with a label" "$imaging" list --device "$work/l.img"
  says "... has it" "FAT32 \"LABEL1\""
  python3 - "$work/l.img" <<'P'
import struct, sys
with open(sys.argv[1], 'r+b') as f:
    boot = f.read(64)
    f.seek((struct.unpack_from('<H', boot, 14)[0] + boot[16] * struct.unpack_from('<I', boot, 36)[0]) * 512)
    f.write(b'\xe5')
P
  expect 0 "the same with the label taken away as Windows does, in the root directory only" "$imaging" list --device "$work/l.img"
  that "... has none, as blkid sees it" test -z "$(grep LABEL1 "$work/out")" -a -z "$(blkid -p -o value -s LABEL "$work/l.img")"
  printf '\1' | dd of="$work/l.img" bs=1 seek=11 conv=notrunc status=none
  expect 0 "a FAT volume with a wrong field: image" "$imaging" image --device "$work/l.img" --out "$work/l.skzimg" --force
  says "... says which" "bytes per sector (byte 11) is 513, not a power of two from 512 to 4096: imaging all blocks"
}
