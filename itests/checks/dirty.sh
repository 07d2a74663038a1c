# Checks of volumes that are not in order: dirty, hibernated, with errors or a journal that waits, and with bitmaps that lag
# behind. Need e2fsprogs, ntfs-3g, sleuthkit, dosfstools, mtools and python3; no root.

# forget_bitmap VOLUME BLOCK_SIZE BLOCK...: nothing is in use according to these blocks
forget_bitmap() {
  local volume=$1 size=$2 block; shift 2
  for block in "$@"; do dd if=/dev/zero of="$volume" bs="$size" seek="$block" count=1 conv=notrunc status=none; done
}

# ext_forget VOLUME: all its block bitmaps say that nothing is in use
ext_forget() {
  local size
  size=$(dumpe2fs -h "$1" 2>/dev/null | sed -n 's/^Block size: *//p')
  # shellcheck disable=SC2046 # one word for each block
  forget_bitmap "$1" "$size" $(dumpe2fs "$1" 2>/dev/null | sed -n 's/.*Block bitmap at \([0-9]*\).*/\1/p')
}

# ntfs_edit VOLUME FLAGS KEEP: sets the flags of $Volume; with KEEP=no the bitmap says that nothing is in use
ntfs_edit() {
  python3 - "$@" <<'P'
import struct, sys
name, flags, keep = sys.argv[1], int(sys.argv[2], 0), sys.argv[3]
data = bytearray(open(name, 'rb').read())
cluster = struct.unpack_from('<H', data, 11)[0] * data[13]
size = struct.unpack_from('<b', data, 64)[0]
size = size * cluster if size > 0 else 1 << -size
mft = struct.unpack_from('<Q', data, 48)[0] * cluster
def attributes(record):
    at = record + struct.unpack_from('<H', data, record + 20)[0]
    while struct.unpack_from('<I', data, at)[0] != 0xffffffff:
        kind, length = struct.unpack_from('<II', data, at)
        yield kind, at
        at += length
for kind, at in attributes(mft + 3 * size):
    if kind == 0x70:
        struct.pack_into('<H', data, at + struct.unpack_from('<H', data, at + 20)[0] + 10, flags)
for kind, at in attributes(mft + 6 * size):
    if kind == 0x80 and data[at + 8] and keep == 'no':
        run = at + struct.unpack_from('<H', data, at + 32)[0]
        lcn = 0
        while data[run]:
            a, b = data[run] & 15, data[run] >> 4
            count = int.from_bytes(data[run + 1:run + 1 + a], 'little')
            lcn += int.from_bytes(data[run + 1 + a:run + 1 + a + b], 'little', signed=True)
            data[lcn * cluster:(lcn + count) * cluster] = bytes(count * cluster)
            run += 1 + a + b
open(name, 'wb').write(data)
P
}

# ntfs_tree VOLUME FOLDER: all files of the volume, as the Sleuth Kit reads them
ntfs_tree() { rm -rf "$2"; mkdir "$2"; tsk_recover -a -f ntfs "$1" "$2" >/dev/null 2>&1; hashes "$2"; }

# same_files: there are files in $work/files.before, and $work/files.after has the same
same_files() { [ -s "$work/files.before" ] && cmp "$work/files.before" "$work/files.after"; }

# fact NAME: a fact of $work/v.skzimg
fact() {
  "$imaging" info --json --in "$work/v.skzimg" 2>/dev/null | python3 -c '
import json, sys; print(json.load(sys.stdin)["metadata"].get(sys.argv[1], ""))' "$1"
}

