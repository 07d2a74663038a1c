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

  # what passes: the job goes on by itself and the image is the same
  for fault in "stall for 2" "delay 20 for 3" "eio-write for 1" "eio-read for 1" "eio-fsync for 1" "away for 2" "gone for 2"; do
    target_fault "after 9000000 $fault"
    expect 0 "target: $fault" "${job[@]}" --out "$mnt/i.skzimg" --max-throughput 30M
    target_fault ok
    that "target: $fault: the image is the same" cmp "$work/whole.skzimg" "$mnt/i.skzimg"
    that "target: $fault: nothing else is left" test "$(ls -A "$folder")" = i.skzimg
    rm -f "$mnt"/*
  done

  # what does not pass: a clear end, and what is there is gone on with
  for fault in "gone" "away" "eio-write" "eio-fsync" "enospc" "edquot" "erofs"; do
    target_fault "after 9000000 $fault"
    started=$(date +%s)
    expect 6 "target: $fault for good: exit code 6" "${job[@]}" --out "$mnt/i.skzimg" --retry-target 2s
    says "target: $fault for good: says how to go on" "--resume"
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
