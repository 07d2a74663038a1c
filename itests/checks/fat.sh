# Checks of FAT12, FAT16, FAT32 and exFAT, sourced by run. The files on FAT volumes are written and read by mtools, those
# on exFAT volumes by the FUSE driver; dosfstools and exfatprogs say what is in use and whether it is in order.

# fat_files DIR: files of many sizes; the same in each run
fat_files() {
  local size
  mkdir -p "$1/folder one/deep" "$1/second"
  for size in 0 1 511 512 513 4095 4096 10000 65537 150000; do
    head -c "$size" < <(openssl enc -aes-128-ctr -pass "pass:$size" -nosalt -in /dev/zero 2>/dev/null) >"$1/f$size.bin"
  done
  yes "some text that compresses" | head -c 120000 >"$1/folder one/text.log"
  cp "$root/LICENSE" "$1/folder one/deep/a name that is longer than eight.three"
  cp "$root/NOTICE" "$1/second/NOTICE"
}

# hashes DIR: path and hash of every file below it
hashes() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

# image_used NAME: bytes that the image $work/i.skzimg has of the volume
image_used() { "$imaging" info --json --in "$work/i.skzimg" 2>/dev/null | tr -d ' \n' | grep -oE '"usedBytes":[0-9]+' | head -1 | cut -d: -f2; }

# same_volume NAME LENGTH CLUSTER FREE SYSTEM LABEL: images $work/v.img and restores it to $work/r.raw
same_volume() {
  local name=$1 length=$2 cluster=$3 free=$4 system=$5 label=$6 used
  expect 0 "$name: image" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force --verify
  used=$(image_used)
  that "$name: $used bytes imaged of $length, $free clusters of $cluster are free" test $((used + free * cluster)) = "$length"
  expect 0 "$name: info" "$imaging" info --in "$work/i.skzimg"
  says "$name: it is $system" "$system"
  says "$name: its label is known" "$label"
  rm -f "$work/r.raw"
  expect 0 "$name: restore" "$imaging" restore --in "$work/i.skzimg" --device "$work/r.raw"
}

# fat_count FILE: "files used/all" as fsck.fat counts them
fat_count() { fsck.fat -n "$1" 2>/dev/null | sed -n 's/.*: \([0-9]* files, [0-9]*\/[0-9]*\) clusters.*/\1/p'; }

