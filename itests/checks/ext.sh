# Checks of ext2, ext3 and ext4, sourced by run. Need e2fsprogs; root for volumes that the kernel writes to.

# ext_files SOURCE VOLUME: every file of SOURCE is in VOLUME as it was, as debugfs (not the kernel) reads it
ext_files() {
  local source=$1 volume=$2
  rm -rf "$work/dump"; mkdir "$work/dump"
  debugfs -R "rdump / \"$work/dump\"" "$volume" >/dev/null 2>&1
  (cd "$source" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/files.before"
  (cd "$work/dump" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/files.after"
  rm -rf "$work/dump"
  [ -s "$work/files.before" ] && cmp "$work/files.before" "$work/files.after"
}

# ext_round_trip WHAT VOLUME: the image has what dumpe2fs calls used and what lies behind; the restored volume is clean
ext_round_trip() {
  local what=$1 volume=$2 size count free tail used
  dumpe2fs -h "$volume" >"$work/dumpe2fs" 2>/dev/null
  size=$(sed -n 's/^Block size: *//p' "$work/dumpe2fs")
  count=$(sed -n 's/^Block count: *//p' "$work/dumpe2fs")
  free=$(sed -n 's/^Free blocks: *//p' "$work/dumpe2fs")
  tail=$(($(stat -c %s "$volume") - count * size))
  expect 0 "$what: image" "$imaging" image --device "$volume" --out "$work/v.skzimg" --force
  says "$what: told by allocator ext" "allocator ext:"
  "$imaging" info --json --in "$work/v.skzimg" >"$work/info.json" 2>/dev/null
  used=$(tr -d ' \n' <"$work/info.json" | grep -oE '"usedBytes":[0-9]+' | head -1 | cut -d: -f2)
  that "$what: $used bytes imaged, $((count - free)) blocks of $size and $tail bytes behind them in use" \
    test "$used" = $(((count - free) * size + tail))
  rm -f "$work/r.raw"
  expect 0 "$what: restore" "$imaging" restore --in "$work/v.skzimg" --device "$work/r.raw"
  expect 0 "$what: e2fsck -fn finds the restored volume clean" e2fsck -fn "$work/r.raw"
}

# Volumes of the shapes mke2fs makes: block size, then its options, then the size. Every sixth of them, or all with
# THOROUGH=1.
check_ext() {
  has mke2fs && has debugfs && has dumpe2fs && has e2fsck || { skip ext "e2fsprogs is not installed"; return; }
  local d=$work/ext.d shape options
  mkdir -p "$d/in a folder/deep"
  cp -r "$root/docs" "$d/"
  head -c 3000001 /dev/urandom >"$d/in a folder/random"; : >"$d/empty"; head -c 200000 /dev/zero >"$d/zeros"
  for shape in $(seq 60); do head -c $((shape * 997)) /dev/urandom >"$d/in a folder/deep/$shape"; done
  local shapes=(
    "-t ext2 -b 1024|40M" "-t ext2 -b 2048|40M" "-t ext2 -b 4096|40M" "-t ext2 -r 0 -b 1024|40M"
    "-t ext2 -b 1024 -O ^sparse_super,^resize_inode|100M" "-t ext3 -b 1024|60M" "-t ext3 -b 2048|60M"
    "-t ext3 -b 4096 -O ^resize_inode|300M" "-t ext4 -b 1024|81925K" "-t ext4 -b 2048|80M" "-t ext4 -b 4096|400M"
    "-t ext4 -b 65536|600M" "-t ext4 -b 32768|400M" "-t ext4 -b 1024 -O ^64bit|80M" "-t ext4 -b 4096 -O ^64bit|300M"
    "-t ext4 -b 1024 -O meta_bg,^resize_inode|600M" "-t ext4 -b 4096 -O meta_bg,^resize_inode,^flex_bg|300M"
    "-t ext4 -b 1024 -O meta_bg,^resize_inode,^64bit,^sparse_super|300M" "-t ext4 -b 4096 -O ^flex_bg|400M"
    "-t ext4 -b 1024 -O ^flex_bg,uninit_bg,^metadata_csum|200M" "-t ext4 -b 4096 -G 1|400M"
    "-t ext4 -b 1024 -G 64 -E packed_meta_blocks=1|300M" "-t ext4 -b 4096 -O bigalloc -C 16384|400M"
    "-t ext4 -b 4096 -O bigalloc -C 65536|401M" "-t ext4 -b 1024 -O bigalloc -C 16384|200M"
    "-t ext4 -b 4096 -O bigalloc,^metadata_csum,uninit_bg -C 16384|3G" "-t ext4 -b 4096 -O sparse_super2|1G"
    "-t ext4 -b 1024 -O sparse_super2 -E num_backup_sb=1|100M" "-t ext4 -b 4096 -O uninit_bg,^metadata_csum|500M"
    "-t ext4 -b 4096 -O ^uninit_bg,^metadata_csum|300M" "-t ext4 -b 4096 -O metadata_csum_seed|300M"
    "-t ext4 -b 4096 -O ^has_journal|300M" "-t ext4 -b 4096 -O mmp,ea_inode,large_dir,encrypt,casefold|300M"
    "-t ext4 -O stable_inodes,verity,fast_commit|200M" "-t ext4 -b 4096 -g 2048 -O orphan_file|200M" "-t ext4 -b 1024 -J location=50M|100M" "-t ext4 -b 4096|20G")
  local number=0
  for shape in "${shapes[@]}"; do
    number=$((number + 1))
    [ "${THOROUGH:-}" = 1 ] || [ $((number % 6)) = 1 ] || continue
    options=${shape%|*}
    truncate -s 0 "$work/v.img"; truncate -s "${shape#*|}" "$work/v.img"
    # word by word, as options are
    # shellcheck disable=SC2086
    if ! mke2fs -q -F $options -L "läbel" -d "$d" "$work/v.img" >"$work/out" 2>&1; then bad "mke2fs $options"; continue; fi
    debugfs -w -R "rm zeros" "$work/v.img" >/dev/null 2>&1
    mv "$d/zeros" "$work/zeros"
    ext_round_trip "mke2fs $shape" "$work/v.img"
    that "mke2fs $shape: every file of the restored volume has its hash" ext_files "$d" "$work/r.raw"
    mv "$work/zeros" "$d/zeros"
    rm -f "$work/r.raw"
  done
  rm -rf "$d"; clean
}

# Volumes the kernel has written to: unmounted, resized, and copied while their journal was not replayed.
check_ext_mounted() {
  [ "$(id -u)" = 0 ] && has mke2fs && has resize2fs || { skip ext_mounted "needs root and e2fsprogs"; return; }
  local d=$work/ext.d type used used_in_place
  mkdir -p "$work/mnt" "$d"
  for type in ext2 ext3 ext4; do
    [ "${THOROUGH:-}" = 1 ] || [ $type != ext3 ] || continue
    truncate -s 0 "$work/v.img"; truncate -s 300M "$work/v.img"
    mke2fs -q -F -t $type "$work/v.img"
    mount_rw -o loop "$work/v.img" "$work/mnt" 2>"$work/out" || { skip ext_mounted "this kernel mounts no $type"; continue; }
    cp -r "$root/docs" "$root/bench" "$work/mnt/"
    head -c 30M /dev/urandom >"$work/mnt/random"; cp "$work/mnt/random" "$work/mnt/gone"; sync "$work/mnt/gone"
    rm "$work/mnt/gone"
    rm -rf "$d"; cp -r "$work/mnt" "$d"
    umount "$work/mnt"
    ext_round_trip "$type written by the kernel" "$work/v.img"
    that "$type written by the kernel: every file has its hash" ext_files "$d" "$work/r.raw"
    truncate -s 3G "$work/v.img"
    e2fsck -fy "$work/v.img" >/dev/null 2>&1; resize2fs "$work/v.img" >/dev/null 2>&1
    ext_round_trip "$type made larger by resize2fs" "$work/v.img"
    e2fsck -fy "$work/v.img" >/dev/null 2>&1; resize2fs "$work/v.img" 200M >/dev/null 2>&1
    ext_round_trip "$type made smaller by resize2fs" "$work/v.img"
    that "$type made smaller by resize2fs: every file has its hash" ext_files "$d" "$work/r.raw"
  done
  for type in ext3 ext4 "ext4 -b 1024" "ext4 -O ^64bit,^metadata_csum,uninit_bg" "ext4 -O ^extents,^64bit"; do
    [ "${THOROUGH:-}" = 1 ] || [ "${type#* -O}" = "$type" ] || continue
    truncate -s 0 "$work/v.img"; truncate -s 300M "$work/v.img"
    # shellcheck disable=SC2086
    mke2fs -q -F -t $type "$work/v.img"
    mount_rw -o loop,commit=600 "$work/v.img" "$work/mnt" 2>"$work/out" || { skip ext_mounted "this kernel mounts no $type"; continue; }
    head -c 30M /dev/urandom >"$work/mnt/first"; sync "$work/mnt/first"
    mkdir "$work/mnt/docs"; cp -r "$root/docs/." "$work/mnt/docs/"; sync -f "$work/mnt"
    head -c 40M /dev/urandom >"$work/mnt/second"; sync "$work/mnt/second"
    cp --sparse=always "$work/v.img" "$work/dirty.img"
    rm -rf "$d"; cp -r "$work/mnt" "$d"
    umount "$work/mnt"
    that "$type copied while mounted: needs recovery" sh -c "dumpe2fs -h '$work/dirty.img' 2>&1 | grep -q needs_recovery"
    expect 0 "$type copied while mounted: image" "$imaging" image --device "$work/dirty.img" --out "$work/v.skzimg" --force
    says "$type copied while mounted: the user is told" "needs recovery"
    says "$type copied while mounted: only what is in use is taken" "allocator ext:"
    "$imaging" info --json --in "$work/v.skzimg" >"$work/info.json" 2>/dev/null
    used=$(tr -d ' \n' <"$work/info.json" | grep -oE '"usedBytes":[0-9]+' | head -1 | cut -d: -f2)
    that "$type copied while mounted: free blocks are not in the image" test "$used" -lt 200000000
    dumpe2fs "$work/dirty.img" 2>/dev/null | sed -n 's/^  Free blocks: //p' | tr -d ' ' | tr ',' '\n' |
      awk -F- 'NF == 1 { free++ } NF == 2 { free += $2 - $1 + 1 } END { print free }' >"$work/free"
    used_in_place=$((300 * 1048576 - $(cat "$work/free") * $(dumpe2fs -h "$work/dirty.img" 2>/dev/null | sed -n 's/^Block size: *//p')))
    that "$type copied while mounted: 40 MiB are in use by the journal alone ($used bytes, by the bitmaps $used_in_place)" \
      test $((used - used_in_place)) -ge 41943040
    rm -f "$work/r.raw"
    expect 0 "$type copied while mounted: restore" "$imaging" restore --in "$work/v.skzimg" --device "$work/r.raw"
    e2fsck -fp "$work/r.raw" >"$work/out" 2>&1
    expect 0 "$type copied while mounted: clean once the journal was replayed" e2fsck -fn "$work/r.raw"
    that "$type copied while mounted: every file has its hash" ext_files "$d" "$work/r.raw"
  done
  for type in "ext4 -b 4096" "ext4 -b 1024 -O meta_bg,^resize_inode"; do
    truncate -s 0 "$work/v.img"; truncate -s 2G "$work/v.img"
    # shellcheck disable=SC2086
    mke2fs -q -F -t $type "$work/v.img" 300M
    mount_rw -o loop "$work/v.img" "$work/mnt" 2>"$work/out" || { skip ext_mounted "this kernel mounts no $type"; continue; }
    head -c 30M /dev/urandom >"$work/mnt/first"
    if ! resize2fs "$(findmnt -no SOURCE "$work/mnt")" >"$work/out" 2>&1; then
      # containers lack the right to (CAP_SYS_RESOURCE)
      say "note    $type is not grown while it is mounted: $(grep -o 'Permission denied.*' "$work/out")"
      umount "$work/mnt"; continue
    fi
    head -c 30M /dev/urandom >"$work/mnt/second"
    rm -rf "$d"; cp -r "$work/mnt" "$d"
    umount "$work/mnt"
    ext_round_trip "$type grown while it was mounted" "$work/v.img"
    that "$type grown while it was mounted: every file has its hash" ext_files "$d" "$work/r.raw"
  done
  truncate -s 100M "$work/v.img"; mke2fs -q -F -t ext2 "$work/v.img"; debugfs -w -R "ssv state 0" "$work/v.img" >/dev/null 2>&1
  expect 0 "ext2 not unmounted in order: image" "$imaging" image --device "$work/v.img" --out "$work/v.skzimg" --force
  says "ext2 not unmounted in order: the user is told" "not unmounted in order"
  rm -rf "$d"; clean
}
