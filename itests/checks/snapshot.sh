# Checks of snapshots, sourced by run.

# sharing TYPE: mounts a new file system of that type, which shares blocks between files, on $work/mnt
sharing() {
  local type=$1
  mkdir -p "$work/mnt"; rm -f "$work/fs.img"; truncate -s 400M "$work/fs.img"
  "mkfs.$type" -q "$work/fs.img" >/dev/null && mount_rw -o loop "$work/fs.img" "$work/mnt"
}

# Image files that are written to while they are imaged, on each file system that can freeze them.
check_snapshot() {
  local type disk=$work/mnt/disk.raw moment pid left
  [ "$(id -u)" = 0 ] || { skip snapshot "only root can mount file systems"; return; }
  fixture disk-gpt
  for type in btrfs xfs; do
    has mkfs.$type || { skip "snapshot on $type" "mkfs.$type is not installed"; continue; }
    sharing $type >"$work/out" 2>&1 || { bad "$type cannot be mounted"; continue; }
    head -c 24M /dev/urandom >"$disk"; moment=$(sha "$disk")
    "$imaging" image --device "$disk" --out "$work/live.skzimg" --all-blocks --frame-size 64K --max-throughput 12M --snapshot >"$work/log" 2>&1 &
    pid=$!
    for _ in $(seq 600); do grep -q "is frozen as of" "$work/log" && break; sleep 0.05; done
    # from its end to its begin, so that it is met
    for at in $(seq 23 -1 0); do head -c 64K /dev/urandom | dd of="$disk" bs=64K seek=$((at * 16)) conv=notrunc status=none; done
    that "$type: the job was not through when the file had been written to" kill -0 $pid
    wait $pid
    that "$type: a file that is written to is imaged" test $? = 0
    that "$type: nothing of the snapshot is left" test "$(ls "$work/mnt")" = disk.raw
    that "$type: the file is another one by now" test "$(sha "$disk")" != "$moment"
    expect 0 "$type: restore" "$imaging" restore --in "$work/live.skzimg" --device "$work/l.raw"
    that "$type: the image holds the moment in which the file was frozen" test "$(sha "$work/l.raw")" = "$moment"
    # killed: the next run takes away what it left, and continues after a full comparison
    head -c 24M /dev/zero | tr '\0' 'a' >"$disk"
    "$imaging" image --device "$disk" --out "$work/k.skzimg" --frame-size 1M --max-throughput 4M --snapshot >"$work/out" 2>&1 &
    pid=$!
    for _ in $(seq 600); do [ "$(stat -c %s "$work/k.skzimg.partial" 2>/dev/null || echo 0)" -gt 1000 ] && break; sleep 0.05; done
    kill -KILL $pid; wait $pid 2>/dev/null
    left=$(ls "$work/mnt" | grep -c 'disk.raw.snapshot-')
    that "$type: a killed job leaves its snapshot" test "$left" = 1
    expect 1 "$type: another moment is not resumed unseen" "$imaging" image --device "$disk" --out "$work/k.skzimg" --snapshot --resume
    that "$type: the next job takes it away" test "$(ls "$work/mnt")" = disk.raw
    expect 0 "$type: but after all of it was compared" "$imaging" image --device "$disk" --out "$work/k.skzimg" --snapshot --resume --resume-check full
    rm -f "$work/k.raw"
    expect 0 "$type: restore" "$imaging" restore --in "$work/k.skzimg" --device "$work/k.raw"
    that "$type: the same bytes" cmp "$disk" "$work/k.raw"
    cp "$work/disk-gpt.img" "$disk"
    expect 0 "$type: a whole disk" "$imaging" backup-disk --device "$disk" --out-dir "$work/set" --snapshot
    that "$type: it is frozen once" test "$(grep -c 'is frozen as of' "$work/out")" = 1
    expect 0 "$type: the set is sound" "$imaging" verify-set --set-dir "$work/set"
    expect 0 "$type: one partition of it" "$imaging" image --device "$disk#1" --out "$work/p.skzimg" --snapshot
    that "$type: nothing of the snapshots is left" test "$(ls "$work/mnt")" = disk.raw
    umount "$work/mnt"; rm -rf "$work/set" "$work/fs.img"; rm -f "$work"/*.skzimg* "$work"/?.raw
  done
  mkdir -p "$work/mnt"; rm -f "$work/fs.img"; truncate -s 64M "$work/fs.img"; mkfs.ext4 -q "$work/fs.img"
  if mount_rw -o loop "$work/fs.img" "$work/mnt" >"$work/out" 2>&1; then
    head -c 4M /dev/urandom >"$disk"
    expect 3 "ext4 freezes nothing" "$imaging" image --device "$disk" --out "$work/e.skzimg" --snapshot
    says "... it says so" "cannot be cloned"
    says "... and what to do" "leave out --snapshot"
    that "... and leaves nothing" test "$(ls "$work/mnt" | grep -vc 'lost+found')" = 1 -a ! -e "$work/e.skzimg" -a ! -e "$work/e.skzimg.partial"
    umount "$work/mnt"
  else
    bad "ext4 cannot be mounted"
  fi
  clean
}
