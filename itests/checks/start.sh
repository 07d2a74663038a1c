# Checks of what one start leaves to the next in the user's cache folder, sourced by run.

# cached NAME: the file of that name in the cache of the check
cached() { find "$XDG_CACHE_HOME" -name "$1" -not -path '*/none/*' | head -1; }

check_start() {
  local XDG_CACHE_HOME=$work/cache library size length n pid image=$work/i.skzimg
  export XDG_CACHE_HOME
  # the runs that make an archive have bundles of their own, so the cache would have two of all
  IMAGING_NO_CLASS_ARCHIVE=1; export IMAGING_NO_CLASS_ARCHIVE
  head -c 4M /dev/urandom >"$work/v.img"
  expect 0 "first start" "$imaging" image --device "$work/v.img" --out "$image"
  library=$(cached 'libzstd-jni*'); size=$(stat -c %s "$library")
  for length in 0 1 4096 100000 $((size - 1)); do
    truncate -s "$length" "$library"
    expect 0 "with the library of zstd cut to $length bytes" "$imaging" image --device "$work/v.img" --out "$image" --force
    that "... it is whole again" test "$(stat -c %s "$library")" = "$size"
  done
  : >"$(cached revision.location)"
  expect 0 "with the file of a bundle emptied" "$imaging" plugins
  says "... nothing is missing" manifest-json

  rm -rf "$XDG_CACHE_HOME"
  # killed anywhere in its first start, also in the midst of what it writes for the next
  for n in $(seq "${KILLED_STARTS:-12}"); do
    "$imaging" image --device "$work/v.img" --out "$image" --force >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"; kill -9 $pid; wait $pid 2>/dev/null
    "$imaging" image --device "$work/v.img" --out "$image" --force >"$work/out" 2>&1 </dev/null || { bad "after start $n was killed"; break; }
  done
  that "starts that were killed disturb none after them: the image is whole" "$imaging" verify --in "$image"
  unset IMAGING_NO_CLASS_ARCHIVE

  [ "$(id -u)" = 0 ] || { skip "a full cache" "mounting needs root"; return; }
  mkdir -p "$work/full"
  for size in 64k 600k 1500k 6m; do
    mount -t tmpfs -o size=$size none "$work/full"
    XDG_CACHE_HOME=$work/full
    for n in first second; do
      expect 0 "$n start with $size for the cache" "$imaging" image --device "$work/v.img" --out "$image" --force
    done
    mount -o remount,size=200m "$work/full"
    expect 0 "... and when there is space again" "$imaging" image --device "$work/v.img" --out "$image" --force
    umount "$work/full"
  done
  clean
}
