# Checks of backup sets of whole disks, sourced by run. sfdisk, sgdisk and mkfs make the disks and judge what is restored.

# file_hashes DISK OFFSET TYPE [OPTION]: the hashes of all files of a file system at a byte offset of a disk image. A copy is
# mounted, since the system mounts no file that is behind a loop device already.
file_hashes() {
  local mnt=$work/hashes-mnt copy=$work/hashes.img
  rm -rf "$mnt"; mkdir -p "$mnt"
  if [ "$3" = vfat ]; then
    mcopy -s -i "$1@@$2" :: "$mnt/" >/dev/null 2>&1
    (cd "$mnt" && find . -type f -print0 | sort -z | xargs -0r sha256sum)
    return
  fi
  cp --sparse=always "$1" "$copy"
  mount -t "$3" -o "ro,loop,offset=$2${4:-}" "$copy" "$mnt" || { echo "cannot mount at $2 of $1"; return 1; }
  (cd "$mnt" && find . -type f ! -path './lost+found*' -print0 | sort -z | xargs -0r sha256sum)
  umount "$mnt"; rm -f "$copy"
}

# put_files DISK OFFSET SIZE TYPE MKFS...: a file system with files in it at a byte offset of a disk image
put_files() {
  local disk=$1 offset=$2 size=$3 type=$4 mnt=$work/files-mnt; shift 4
  truncate -s 0 "$work/fs.img"; truncate -s "$size" "$work/fs.img"
  "$@" "$work/fs.img" >"$work/out" 2>&1 || { bad "$*"; return 1; }
  rm -rf "$work/files"; mkdir -p "$mnt" "$work/files/folder"
  head -c 1500000 /dev/urandom >"$work/files/random"; cp "$root/LICENSE" "$work/files/folder/"
  yes text | head -c 800000 >"$work/files/folder/text"
  case $type in
    vfat) mcopy -s -i "$work/fs.img" "$work/files/random" "$work/files/folder" ::/ ;;
    ntfs) ntfs-3g "$work/fs.img" "$mnt" && cp -r "$work/files/." "$mnt/" && umount "$mnt" ;;
    *) mount_rw -t "$type" -o loop "$work/fs.img" "$mnt" && cp -r "$work/files/." "$mnt/" && umount "$mnt" ;;
  esac >>"$work/out" 2>&1 || bad "files in $type"
  dd if="$work/fs.img" of="$disk" bs=1M oflag=seek_bytes seek="$offset" conv=notrunc,sparse status=none
  rm -rf "$work/fs.img" "$work/files"
}