check_fat() {
  has mkfs.fat && has mcopy || { skip fat "needs dosfstools and mtools"; return; }
  export MTOOLS_SKIP_CHECK=1
  local bits sector spc kib name files all used length
  fat_files "$work/files"; hashes "$work/files" >"$work/files.before"
  while read -r bits sector spc kib; do
    name="FAT$bits, sectors of $sector, $spc in a cluster"
    rm -rf "$work/v.img" "$work/back"; length=$((kib * 1024)); truncate -s $length "$work/v.img"
    mkfs.fat -F "$bits" -S "$sector" -s "$spc" -n "LABEL$bits" "$work/v.img" >"$work/out" 2>&1 || { bad "$name: mkfs.fat"; continue; }
    # what is deleted again leaves holes and its data
    yes DELETED | head -c 150000 >"$work/gone"
    mcopy -i "$work/v.img" "$work/gone" ::/gone1 && mcopy -i "$work/v.img" "$root/LICENSE" ::/kept &&
      mcopy -i "$work/v.img" "$work/gone" ::/gone2 && mdel -i "$work/v.img" ::/gone1 &&
      mcopy -s -i "$work/v.img" "$work/files"/* ::/ && mdel -i "$work/v.img" ::/gone2 ::/kept || { bad "$name: mtools"; continue; }
    expect 0 "$name: fsck.fat before" fsck.fat -n "$work/v.img"
    files=$(fat_count "$work/v.img"); used=${files#*files, }; all=${used#*/}; used=${used%/*}
    same_volume "$name" "$length" $((sector * spc)) $((all - used)) "FAT$bits" "LABEL$bits"
    expect 0 "$name: fsck.fat of the restored volume" fsck.fat -n "$work/r.raw"
    that "$name: it counts the same ($files)" test "$(fat_count "$work/r.raw")" = "$files"
    # clusters that were used again may have some of it behind the end of their file
    that "$name: what was deleted is not in free clusters" test "$(grep -c DELETED "$work/r.raw")" -lt "$(grep -c DELETED "$work/v.img")"
    mkdir "$work/back"; mcopy -s -i "$work/r.raw" '::/*' "$work/back" >"$work/out" 2>&1 || bad "$name: mcopy of the restored volume"
    hashes "$work/back" >"$work/files.after"
    that "$name: every file has its hash" cmp "$work/files.before" "$work/files.after"
  done <<'VOLUMES'
12 512 1 1440
12 512 8 8000
12 4096 1 8192
16 512 1 5000
16 512 32 100001
16 4096 1 40960
32 512 1 40000
32 512 8 300003
32 4096 2 600000
VOLUMES
  # fewer clusters than FAT32 should have: mtools takes it for FAT16, but mkfs.fat, fsck.fat and the drivers do not
  name="a small FAT32"; rm -f "$work/v.img"; truncate -s 20000K "$work/v.img"
  mkfs.fat -F 32 -s 8 -n SMALL "$work/v.img" >/dev/null 2>&1
  files=$(fat_count "$work/v.img"); used=${files#*, }; all=${used#*/}; used=${used%/*}
  same_volume "$name" 20480000 4096 $((all - used)) FAT32 SMALL
  expect 0 "$name: fsck.fat of the restored volume" fsck.fat -n "$work/r.raw"
  # a volume that was not unmounted in order, with a cluster that only the second FAT has in use
  truncate -s 200M "$work/v.img"; mkfs.fat -F 32 -s 1 "$work/v.img" >/dev/null 2>&1
  printf '\xff\xff\xff\x07' | dd of="$work/v.img" bs=1 seek=$((32 * 512 + 4)) conv=notrunc status=none
  printf '\xff\xff\xff\x0f' | dd of="$work/v.img" bs=1 conv=notrunc status=none \
    seek=$(((32 + $(od -An -tu4 -j36 -N4 "$work/v.img")) * 512 + 1000 * 4))
  expect 0 "a dirty volume: image" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  says "a dirty volume: it is said" "was not unmounted in order"
  says "FATs that differ: it is said" "differ, first in the entry of cluster 1000"
  truncate -s 100M "$work/v.img"
  expect 0 "a volume cut short is imaged with all blocks" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  says "and says so" "why all blocks"
  rm -rf "$work/files" "$work/back" "$work/gone"; clean
}

# exfat_mount FILE SECTOR: mounts it on $work/mnt (root can mount a block device only)
exfat_mount() {
  loop=$(attach -b "$2" "$1") || return
  loops+=("$loop")
  mount.exfat-fuse "$loop" "$work/mnt"
}

exfat_umount() { umount "$work/mnt"; losetup -d "$loop"; }

# exfat_free FILE: free clusters as dump.exfat has them
exfat_free() { dump.exfat "$1" 2>/dev/null | sed -n 's/^Free Clusters:[^0-9]*\([0-9]*\).*/\1/p'; }

check_exfat() {
  [ "$(id -u)" = 0 ] && has mkfs.exfat && has dump.exfat && has mount.exfat-fuse && [ -e /dev/fuse ] && losetup -f >/dev/null 2>&1 ||
    { skip exfat "needs root, exfatprogs, exfat-fuse, /dev/fuse and loop devices"; return; }
  local cluster sector mib name free length loop
  fat_files "$work/files"; hashes "$work/files" >"$work/files.before"; mkdir -p "$work/mnt"
  while read -r sector cluster mib; do
    name="exFAT, sectors of $sector, clusters of $cluster"
    rm -f "$work/v.img"; length=$((mib * 1048576 + 12288)); truncate -s $length "$work/v.img"
    # the size of sectors is that of the device
    loop=$(attach -b "$sector" "$work/v.img") || { bad "$name: losetup"; continue; }
    mkfs.exfat -L "LABELEX" -c "$cluster" "$loop" >"$work/out" 2>&1 || { bad "$name: mkfs.exfat"; losetup -d "$loop"; continue; }
    losetup -d "$loop"
    exfat_mount "$work/v.img" "$sector" >"$work/out" 2>&1 || { bad "$name: mount"; continue; }
    yes DELETED | head -c 150000 >"$work/mnt/gone"
    cp -r "$work/files"/. "$work/mnt/"; rm "$work/mnt/gone"; exfat_umount
    expect 0 "$name: fsck.exfat before" fsck.exfat -n "$work/v.img"
    free=$(exfat_free "$work/v.img")
    same_volume "$name" "$length" "$cluster" "$free" exFAT LABELEX
    expect 0 "$name: fsck.exfat of the restored volume" fsck.exfat -n "$work/r.raw"
    that "$name: dump.exfat counts the same ($free free)" test "$(exfat_free "$work/r.raw")" = "$free"
    that "$name: what was deleted is not in free clusters" test "$(grep -c DELETED "$work/r.raw")" -lt "$(grep -c DELETED "$work/v.img")"
    exfat_mount "$work/r.raw" "$sector" >"$work/out" 2>&1 || { bad "$name: mount of the restored volume"; continue; }
    hashes "$work/mnt" >"$work/files.after"; exfat_umount
    that "$name: every file has its hash" cmp "$work/files.before" "$work/files.after"
  done <<'VOLUMES'
512 512 20
512 4096 50
4096 4096 60
512 1048576 600
4096 32768 300
VOLUMES
  # a damaged boot region: the backup is used, and said to be
  printf '\xee' | dd of="$work/v.img" bs=1 seek=200 conv=notrunc status=none
  expect 0 "a damaged main boot region: image" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  says "a damaged main boot region: it is said" "its backup is used"
  printf '\xee' | dd of="$work/v.img" bs=1 seek=$((12 * 4096 + 200)) conv=notrunc status=none
  expect 0 "both boot regions damaged: all blocks" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  says "and says so" "why all blocks"
  rm -rf "$work/files"; clean
}