# dirty_image WHAT VOLUME CONDITIONS BASIS: images and restores a volume; its image says what was not in order
dirty_image() {
  local what=$1 volume=$2
  rm -f "$work/r.raw"
  expect 0 "$what: image" "$imaging" image --device "$volume" --out "$work/v.skzimg" --force
  if [ -n "$3" ]; then says "$what: the summary has the state" "volume state    $3"; fi
  that "$what: the image has the fact \"$3\"" test "$(fact fileSystem.state)" = "$3"
  that "$what: taken from: \"$4\"" test "$(fact allocation.basis)" = "$4"
  expect 0 "$what: restore" "$imaging" restore --in "$work/v.skzimg" --device "$work/r.raw"
}

# ext_forgotten WHAT CONDITIONS DEBUGFS-COMMAND MKE2FS-OPTION...: a volume that debugfs changed and whose bitmaps forgot all
ext_forgotten() {
  local what=$1 conditions=$2 change=$3 volume=$work/dirty.img; shift 3
  rm -f "$volume"; truncate -s 60M "$volume"
  mke2fs -q -F "$@" -d "$work/dirty.d" "$volume" 2>"$work/out" || { bad "$what: mke2fs"; return; }
  debugfs -w -R "$change" "$volume" >/dev/null 2>&1
  ext_forget "$volume"
  dirty_image "$what" "$volume" "$conditions" union
  # debugfs does not open a volume whose bitmaps do not have their checksums
  e2fsck -fy "$work/r.raw" >/dev/null 2>&1
  that "$what: all files are in the restored volume" ext_files "$work/dirty.d" "$work/r.raw"
}

check_dirty_ext() {
  has mke2fs && has debugfs && has dumpe2fs && has e2fsck || { skip dirty_ext "e2fsprogs is not installed"; return; }
  local source=$work/dirty.d volume=$work/dirty.img shape number all=0
  mkdir -p "$source/folder"
  head -c 5000001 /dev/urandom >"$source/random"; head -c 60000 /dev/urandom >"$source/folder/small"
  ln -s folder/small "$source/short"; ln -s "$(printf 'x%.0s' $(seq 100))" "$source/long"
  for number in $(seq 40); do head -c $((number * 997)) /dev/urandom >"$source/folder/$number"; done
  for shape in "-t ext2 -b 1024" "-t ext2 -b 4096 -r 0" "-t ext3 -b 2048" "-t ext4 -b 4096 -O bigalloc -C 16384" \
      "-t ext4 -b 1024" "-t ext4 -b 1024 -O ^has_journal,uninit_bg,^metadata_csum" "-t ext4 -b 4096 -O inline_data,ea_inode" \
      "-t ext4 -b 2048 -O ^extents,^64bit"; do
    # every third of them, or all with THOROUGH=1
    all=$((all + 1)); [ "${THOROUGH:-}" = 1 ] || [ $((all % 3)) = 1 ] || continue
    # shellcheck disable=SC2086 # several options
    ext_forgotten "$shape, dirty" dirty "ssv state 0" $shape
  done
  ext_forgotten "with errors" errors "ssv state 3" -t ext4
  ext_forgotten "journal not replayed" journal-pending "feature needs_recovery" -t ext4 -b 1024
  # the journal cannot be told
  rm -f "$volume"; truncate -s 60M "$volume"; mke2fs -q -F -t ext4 -O ^has_journal -d "$source" "$volume"
  debugfs -w -R "feature needs_recovery" "$volume" >/dev/null 2>&1
  dirty_image "no journal where one is needed" "$volume" journal-pending all-blocks
  that "no journal where one is needed: the restored volume is the same" cmp "$volume" "$work/r.raw"
  # an inode that cannot be followed
  rm -f "$volume"; truncate -s 60M "$volume"; mke2fs -q -F -t ext2 -b 1024 -d "$source" "$volume"
  debugfs -w -R "ssv state 0" "$volume" 2>/dev/null
  debugfs -w -R "sif /random block[IND] 4000000" "$volume" 2>/dev/null
  dirty_image "torn inode" "$volume" dirty all-blocks
  that "torn inode: the reason is a fact" test -n "$(fact allocation.contradiction)"
  that "torn inode: the restored volume is the same" cmp "$volume" "$work/r.raw"
}