# table_of DISK: what sfdisk has of a disk, without the names of the device and of the partitions, and the end of a GPT
table_of() { sfdisk --json "$1" 2>/dev/null | python3 -c '
import json, sys
table = json.load(sys.stdin)["partitiontable"]
for gone in ("device", "lastlba"): table.pop(gone, None)
for part in table.get("partitions", []): part.pop("node")
print(json.dumps(table, sort_keys=True))'; }

set_disk_mbr() {
  truncate -s 0 "$1"; truncate -s 64M "$1"
  printf '%s\n' 'label: dos' 'label-id: 0x12345678' 'start=63, size=20000, type=c, bootable' 'start=24576, type=f' \
    'start=26624, size=40000, type=83' 'start=70000, size=8000, type=82' 'start=90000, size=30000, type=7' |
    sfdisk -q "$1" >"$work/out" 2>&1 || bad "sfdisk makes an MBR"
  # the track behind the boot record is where boot loaders live
  head -c 440 /dev/urandom | dd of="$1" conv=notrunc status=none
  head -c 20000 /dev/urandom | dd of="$1" bs=512 seek=1 conv=notrunc status=none
  put_files "$1" $((63 * 512)) $((20000 * 512)) vfat mkfs.fat -n BOOT
  put_files "$1" $((26624 * 512)) $((40000 * 512)) ext4 mkfs.ext4 -q -L LINUX
  head -c 4096000 /dev/urandom | dd of="$1" bs=512 seek=70000 conv=notrunc status=none
  put_files "$1" $((90000 * 512)) $((30000 * 512)) ntfs mkntfs -F -q -L WINDOWS
}

set_disk_gpt() {
  truncate -s 0 "$1"; truncate -s 64M "$1"
  sgdisk -n 1:2048:+10M -t 1:ef00 -c 1:'EFI system' -n 2:0:+2M -t 2:ef02 -n 5:30720:+20M -t 5:8300 -c 5:'Daten äöü' -A 5:set:2 \
    "$1" >"$work/out" 2>&1 || bad "sgdisk makes a GPT"
  put_files "$1" 1048576 10485760 vfat mkfs.fat -n ESP
  put_files "$1" $((30720 * 512)) 20971520 ext4 mkfs.ext4 -q -L ROOT
  head -c 2097152 /dev/urandom | dd of="$1" bs=512 seek=22528 conv=notrunc status=none
}

check_disk_sets() {
  has sfdisk && has sgdisk && has mkfs.ext4 && has mkfs.fat && has mkntfs && has mcopy && [ "$(id -u)" = 0 ] \
    || { skip disk_sets "needs root, sfdisk, sgdisk, mkfs.ext4, mkfs.fat, mtools and mkntfs"; return; }
  local disk=$work/disk.img set=$work/set back=$work/back.img kind loop large small
  for kind in mbr gpt hybrid; do
    rm -rf "$disk" "$set" "$back"
    if [ $kind = hybrid ]; then set_disk_gpt "$disk"; sgdisk -h 1:5 "$disk" >"$work/out" 2>&1; else set_disk_$kind "$disk"; fi
    expect 0 "$kind: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$set" --parallel 2
    expect 0 "$kind: verify-set" "$imaging" verify-set --set-dir "$set"
    expect 0 "$kind: restore-set to a file" "$imaging" restore-set --set-dir "$set" --out-raw "$back" --verify
    that "$kind: the same table" test "$(table_of "$disk")" = "$(table_of "$back")"
    expect 0 "$kind: backup-disk of all blocks" "$imaging" backup-disk --device "$disk" --out-dir "$set.all" --all-blocks --unpartitioned all
    expect 0 "$kind: restore-set" "$imaging" restore-set --set-dir "$set.all" --out-raw "$back.all"
    that "$kind: all of the disk is the same" cmp "$disk" "$back.all"
    rm -rf "$set.all" "$back.all"
    that "$kind: mmls sees the same" test "$(mmls "$disk" 2>&1)" = "$(mmls "$back" 2>&1)"
    that "$kind: table and boot loader, all in front of the first partition, are the same" cmp -n $([ $kind = mbr ] && echo 32256 || echo 1048576) "$disk" "$back"
    if [ $kind = mbr ]; then
      that "mbr: an unknown partition is the same" cmp -i $((70000 * 512)) -n $((8000 * 512)) "$disk" "$back"
      that "mbr: FAT files" test "$(file_hashes "$disk" 32256 vfat)" = "$(file_hashes "$back" 32256 vfat)"
      that "mbr: ext4 files" test "$(file_hashes "$disk" $((26624 * 512)) ext4 ,noload)" = "$(file_hashes "$back" $((26624 * 512)) ext4 ,noload)"
      that "mbr: there are such files" test "$(file_hashes "$back" $((26624 * 512)) ext4 ,noload | wc -l)" = 3
    else
      that "$kind: sgdisk -v finds nothing" sh -c "sgdisk -v '$back' | grep -q 'No problems found'"
      that "$kind: the last MiB is the same" cmp -i $((63 * 1048576)) "$disk" "$back"
      that "$kind: ext4 files" test "$(file_hashes "$disk" $((30720 * 512)) ext4 ,noload)" = "$(file_hashes "$back" $((30720 * 512)) ext4 ,noload)"
    fi
  done
  rm -f "$back"

  # onto block devices: as large, larger, smaller
  truncate -s 64M "$work/same.img"; truncate -s 100M "$work/large.img"; truncate -s 48M "$work/small.img"; truncate -s 30M "$work/tiny.img"
  loop=$(attach "$work/same.img") && large=$(attach "$work/large.img") && small=$(attach "$work/small.img") \
    || { skip disk_sets "no loop devices"; return; }
  loops+=("$loop" "$large" "$small")
  rm -rf "$set"; set_disk_gpt "$disk"
  expect 0 "gpt: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$set"
  expect 6 "a block device needs --force" "$imaging" restore-set --set-dir "$set" --device "$loop"
  expect 0 "restore to a block device" "$imaging" restore-physical --set-dir "$set" --device "$loop" --force --verify
  says "it says how the system learns of the partitions" "blockdev --rereadpt"
  that "it has the same table" test "$(table_of "$disk")" = "$(table_of "$loop")"
  that "sgdisk -v finds nothing" sh -c "sgdisk -v '$loop' | grep -q 'No problems found'"
  sgdisk -Z "$large" >/dev/null 2>&1; sgdisk -n 1:0:0 "$large" >/dev/null 2>&1
  expect 0 "restore to a larger one" "$imaging" restore-set --set-dir "$set" --device "$large" --force --verify
  says "it says that the backup moves" "goes to the end"
  that "larger: sgdisk -v finds nothing" sh -c "sgdisk -v '$large' | grep -q 'No problems found'"
  that "larger: the same table" test "$(table_of "$disk")" = "$(table_of "$large")"
  that "larger: the protective MBR covers the disk" test "$(od -An -tu4 -j458 -N4 "$large" | tr -d ' ')" = 204799
  expect 0 "restore to a smaller one with room for the partitions" "$imaging" restore-set --set-dir "$set" --device "$small" --force --verify
  that "smaller: sgdisk -v finds nothing" sh -c "sgdisk -v '$small' | grep -q 'No problems found'"
  that "smaller: ext4 files" test "$(file_hashes "$disk" $((30720 * 512)) ext4 ,noload)" = "$(file_hashes "$work/small.img" $((30720 * 512)) ext4 ,noload)"
  losetup -d "$small"; small=$(attach "$work/tiny.img"); loops+=("$small")
  expect 6 "a smaller one without room is refused" "$imaging" restore-set --set-dir "$set" --device "$small" --force
  says "it says what stands in the way" "bytes stand in the way"
  that "it is not touched" cmp -n 31457280 "$work/tiny.img" /dev/zero

  # one partition to its place, and to a file
  dd if=/dev/urandom of="$loop" bs=512 seek=30720 count=4096 conv=notrunc status=none
  expect 0 "one partition to its place" "$imaging" restore-set --set-dir "$set" --device "$loop" --partition 5 --force --verify
  that "its files are back" test "$(file_hashes "$disk" $((30720 * 512)) ext4 ,noload)" = "$(file_hashes "$work/same.img" $((30720 * 512)) ext4 ,noload)"
  that "the table is untouched" test "$(table_of "$disk")" = "$(table_of "$loop")"
  expect 0 "one partition to a file" "$imaging" restore-set --set-dir "$set" --out-raw "$back" --partition 2
  that "it is the partition" cmp -i 11534336:0 -n 2097152 "$disk" "$back"
  expect 6 "one partition to a disk without it" "$imaging" restore-set --set-dir "$set" --device "$small" --partition 5 --force
  expect 3 "a partition that the set does not have" "$imaging" restore-set --set-dir "$set" --out-raw "$work/n.raw" --partition 4
  says "those it has" "it has 1, 2, 5"

  # a mounted partition makes the whole disk a refused target
  mkdir -p "$work/mnt"
  if mount -t ext4 -o ro,noload,loop,offset=$((30720 * 512)) "$loop" "$work/mnt"; then
    expect 6 "a disk with a mounted partition is refused" "$imaging" restore-set --set-dir "$set" --device "$loop" --force
    says "it names the mount point" "$work/mnt"
    umount "$work/mnt"
  else
    skip disk_sets "a partition of a loop device cannot be mounted"
  fi
  # partitions as the system has them; not every kernel reads the tables of loop devices
  if has addpart && addpart "$loop" 5 30720 40960 2>"$work/out"; then
    "$imaging" list >"$work/list" 2>&1
    that "list: a partition has the type the table says, and its file system" grep -E "${loop}p5 .*Linux file system +ext4 +ROOT" "$work/list"
    if [ -b "${loop}p5" ] && mount -t ext4 -o ro,noload "${loop}p5" "$work/mnt"; then
      "$imaging" list >"$work/list" 2>&1
      that "list: it says where it is mounted" grep -F "${loop}p5" "$work/list"
      says "... it does" "$work/mnt"
      expect 6 "a set in a folder on the disk itself" "$imaging" backup-disk --device "$loop" --out-dir "$work/mnt/set"
      says "... is refused with the reason" "lies on the disk that is backed up"
      umount "$work/mnt"
    fi
    delpart "$loop" 5
  else
    skip disk_sets "addpart cannot tell the system of a partition"
  fi
  local number
  number=$("$imaging" list --json | python3 -c 'import json, sys; print([d["disk"] for d in json.load(sys.stdin)["devices"] if d["reference"] == sys.argv[1]][0])' "$loop")
  expect 0 "a disk by its number: $number" "$imaging" dump-pt --disk "$number" --out "$work/pt.bin" --bytes 64K
  that "dump-pt copies the beginning" cmp -n 65536 "$loop" "$work/pt.bin"
  that "it has the length asked for" test "$(stat -c %s "$work/pt.bin")" = 65536
  blockdev --setro "$loop" 2>/dev/null
  expect 6 "a write-protected disk is refused" "$imaging" restore-set --set-dir "$set" --device "$loop" --force
  blockdev --setrw "$loop" 2>/dev/null # a loop device keeps it for its next file
  losetup -d "$loop" "$large" "$small"
  rm -rf "$set" "$work/set2" "$work/pt.bin" "$work/list"; clean
}

# A whole disk in one image: used blocks of its partitions, and all that a set keeps outside them
check_whole_disks() {
  has sfdisk && has sgdisk && has mkfs.ext4 && has mkfs.fat && has mkntfs && has mcopy && [ "$(id -u)" = 0 ] \
    || { skip whole_disks "needs root, sfdisk, sgdisk, mkfs.ext4, mkfs.fat, mtools and mkntfs"; return; }
  local disk=$work/disk.img image=$work/disk.skzimg back=$work/back.raw part=$work/part.raw kind start number
  for kind in mbr gpt; do
    rm -f "$disk" "$image" "$back"; set_disk_$kind "$disk"
    if [ $kind = mbr ]; then
      head -c 4096000 /dev/urandom >"$work/swap.img"; mkswap -q -L swapped "$work/swap.img"
      dd if="$work/swap.img" of="$disk" bs=512 seek=70000 conv=notrunc status=none
    fi
    expect 0 "$kind: one image of the disk" "$imaging" image --device "$disk" --out "$image"
    says "$kind: used blocks only" "as told by allocator partitions"
    [ $kind = gpt ] || says "mbr: the content of swap is left out" "#6 swap space"
    that "$kind: less is in use than the disk has" test "$("$imaging" info --in "$image" --json 2>/dev/null | jq '.usedBytes < .deviceLength')" = true
    # what is not restored is not zeros, so that it would be missed
    head -c 67108864 /dev/urandom >"$back"
    expect 0 "$kind: it is restored" "$imaging" restore --in "$image" --device "$back" --force --verify
    that "$kind: the same table" test "$(table_of "$disk")" = "$(table_of "$back")"
    that "$kind: all in front of the first partition is the same" cmp -n $([ $kind = mbr ] && echo 32256 || echo 1048576) "$disk" "$back"
    that "$kind: the last MiB is the same" cmp -i $((63 * 1048576)) "$disk" "$back"
    if [ $kind = mbr ]; then
      start=$((26624 * 512)); number=5
      dd if="$back" of="$work/swap-back.img" bs=512 skip=70000 count=8000 status=none
      that "mbr: swap has its label and UUID" test "$(blkid -p -o export "$work/swap.img" | tail -n +2)" = "$(blkid -p -o export "$work/swap-back.img" | tail -n +2)"
      that "mbr: and nothing of what was paged out" cmp -n 4091904 -i 4096:0 "$work/swap-back.img" /dev/zero
      "$imaging" image --device "$disk#6" --out "$work/kept.skzimg" --keep-all-files >"$work/out" 2>&1
      zstd -dqf "$work/kept.skzimg" -o "$work/swap-back.img"
      that "mbr: --keep-all-files keeps that" cmp -n 4096000 "$work/swap.img" "$work/swap-back.img"
      that "mbr: FAT files" test "$(file_hashes "$disk" 32256 vfat)" = "$(file_hashes "$back" 32256 vfat)"
      that "mbr: NTFS files" test "$(file_hashes "$disk" $((90000 * 512)) ntfs-3g)" = "$(file_hashes "$back" $((90000 * 512)) ntfs-3g)"
      that "mbr: there are such files" test "$(file_hashes "$back" $((90000 * 512)) ntfs-3g | wc -l)" = 3
    else
      start=$((30720 * 512)); number=5
      that "gpt: sgdisk -v finds nothing" sh -c "sgdisk -v '$back' | grep -q 'No problems found'"
    fi
    that "$kind: ext4 files" test "$(file_hashes "$disk" $start ext4 ,noload)" = "$(file_hashes "$back" $start ext4 ,noload)"
    "$imaging" info --in "$image" >"$work/said" 2>&1
    that "$kind: info lists the partitions" grep -qE "disk.skzimg#$number .* ext4" "$work/said"
    expect 0 "$kind: files of a partition are listed" "$imaging" ls --in "$image#$number" /folder
    says "$kind: they are there" "LICENSE"
    rm -f "$part"
    expect 0 "$kind: a partition is restored to a file" "$imaging" restore --in "$image#$number" --device "$part" --verify
    that "$kind: e2fsck finds nothing" e2fsck -fn "$part"
    that "$kind: its files are the same" test "$(file_hashes "$part" 0 ext4 ,noload)" = "$(file_hashes "$disk" $start ext4 ,noload)"
    expect 0 "$kind: a partition is exported" "$imaging" export-raw --in "$image#$number" --out "$work/exported.raw" --force
    that "$kind: it is the same" cmp "$part" "$work/exported.raw"
    expect 0 "$kind: a partition becomes a virtual disk" "$imaging" export-qcow2 --in "$image#$number" --out "$work/part.qcow2" --force
    that "$kind: qemu reads the same" qemu-img compare -f qcow2 -F raw "$work/part.qcow2" "$part"
    expect 0 "$kind: a partition is verified" "$imaging" verify --in "$image#$number"
    says "$kind: it is said that it is a part" "the image as a whole"
    zstd -dqf "$image" -o "$work/stock.raw"; rm -f "$back"
    expect 0 "$kind: restored to a new file" "$imaging" restore --in "$image" --device "$back"
    that "$kind: zstd -d gives the same disk" cmp "$work/stock.raw" "$back"
    expect 3 "$kind: no such partition" "$imaging" restore --in "$image#77" --device "$work/none.raw"
    that "$kind: nothing is left of that" test ! -e "$work/none.raw"
  done
  rm -f "$work/part.qcow2"
}

check_set_troubles() {
  has sgdisk && has mkfs.ext4 && has mkfs.fat && has mcopy && [ "$(id -u)" = 0 ] || { skip set_troubles "needs root, sgdisk, mkfs.ext4, mkfs.fat and mtools"; return; }
  local disk=$work/disk.img set=$work/set back=$work/back.img loop other job
  set_disk_gpt "$disk"
  head -c 12000000 /dev/urandom | dd of="$disk" bs=512 seek=22528 count=4096 iflag=fullblock conv=notrunc status=none

  # killed midway: no set, and resumed
  "$imaging" backup-disk --device "$disk" --out-dir "$set" --max-throughput 2M >"$work/out" 2>&1 &
  job=$!
  for _ in $(seq 200); do [ -e "$set/part02.skzimg" ] && break; sleep 0.1; done
  kill -KILL $job 2>/dev/null; wait $job 2>/dev/null
  that "killed after two partitions: there is no manifest" test -e "$set/part02.skzimg" -a ! -e "$set/backup.manifest.json"
  expect 3 "that is no set" "$imaging" verify-set --set-dir "$set"
  says "it says so" "no complete backup set"
  expect 3 "nor can it be restored" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
  expect 6 "it is not written over" "$imaging" backup-disk --device "$disk" --out-dir "$set"
  expect 0 "resume" "$imaging" backup-disk --device "$disk" --out-dir "$set" --resume --verify
  says "what was finished is kept" "2 partitions that an earlier run finished"
  expect 0 "restore" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
  that "all is there" cmp "$disk" "$back"
  expect 0 "resume of a complete set" "$imaging" backup-disk --device "$disk" --out-dir "$set" --resume
  says "it says so" "already complete"
  cp "$set/backup.manifest.json" "$work/manifest"
  sed -i 's/"StartingOffset" : 11534336/"StartingOffset" : 11535360/' "$set/backup.manifest.json"
  that "the manifest was changed" test "$(cmp -l "$work/manifest" "$set/backup.manifest.json" | wc -l)" = 3
  expect 5 "a manifest that was changed is refused" "$imaging" restore-set --set-dir "$set" --out-raw "$work/n.raw"
  says "with the reason" "was changed since it was written"
  mv "$work/manifest" "$set/backup.manifest.json"
  sed -i 's/"part02.skzimg"/"..\/part02.skzimg"/; s/"ManifestSha256" : "[0-9a-f]*"/"ManifestSha256" : null/' "$set/backup.manifest.json"
  expect 5 "a manifest that names a file outside the folder is refused" "$imaging" restore-set --set-dir "$set" --out-raw "$work/n.raw"
  says "... which it names" "may not name others"
  rm -rf "$set" "$back"

  # bad sectors, one in a partition and one in front of the first
  if faulty_disks set_troubles; then
    cp "$disk" "$work/bad.img"
    printf '%s\n' '0x0 + 1' '0 51200 +' '51200 512 -' '51712 11611648 +' '11663360 1024 -' "11664384 $((67108864 - 11664384)) +" >"$work/bad.map"
    if plug_in --filter=ddrescue -- ddrescue-mapfile="$work/bad.map"; then
      expect 3 "a bad sector ends a backup" "$imaging" backup-disk --device "$work/bad/disk" --out-dir "$set" --retries 0
      expect 7 "bad sectors are recorded" "$imaging" backup-disk --device "$work/bad/disk" --out-dir "$set" --retries 0 --on-read-error record --resume
      says "it says how many bytes" "1536 bytes"
      expect 0 "verify-set takes it" "$imaging" verify-set --set-dir "$set"
      says "and tells of them" "1536 bytes of the disk could not be read"
      expect 0 "restore" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
      that "just these sectors are lost" only_bad_sectors_lost "$back"
    else
      bad "nbdfuse"
    fi
    unplug
  fi
  rm -rf "$set" "$back" "$work/bad.img" "$work/expected.img"

  # sectors of 4096 bytes
  truncate -s 0 "$disk"; truncate -s 64M "$disk"; truncate -s 80M "$work/other.img"
  if loop=$(attach --sector-size 4096 "$disk" 2>/dev/null) && other=$(attach --sector-size 4096 "$work/other.img"); then
    loops+=("$loop" "$other")
    sgdisk -n 1:256:+20M -t 1:8300 "$loop" >"$work/out" 2>&1; head -c 5M /dev/urandom | dd of="$loop" bs=1M seek=1 conv=notrunc status=none
    expect 0 "sectors of 4096 bytes: backup-disk" "$imaging" backup-disk --device "$loop" --out-dir "$set"
    expect 0 "sectors of 4096 bytes: restore to a larger disk" "$imaging" restore-set --set-dir "$set" --device "$other" --force --verify
    that "sgdisk -v finds nothing" sh -c "sgdisk -v '$other' | grep -q 'No problems found'"
    that "the partition is the same" cmp -i 1048576 -n 20971520 "$loop" "$other"
    losetup -d "$other"; other=$(attach "$work/other.img"); loops+=("$other")
    expect 6 "a disk with other sectors is refused" "$imaging" restore-set --set-dir "$set" --device "$other" --force
    says "with the reason" "sectors of 512 bytes"
    losetup -d "$loop" "$other"
  else
    skip set_troubles "no loop device with sectors of 4096 bytes"
  fi
  rm -rf "$set"

  # a set of the C# tool
  cp -r "$fixtures/backup-set" "$set"; chmod -R u+w "$set"
  zstd -dq --long=27 --rm "$set"/*.zst
  expect 0 "verify-set of a set of the C# tool" "$imaging" verify-set --set-dir "$set"
  expect 0 "restore-set of it" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
  that "it is what that tool restores" test "$(sha "$back")" = "$(field backup-set restoredSha256)"
  rm -rf "$set"; clean
}

check_odd_disks() {
  has sfdisk && has mkfs.ext4 && has debugfs || { skip odd_disks "needs sfdisk, mkfs.ext4 and debugfs"; return; }
  local disk=$work/disk.img set=$work/set back=$work/back.img what
  # what a table does not list is kept: a second extended partition, a second entry of an extended boot record
  for what in extended entry; do
    rm -rf "$disk" "$set" "$back"; head -c 48M /dev/urandom >"$disk"; head -c 1M /dev/zero | dd of="$disk" conv=notrunc status=none
    printf '%s\n' 'label: dos' 'start=2048, size=4096, type=83' 'start=8192, size=40000, type=5' 'start=10240, size=8192, type=83' \
      | sfdisk -q "$disk" >"$work/out" 2>&1 || bad "sfdisk makes an MBR"
    python3 - "$disk" $what <<'END'
import struct, sys
disk = open(sys.argv[1], "r+b")
def entry(sector, index, type, start, count):
    disk.seek(sector * 512 + 446 + 16 * index); disk.write(struct.pack("<B3sB3sII", 0, b"", type, b"", start, count))
if sys.argv[2] == "extended":
    entry(0, 2, 5, 60000, 30000)
    disk.seek(60000 * 512); disk.write(bytes(510) + b"\x55\xaa")
    entry(60000, 0, 0x83, 2048, 20000)
else:
    entry(8192, 2, 0x83, 30000, 10000)
END
    expect 0 "$what: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$set"
    expect 0 "$what: restore-set" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
    if [ $what = extended ]; then
      that "extended: the partition in it is the same" cmp -i $((62048 * 512)) -n $((20000 * 512)) "$disk" "$back"
    else
      that "entry: its partition is the same" cmp -i $((38192 * 512)) -n $((10000 * 512)) "$disk" "$back"
    fi
  done
  # a file system on the whole disk, with a boot loader in front of it
  rm -rf "$disk" "$set" "$back"; truncate -s 48M "$disk"; mkfs.ext4 -q "$disk"
  head -c 30M /dev/urandom >"$work/file"
  # debugfs takes no names with spaces, and the folder may have one
  (cd "$work" && debugfs -w -R "write file file" disk.img) >"$work/out" 2>&1
  head -c 440 /dev/urandom | dd of="$disk" conv=notrunc status=none
  printf '\x55\xaa' | dd of="$disk" bs=1 seek=510 conv=notrunc status=none
  expect 0 "a boot loader and a file system: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$set"
  says "it is taken as one volume" "it is taken as one volume"
  expect 0 "restore-set" "$imaging" restore-set --set-dir "$set" --out-raw "$back"
  (cd "$work" && debugfs -R "dump file file.back" back.img) >"$work/out" 2>&1
  that "its file is the same" cmp "$work/file" "$work/file.back"
  that "e2fsck finds nothing" e2fsck -fn "$back"
  rm -rf "$set" "$work/file" "$work/file.back"; clean
}

# restored_same WHAT [OPTION...]: backs $work/disk.img up, verifies and restores it; all of it must be the same
restored_same() {
  local what=$1; shift
  rm -rf "$work/set" "$work/back.img"
  expect 0 "$what: backup-disk" "$imaging" backup-disk --device "$work/disk.img" --out-dir "$work/set" "$@"
  cp "$work/out" "$work/said"
  expect 0 "$what: verify-set" "$imaging" verify-set --set-dir "$work/set"
  expect 0 "$what: restore-set" "$imaging" restore-set --set-dir "$work/set" --out-raw "$work/back.img"
  that "$what: every byte is the same" cmp "$work/disk.img" "$work/back.img"
}

said() { if grep -qF -- "$2" "$work/said"; then ok "$1"; else cp "$work/said" "$work/out"; bad "$1: not said: $2"; fi; }

# put_entries FILE: reads lines "sector index type start count" and writes them as entries of boot records
put_entries() {
  python3 -c '
import struct, sys
with open(sys.argv[1], "r+b") as disk:
    for line in sys.stdin:
        sector, index, kind, start, count = (int(word, 0) for word in line.split())
        disk.seek(sector * 512 + 446 + 16 * index)
        disk.write(struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", kind, b"\xfe\xff\xff", start, count))
        disk.seek(sector * 512 + 510)
        disk.write(b"\x55\xaa")' "$1"
}

check_kept_disks() {
  has sfdisk && has sgdisk && has mke2fs && has mkfs.fat && has mcopy || { skip kept_disks "needs sfdisk, sgdisk, mke2fs, mkfs.fat and mtools"; return; }
  local disk=$work/disk.img back=$work/back.img
  # fdisk puts the boot record of a logical partition into what is free before it, be that inside of another partition
  rm -f "$disk"; truncate -s 40M "$disk"
  mke2fs -q -F -t ext4 -b 1024 -E offset=$((4096 * 512)) "$disk" 16384 2>/dev/null
  mke2fs -q -F -t ext4 -b 1024 -E offset=$((40960 * 512)) "$disk" 10240 2>/dev/null
  put_entries "$disk" <<'END'
0 0 5 2048 79872
2048 0 0x83 2048 32768
2048 1 5 33952 25440
36000 0 0x83 4960 20480
END
  restored_same "a boot record in another partition"
  said "... it is said" "partition 5 holds a part of the partition table"
  that "... sfdisk finds partition 6" sh -c "sfdisk -d '$back' | grep -q 'start= *40960'"

  # what isohybrid and xorriso leave: an entry of type 0 over all, the EFI image inside of it
  head -c 40M /dev/urandom >"$disk"; dd if=/dev/zero of="$disk" bs=1024 count=1 conv=notrunc status=none
  printf '%s\n' '0 0 0 0 81920' '0 1 0xef 452 8192' | put_entries "$disk"
  restored_same "an entry of type 0 over all"
  said "... it is said" "all blocks of the disk are taken, in one image"
  expect 0 "... list shows it" "$imaging" list --device "$disk"
  says "... with what contradicts" "contradiction: "

  # a boot record without partitions, an empty GPT, a protective entry without a GPT
  head -c 40M /dev/urandom >"$disk"; dd if=/dev/zero of="$disk" bs=512 count=1 conv=notrunc status=none
  printf '\x55\xaa' | dd of="$disk" bs=1 seek=510 conv=notrunc status=none
  restored_same "a boot record without partitions"
  head -c 40M /dev/urandom >"$disk"; sgdisk -o "$disk" >/dev/null 2>&1
  restored_same "an empty GPT over old content"
  head -c 40M /dev/urandom >"$disk"; dd if=/dev/zero of="$disk" bs=512 count=40 conv=notrunc status=none
  echo '0 0 0xee 1 81919' | put_entries "$disk"
  restored_same "a protective entry without a GPT"

  # FAT32 without a jump instruction, as some firmware makes it, and with four tables
  local kind
  for kind in jump tables; do
    head -c 60M /dev/urandom >"$disk"; mkfs.fat -F 32 -s 1 -f $([ $kind = tables ] && echo 4 || echo 2) "$disk" >/dev/null
    head -c 20M /dev/urandom >"$work/file"; MTOOLS_SKIP_CHECK=1 mcopy -i "$disk" "$work/file" ::/file
    [ $kind = tables ] || printf '\0\0\0' | dd of="$disk" conv=notrunc bs=1 status=none
    rm -rf "$work/set" "$back"
    expect 0 "FAT32 with odd $kind: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set"
    expect 0 "FAT32 with odd $kind: restore-set" "$imaging" restore-set --set-dir "$work/set" --out-raw "$back"
    MTOOLS_SKIP_CHECK=1 mcopy -n -o -i "$back" ::/file "$work/file.back" >"$work/out" 2>&1
    that "FAT32 with odd $kind: its file is the same" cmp "$work/file" "$work/file.back"
  done
  rm -f "$work/file" "$work/file.back"

  # a disk with sectors of 4096 bytes as a raw file
  rm -f "$disk"; truncate -s 64M "$disk"
  mke2fs -q -F -t ext4 -E offset=$((8 << 20)) "$disk" 20M 2>/dev/null
  echo '0 0 0x83 2048 5120' | put_entries "$disk"
  rm -rf "$work/set"
  expect 0 "sectors of 4096 bytes: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set"
  says "... it says so" "counts in sectors of 4096 bytes"
  says "... it knows the file system" "ext4"
  rm -rf "$work/set"
  expect 0 "sectors as asked for" "$imaging" backup-disk --device "$disk" --out-dir "$work/set" --sector-size 512
  says "... partition 1 is at another place" " 1048576 "
  expect 0 "... list as asked for" "$imaging" list --device "$disk" --sector-size 512
  says "... with the partition at another place" " 1048576 "
  expect 0 "... image of the partition" "$imaging" image --device "$disk#1" --out "$work/p.skzimg" --sector-size 512
  expect 0 "... info" "$imaging" info --in "$work/p.skzimg"
  says "... has the length in such sectors" "2.5 MiB"
  rm -f "$work/p.skzimg"
  expect 1 "sectors of another size are refused" "$imaging" backup-disk --device "$disk" --out-dir "$work/set2" --sector-size 1024

  # large free space: zeros, then something, then a file system at no MiB
  rm -rf "$disk" "$back" "$work/set"; truncate -s 1300M "$disk"; sgdisk -n 1:2048:4095 "$disk" >/dev/null 2>&1
  expect 0 "large free space: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set"
  says "... it says that it is zeros" "they hold zeros only"
  says "... and the summary how many" "in no partition, zeros only"
  expect 0 "... restore-set" "$imaging" restore-set --set-dir "$work/set" --out-raw "$back"
  that "... all is the same" cmp "$disk" "$back"; rm -rf "$back" "$work/set"
  dd if=/dev/urandom of="$disk" bs=1M seek=700 count=1 conv=notrunc status=none
  expect 0 "something in it: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set" --progress json
  cp "$work/out" "$work/said"
  that "... JSON says how much is left out, and that it is not zeros" python3 -c '
import json, sys
left = [each for each in (json.loads(line) for line in open(sys.argv[1]) if line.startswith("{")) if "leftOutBytes" in each][-1]
assert left["leftOutBytes"] == 1296 << 20 and left["leftOut"][0]["content"] == "data", left' "$work/said"
  rm -rf "$work/set"
  mke2fs -q -F -t ext4 -b 1024 -E offset=$(((700 << 20) + 63 * 512)) "$disk" 10240 2>/dev/null
  expect 0 "a file system in it: backup-disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set"
  says "... it is kept" "are kept: they hold ext4 at byte $(((700 << 20) + 63 * 512))"
  expect 0 "... verify-set" "$imaging" verify-set --set-dir "$work/set"
  rm -rf "$work/set"
  expect 0 "ends alone" "$imaging" backup-disk --device "$disk" --out-dir "$work/set" --unpartitioned ends
  says "... that is said" "they were not looked at"
  rm -rf "$work/set"; clean
}

# Holes of a raw file are zeros, which nobody needs to read.
check_sparse_source() {
  has sfdisk || { skip sparse_source "needs sfdisk"; return; }
  # bytes_read: what the last command says that it read
  bytes_read() { sed -n 's/^ *read .*(\([0-9]*\) bytes)$/\1/p' "$work/out"; }
  truncate -s 600M "$work/v.img"; printf x | dd of="$work/v.img" bs=1 seek=500M conv=notrunc status=none
  expect 0 "a sparse file with all blocks" "$imaging" image --all-blocks --device "$work/v.img" --out "$work/s.skzimg"
  that "its holes are not read: $(bytes_read) bytes are" test "$(bytes_read)" -le $((160 << 20))
  expect 0 "restore" "$imaging" restore --in "$work/s.skzimg" --device "$work/s.raw"
  that "it is the same" cmp "$work/v.img" "$work/s.raw"
  printf 'label: gpt\nstart=2048,size=20480\n' | sfdisk -q "$work/v.img"
  expect 0 "a sparse disk" "$imaging" backup-disk --device "$work/v.img" --out-dir "$work/sparse-set"
  that "holes in its unpartitioned space are not read: $(bytes_read) bytes are" test "$(bytes_read)" -le $((160 << 20))
  rm -f "$work/s.raw"
  expect 0 "restore-set" "$imaging" restore-set --set-dir "$work/sparse-set" --device "$work/s.raw"
  that "it is the same" cmp "$work/v.img" "$work/s.raw"
  rm -rf "$work/sparse-set"
  clean
}
