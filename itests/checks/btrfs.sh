# Checks of btrfs, sourced by run. Need btrfs-progs and root; the kernel writes to the volumes and mounts what was restored.

btrfs_can() {
  modprobe btrfs 2>/dev/null
  if [ "$(id -u)" = 0 ] && has mkfs.btrfs && has btrfs && has python3 && losetup -f >/dev/null 2>&1 && grep -qw btrfs /proc/filesystems; then
    return 0
  fi
  skip "$1" "needs root, btrfs-progs, python3, loop devices and a kernel with btrfs"
  return 1
}

# btrfs_attach [OPTION] FILE...: loop devices over the files into the array nodes, known to the kernel
btrfs_attach() {
  local file option=
  [ "$1" != -r ] || { option=-r; shift; }
  nodes=()
  for file; do nodes+=("$(attach $option "$file")"); loops+=("${nodes[-1]}"); done
  btrfs device scan "${nodes[@]}" >/dev/null 2>&1
}
btrfs_detach() { local node; for node in "${nodes[@]}"; do btrfs device scan -u "$node" >/dev/null 2>&1; losetup -d "$node"; done; nodes=(); }

btrfs_hashes() { (cd "$work/mnt" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

# btrfs_write: files in $work/mnt that are fragmented, shared and in a snapshot
btrfs_write() {
  local i
  cp -r "$root/docs" "$work/mnt/"
  for i in $(seq 80); do head -c $((i * 9973)) /dev/urandom >"$work/mnt/a $i"; done
  sync -f "$work/mnt"
  for i in $(seq 1 2 80); do rm "$work/mnt/a $i"; done
  sync -f "$work/mnt"
  btrfs -q subvolume snapshot -r "$work/mnt" "$work/mnt/snapshot"
  cp --reflink=always "$work/mnt/a 80" "$work/mnt/shared"
  head -c 3000000 /dev/urandom >"$work/mnt/refilled"; head -c 1000000 /dev/zero >"$work/mnt/zeros"; : >"$work/mnt/empty"
  for i in $(seq 200); do head -c $((i * 31)) /dev/urandom >"$work/mnt/b $i"; done
}

# btrfs_make OPTIONS SIZE COUNT [MOUNT-OPTIONS]: $work/v1.img to vCOUNT.img, written to, and their hashes
btrfs_make() {
  local i files=()
  rm -f "$work"/v?.img
  for i in $(seq "$3"); do truncate -s "$2" "$work/v$i.img"; files+=("$work/v$i.img"); done
  btrfs_attach "${files[@]}"
  # word by word, as options are
  # shellcheck disable=SC2086
  mkfs.btrfs -q -f -L "läbel" $1 "${nodes[@]}" >"$work/out" 2>&1 || { bad "mkfs.btrfs $1"; btrfs_detach; return 1; }
  btrfs device scan "${nodes[@]}" >/dev/null 2>&1
  mount -o "noatime${4:+,$4}" "${nodes[0]}" "$work/mnt" 2>"$work/out" || { bad "mount $1"; btrfs_detach; return 1; }
  "${fill:-btrfs_write}"
  sync -f "$work/mnt"
  btrfs_hashes >"$work/files.before"
  umount "$work/mnt"
  btrfs_detach
}

used_in_image() { "$imaging" info --json --in "$1" 2>/dev/null | tr -d ' \n' | grep -oE '"usedBytes":[0-9]+' | head -1 | cut -d: -f2; }

# btrfs_round_trip WHAT FILE...: images of all devices of a file system hold what btrfs-progs call used; restored over bytes of
# 0xFF it is in order, and each file has its hash
btrfs_round_trip() {
  local what=$1 file number=0 id told size; shift
  btrfs_attach -r "$@"
  for file; do
    number=$((number + 1)) size=$(stat -c %s "$file")
    id=$(btrfs inspect-internal dump-super "$file" | sed -n 's/^dev_item.devid[^0-9]*//p')
    "$root/itests/checks/btrfs-used" "$id" "${nodes[@]}" | awk -v end="$size" '$1 < end { sum += $2 - $1 } END { print sum }' >"$work/told$number"
  done
  btrfs_detach
  number=0
  for file; do
    number=$((number + 1)) told=$(cat "$work/told$number") size=$(stat -c %s "$file")
    expect 0 "$what: image of device $number" "$imaging" image --device "$file" --out "$work/v.skzimg" --force
    cp "$work/out" "$work/said"
    if grep -q 'allocator btrfs:' "$work/said" && ! grep -q 'all bytes of chunks' "$work/said"; then
      id=$(used_in_image "$work/v.skzimg")
      that "$what: $id bytes of device $number imaged, $told in use" test "$id" = "$told"
    else
      that "$what: device $number has not all of the trees, more is taken and said" \
        grep -qE 'all bytes of chunks|imaging all blocks' "$work/said"
    fi
    head -c "$size" /dev/zero | tr '\0' '\377' >"$work/r$number.raw"
    btrfs_attach "$work/r$number.raw"
    expect 0 "$what: restore of device $number" "$imaging" restore --in "$work/v.skzimg" --device "${nodes[0]}" --force
    btrfs_detach
  done
  btrfs_attach "$work"/r?.raw
  expect 0 "$what: btrfs check --check-data-csum" btrfs check --check-data-csum "${nodes[0]}"
  if mount "${nodes[0]}" "$work/mnt" 2>"$work/out"; then
    btrfs_hashes >"$work/files.after"
    that "$what: every file has its hash" cmp "$work/files.before" "$work/files.after"
    if [ -n "${scrub:-}" ]; then
      expect 0 "$what: btrfs scrub" btrfs scrub start -B "$work/mnt"
      says "$what: no copy of anything is missing" "no errors found"
    fi
    umount "$work/mnt"
  else
    bad "$what: mount of what was restored"
  fi
  btrfs_detach
  rm -f "$work"/r?.raw "$work"/v.skzimg*
}

# btrfs_shape OPTIONS SIZE COUNT [MOUNT-OPTIONS]
btrfs_shape() {
  mkdir -p "$work/mnt"
  btrfs_make "$@" && btrfs_round_trip "mkfs.btrfs $1 ($3 x $2${4:+, $4})" "$work"/v?.img
  rm -f "$work"/v?.img
}

# btrfs_unreplayed OPTIONS: copied after fsync, before the next transaction; what a log has is in the image
btrfs_unreplayed() {
  local loop
  mkdir -p "$work/mnt"
  truncate -s 0 "$work/v.img"; truncate -s 300M "$work/v.img"
  # shellcheck disable=SC2086
  mkfs.btrfs -q -f $1 "$work/v.img" >/dev/null 2>&1
  mount_rw -o loop,commit=900 "$work/v.img" "$work/mnt" 2>"$work/out" || { bad "log $1: mount"; return; }
  btrfs_write
  sync -f "$work/mnt"
  head -c 5000000 /dev/urandom >"$work/mnt/logged"; sync "$work/mnt/logged"
  rm "$work/mnt/b 3"; head -c 70000 /dev/urandom >>"$work/mnt/b 5"; sync "$work/mnt/b 5"
  (cd "$work/mnt" && sha256sum logged "b 5" "a 2" >"$work/files.before")
  cp --sparse=always "$work/v.img" "$work/log.img"
  umount "$work/mnt"
  that "log $1: there is one" sh -c "btrfs inspect-internal dump-super '$work/log.img' | grep -qE '^log_root[[:space:]]+[1-9]'"
  expect 0 "log $1: image" "$imaging" image --device "$work/log.img" --out "$work/v.skzimg" --force
  says "log $1: the user is told" "has a log that was not replayed"
  says "log $1: only what is in use is taken" "allocator btrfs:"
  that "log $1: free blocks are not in the image" test "$(used_in_image "$work/v.skzimg")" -lt 150000000
  head -c 300M /dev/zero | tr '\0' '\377' >"$work/r.raw"
  loop=$(attach "$work/r.raw"); loops+=("$loop")
  expect 0 "log $1: restore" "$imaging" restore --in "$work/v.skzimg" --device "$loop" --force
  if mount "$loop" "$work/mnt" 2>"$work/out"; then
    that "log $1: what was synced is there" sh -c "cd '$work/mnt' && sha256sum -c '$work/files.before'"
    umount "$work/mnt"
    expect 0 "log $1: btrfs check after the log was replayed" btrfs check --check-data-csum "$loop"
  else
    bad "log $1: mount of what was restored"
  fi
  losetup -d "$loop"
  clean
}

check_btrfs() {
  btrfs_can btrfs || return
  local nodes=()
  btrfs_shape "-d raid0 -m raid1 --csum blake2" 150M 2
  btrfs_unreplayed "-M --csum xxhash"
  clean
}

# All that mkfs.btrfs offers, and volumes that are full, empty, torn or cut off.
check_btrfs_all() {
  btrfs_can btrfs_all || return
  local nodes=() scrub=1 shape i j before after
  for shape in "" "--csum crc32c -n 4096" "--csum xxhash -n 8192" "--csum sha256 -n 32768" "--csum blake2 -n 65536" "-M -n 4096" \
    "-M -d dup -m dup -n 4096" "-d dup -m dup" "-d single -m single" "-R ^free-space-tree" "-O ^no-holes" "-O ^skinny-metadata" \
    "-O ^extref,^no-holes,^skinny-metadata -R ^free-space-tree" "-R quota"; do
    btrfs_shape "$shape" 400M 1
  done
  for shape in zstd lzo zlib; do btrfs_shape "" 400M 1 "compress-force=$shape"; done
  btrfs_shape "-d raid1 -m raid1" 300M 2; btrfs_shape "-d raid0 -m raid0" 300M 2; btrfs_shape "-d single -m dup" 300M 2
  btrfs_shape "-d raid1 -m raid1" 300M 3; btrfs_shape "-d raid1c3 -m raid1c3" 300M 3; btrfs_shape "-d raid10 -m raid1c4" 300M 4
  btrfs_shape "-d raid10 -m raid10" 300M 4; btrfs_shape "-d raid5 -m raid1c3" 300M 3; btrfs_shape "-d raid6 -m raid1c4" 300M 4
  btrfs_shape "-d raid5 -m raid5" 400M 3
  fill=: btrfs_shape "" 300M 1
  btrfs_full() { btrfs_write; head -c 2G /dev/urandom >"$work/mnt/all that fits" 2>/dev/null || true; }
  fill=btrfs_full btrfs_shape "" 300M 1; fill=btrfs_full btrfs_shape "-M -n 4096" 100M 1
  for shape in "" "-M" "-d dup --csum sha256" "-R ^free-space-tree --csum xxhash" "-n 4096 --csum blake2"; do btrfs_unreplayed "$shape"; done

  # another UUID than nodes have
  btrfs_make "" 300M 1 && btrfstune -f -m "$work/v1.img" >"$work/out" 2>&1 && btrfs_round_trip "btrfstune -m" "$work/v1.img"
  rm -f "$work/v1.img"; truncate -s 300M "$work/v1.img"; mkfs.btrfs -q "$work/v1.img" >/dev/null 2>&1
  btrfstune -f -S 1 "$work/v1.img" >"$work/out" 2>&1
  expect 0 "a seed: image" "$imaging" image --device "$work/v1.img" --out "$work/v.skzimg" --force
  says "a seed: all blocks, and why" "is a seed of other file systems"
  btrfstune -f -S 0 "$work/v1.img" >"$work/out" 2>&1
  truncate -s 299M "$work/v1.img"
  expect 0 "cut off: image" "$imaging" image --device "$work/v1.img" --out "$work/v.skzimg" --force
  says "cut off: all blocks" "imaging all blocks"

  # made of ext4: what was its free space is data of a file
  if has btrfs-convert && has mke2fs; then
    truncate -s 0 "$work/v1.img"; truncate -s 500M "$work/v1.img"
    mke2fs -q -F -t ext4 -b 4096 -d "$root/docs" "$work/v1.img" && btrfs-convert --no-progress "$work/v1.img" >"$work/out" 2>&1
    btrfs_attach "$work/v1.img"; mount -o ro "${nodes[0]}" "$work/mnt"; btrfs_hashes >"$work/files.before"; umount "$work/mnt"; btrfs_detach
    btrfs_round_trip "btrfs-convert" "$work/v1.img"
  fi

  # copied while it is written to: whatever is taken of it, the restored volume is judged as the copy is
  truncate -s 0 "$work/v.img"; truncate -s 300M "$work/v.img"; mkfs.btrfs -q -f "$work/v.img" >/dev/null 2>&1
  mount_rw -o loop,commit=1 "$work/v.img" "$work/mnt"
  for i in 1 2 3 4 5 6; do
    (for j in $(seq 300); do head -c $((j * 577)) /dev/urandom >"$work/mnt/$i $j"; [ $((j % 5)) != 0 ] || sync -f "$work/mnt"; rm -f "$work/mnt/$i $((j - 7))"; done) &
    sleep 0.$i
    cp --sparse=always "$work/v.img" "$work/torn.img"
    wait $!
    btrfs check "$work/torn.img" >/dev/null 2>&1; before=$?
    expect 0 "torn copy $i: image" "$imaging" image --device "$work/torn.img" --out "$work/v.skzimg" --force
    rm -f "$work/r.raw"
    expect 0 "torn copy $i: restore" "$imaging" restore --in "$work/v.skzimg" --device "$work/r.raw"
    btrfs check "$work/r.raw" >/dev/null 2>&1; after=$?
    that "torn copy $i: btrfs check ends with $after, for the copy with $before" test $before = $after
  done
  umount "$work/mnt"
  rmdir "$work/mnt"; clean
}