check_dirty_ntfs() {
  has mkntfs && has ntfscp && has tsk_recover && has python3 || { skip dirty_ntfs "ntfs-3g, sleuthkit or python3 is not installed"; return; }
  local name volume=$work/dirty.img
  for name in $(cd "$fixtures" && ls ntfs-*.json); do
    name=${name%.json}
    [ "${THOROUGH:-}" = 1 ] || [ "$name" = ntfs-c4096 ] || [ "$name" = ntfs-s4096 ] || continue
    fixture "$name"; mv "$work/$name.img" "$volume"
    ntfs_tree "$volume" "$work/tree" >"$work/files.before"
    dirty_image "$name in order" "$volume" "" ""
    ntfs_edit "$volume" 0x1 no
    dirty_image "$name, dirty" "$volume" dirty union
    ntfs_tree "$work/r.raw" "$work/tree" >"$work/files.after"
    that "$name, dirty: all files are in the restored volume" same_files
  done
  rm -f "$volume"; truncate -s 30M "$volume"; mkntfs -q -F -f "$volume" >/dev/null 2>&1
  { printf HIBR; head -c 1000000 /dev/urandom; } >"$work/sleep"
  ntfscp -q "$volume" "$work/sleep" hiberfil.sys
  ntfs_tree "$volume" "$work/tree" >"$work/files.before"
  ntfs_edit "$volume" 0x0 no
  dirty_image "hibernated" "$volume" hibernated union
  ntfs_tree "$work/r.raw" "$work/tree" >"$work/files.after"
  that "hibernated: all files are in the restored volume" same_files
  ntfs_edit "$volume" 0x4004 yes
  dirty_image "upgrade and chkdsk due" "$volume" "check-pending, hibernated" union
}

check_dirty_fat() {
  has mkfs.fat && has mcopy && has python3 || { skip dirty_fat "dosfstools, mtools or python3 is not installed"; return; }
  local bits volume=$work/dirty.img used
  head -c 700000 /dev/urandom >"$work/f"
  for bits in "12 4M 37" "16 30M 37" "32 70M 65"; do
    set -- $bits
    rm -f "$volume"; truncate -s "$2" "$volume"; mkfs.fat -F "$1" "$volume" >/dev/null
    mmd -i "$volume" ::d; mcopy -i "$volume" "$work/f" ::d/f
    dirty_image "FAT$1 in order" "$volume" "" ""
    used=$("$imaging" info --json --in "$work/v.skzimg" 2>/dev/null | tr -d ' \n' | grep -oE '"usedBytes":[0-9]+')
    printf '\001' | dd of="$volume" bs=1 seek="$3" conv=notrunc status=none
    dirty_image "FAT$1, dirty" "$volume" dirty union
    "$imaging" info --json --in "$work/v.skzimg" >"$work/info.json" 2>/dev/null
    that "FAT$1, dirty: as much as in order" grep -q "$used" <(tr -d ' \n' <"$work/info.json")
    # a chain that breaks off in both FATs: what follows it may lie in clusters that are free there
    python3 - "$volume" "$1" <<'P'
import struct, sys
name, bits = sys.argv[1], int(sys.argv[2])
data = bytearray(open(name, 'rb').read())
sector, reserved = struct.unpack_from('<H', data, 11)[0], struct.unpack_from('<H', data, 14)[0]
length = struct.unpack_from('<H', data, 22)[0] or struct.unpack_from('<I', data, 36)[0]
for fat in range(data[16]):
    at = (reserved + fat * length) * sector + 20 * bits // 8
    data[at:at + 12] = bytes(12)
open(name, 'wb').write(data)
P
    dirty_image "FAT$1, a chain breaks off" "$volume" dirty all-blocks
    that "FAT$1, a chain breaks off: the restored volume is the same" cmp "$volume" "$work/r.raw"
  done
}
