# Checks of targets that fail while an image is written, sourced by run. faulty-fs tells what each fault is.

# target_fault MODE: what the target does from now on
target_fault() { printf '%s\n' "$1" >"$work/control"; }

check_target_troubles() {
  [ "$(id -u)" = 0 ] && [ -e /dev/fuse ] && has python3 || { skip target_troubles "needs root, /dev/fuse and python3 with fusepy"; return; }
  local folder=$work/behind mnt=$work/mnt code fault started log=$work/faulty.log
  mkdir -p "$folder" "$mnt"
  rm -f "$work/control"
  "$root/itests/checks/faulty-fs" "$folder" "$mnt" "$work/control" >"$log" 2>&1 &
  local server=$!
  for _ in $(seq 50); do mountpoint -q "$mnt" && break; sleep 0.1; done
  mountpoint -q "$mnt" || { wait $server; skip target_troubles "$(tail -1 "$log")"; return; }
  head -c 24M /dev/urandom >"$work/v.raw"; yes "some text that compresses" | head -c 24M >>"$work/v.raw"
  export SOURCE_DATE_EPOCH=1700000000
  local job=("$imaging" image --device "$work/v.raw" --frame-size 256K --chunk-size 4M)
  "${job[@]}" --out "$work/whole.skzimg" >/dev/null 2>&1

  # what passes: the job continues by itself and the image is the same
  for fault in "stall for 2" "delay 20 for 3" "eio-write for 1" "eio-read for 1" "eio-fsync for 1" "away for 2" "gone for 2"; do
    target_fault "after 9000000 $fault"
    expect 0 "target: $fault" "${job[@]}" --out "$mnt/i.skzimg" --max-throughput 30M
    target_fault ok
    that "target: $fault: the image is the same" cmp "$work/whole.skzimg" "$mnt/i.skzimg"
    that "target: $fault: nothing else is left" test "$(ls -A "$folder")" = i.skzimg
    rm -f "$mnt"/*
  done

  # what does not pass: a clear end, and what is there is resumed
  for fault in "gone" "away" "eio-write" "eio-fsync" "enospc" "edquot" "erofs"; do
    target_fault "after 9000000 $fault"
    started=$(date +%s)
    expect 6 "target: $fault for good: exit code 6" "${job[@]}" --out "$mnt/i.skzimg" --retry-target 2s
    says "target: $fault for good: says how to continue" "--resume"
    that "target: $fault for good: within 20 seconds" test $(($(date +%s) - started)) -le 20
    target_fault ok
    that "target: $fault for good: no image of that name" test ! -e "$mnt/i.skzimg" -a -s "$mnt/i.skzimg.partial"
    expect 0 "target: $fault is over: resume" "${job[@]}" --out "$mnt/i.skzimg" --resume
    says "target: $fault is over: what was there is kept" "are kept"
    that "target: $fault is over: the image is the same" cmp "$work/whole.skzimg" "$mnt/i.skzimg"
    rm -f "$mnt"/*
  done
  unset SOURCE_DATE_EPOCH
  umount "$mnt"; wait $server 2>/dev/null
  rm -rf "$folder"; clean
}

# blocks FILE: kilobytes that the file takes up
blocks() { echo $(($(stat -c '%b * %B / 1024' "$1"))); }

check_discard() {
  [ "$(id -u)" = 0 ] && has losetup && has mkfs.ext4 && has python3 && losetup -f >/dev/null 2>&1 || { skip discard "needs root, loop devices, mkfs.ext4 and python3"; return; }
  local sectors option target taken used noexec holder
  mkdir "$work/files"; head -c 8M /dev/urandom >"$work/files/content"
  truncate -s 64M "$work/v.raw"; mkfs.ext4 -q -F -b 4096 -d "$work/files" "$work/v.raw"
  expect 0 "discard: image of a volume" "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg"
  zstd -dqf "$work/i.skzimg" -o "$work/z.raw"
  used=$(($("$imaging" info --in "$work/i.skzimg" | sed -n 's/^ *usedBytes *//p') / 1024))
  for sectors in 512 4096; do
    for option in --discard --zero-free "--discard --zero-free"; do
      head -c 64M /dev/urandom >"$work/t.raw"
      target=$(attach -b $sectors "$work/t.raw"); loops+=("$target")
      expect 0 "sectors of $sectors: restore $option" "$imaging" restore --in "$work/i.skzimg" --device "$target" --force --verify $option
      says "... says what was given back" "given back"
      sync "$work/t.raw"
      taken=$(blocks "$work/t.raw")
      that "... the file behind the device shrank to what is in use ($taken of $used KiB)" test "$taken" -le $((used + 1024))
      [ "$option" = --discard ] || that "... and the device is the volume with zeros where it is free" cmp "$work/t.raw" "$work/z.raw"
      that "... and its file system is whole" e2fsck -fn "$target"
      losetup -d "$target"
    done
  done
  head -c 64M /dev/urandom >"$work/t.raw"
  expect 0 "a file that exists gets holes" "$imaging" restore --in "$work/i.skzimg" --device "$work/t.raw" --force --zero-free --verify
  that "... and is the volume" cmp "$work/t.raw" "$work/z.raw"
  that "... and takes no more than what is in use" test "$(blocks "$work/t.raw")" -le $((used + 1024))
  head -c 64M /dev/urandom >"$work/t.raw"
  noexec=$(mktemp -d)
  if mount -t tmpfs -o noexec tmpfs "$noexec" 2>"$work/out"; then
    IMAGING_JAVA_OPTS=-Djna.tmpdir=$noexec expect 0 "without native code it is restored all the same" "$imaging" restore \
      --in "$work/i.skzimg" --device "$work/t.raw" --force --discard --zero-free --verify
    says "... and says why nothing is given back" "is not given back, but written as zeros: native code cannot be loaded"
    that "... with zeros" cmp "$work/t.raw" "$work/z.raw"
    umount "$noexec"
  fi
  rmdir "$noexec"
  # a file system in memory whose files have no holes
  mkdir -p "$work/mnt"
  if mount -t ramfs ramfs "$work/mnt" 2>"$work/out"; then
    head -c 64M /dev/urandom >"$work/mnt/t.raw"
    target=$(attach "$work/mnt/t.raw"); loops+=("$target")
    expect 0 "a device that cannot discard" "$imaging" restore --in "$work/i.skzimg" --device "$target" --force --discard --verify
    says "... with the reason" "is not given back: Operation not supported (ioctl)"
    expect 0 "... gets zeros written" "$imaging" restore --in "$work/i.skzimg" --device "$target" --force --zero-free
    that "... and is the volume" cmp "$target" "$work/z.raw"
    losetup -d "$target"; umount "$work/mnt"
  fi
  # two jobs
  head -c 64M /dev/urandom >"$work/t.raw"
  target=$(attach "$work/t.raw"); loops+=("$target")
  python3 -c 'import fcntl, sys, time
with open(sys.argv[1], "r+b") as f:
    fcntl.lockf(f, fcntl.LOCK_EX)
    print("locked", flush=True)
    time.sleep(600)' "$target" >"$work/locked" &
  holder=$!
  for _ in $(seq 100); do [ -s "$work/locked" ] && break; sleep 0.1; done
  expect 6 "a device that another job writes is refused" "$imaging" restore --in "$work/i.skzimg" --device "$target" --force
  says "... with the reason" "another job is writing it"
  kill $holder; wait $holder 2>/dev/null
  losetup -d "$target"; rm -rf "$work/locked" "$work/files"; clean
}
