# Checks of what belongs to others: devices in use, files of other users, names that are replaced; sourced by run.

check_in_use() {
  has unshare && has mkfs.ext4 && [ "$(id -u)" = 0 ] || { skip in_use "needs root, unshare and mkfs.ext4"; return; }
  local loop before mnt=$work/mnt other node
  mkdir -p "$mnt"
  truncate -s 40M "$work/fs.img"; mkfs.ext4 -q "$work/fs.img"
  head -c 2M /dev/urandom >"$work/v.img"
  expect 0 "an image" "$imaging" image --device "$work/v.img" --out "$work/v.skzimg"
  expect 0 "a set" "$imaging" backup-disk --device "$work/v.img" --out-dir "$work/set"
  loop=$(attach "$work/fs.img") || { skip in_use "no loop devices"; return; }
  loops+=("$loop")
  before=$(sha "$work/fs.img")

  # as a container does: this process does not see the mount
  mkfifo "$work/end"
  unshare -m sh -c 'mount -o ro,noload "$1" "$2" && : >"$3" && read end <"$4"' - "$loop" "$mnt" "$work/there" "$work/end" &
  other=$!
  for _ in $(seq 100); do [ -e "$work/there" ] && break; sleep 0.1; done
  that "mounted in another namespace, seen in this one by nobody" sh -c '[ -e "$1" ] && ! grep -q "$2" /proc/self/mountinfo' - "$work/there" "$loop"
  expect 6 "restore to it" "$imaging" restore --in "$work/v.skzimg" --device "$loop" --force
  says "... is refused with the reason" "another mount namespace"
  expect 6 "restore-set to it" "$imaging" restore-set --set-dir "$work/set" --device "$loop" --force
  expect 6 "restore-physical to it" "$imaging" restore-physical --set-dir "$work/set" --device "$loop" --force
  expect 6 "restore to the file behind it" "$imaging" restore --in "$work/v.skzimg" --device "$work/fs.img" --force
  says "... is refused by the device's name" "$loop"
  that "nothing was written" test "$(sha "$work/fs.img")" = "$before"
  echo >"$work/end"; wait $other
  expect 0 "restore when it is free" "$imaging" restore --in "$work/v.skzimg" --device "$loop" --force --verify --discard
  that "... it is there" cmp -n 2097152 "$work/v.img" "$work/fs.img"

  # the file behind a device that is mounted is as mounted as the device
  losetup -d "$loop"; mkfs.ext4 -q -F "$work/fs.img"
  if mount_rw -o loop "$work/fs.img" "$mnt"; then
    node=$(losetup -j "$work/fs.img" -O NAME -n | tr -d ' ')
    for other in "$node" "$work/fs.img"; do
      expect 0 "an image of ${other##*/}" "$imaging" image --device "$other" --out "$work/x.skzimg" --force
      says "... warns" "is mounted at"
      expect 6 "a set of ${other##*/} in its own mount" "$imaging" backup-disk --device "$other" --out-dir "$mnt/set"
      says "... is refused" "lies on the disk that is backed up"
    done
    umount "$mnt"
  else
    bad "mount"
  fi
  rm -rf "$work/set" "$work/end" "$work/there"; clean
}

# modes PATH...: their modes
modes() { stat -c %a "$@" | sort -u | tr '\n' ' '; }

check_private_files() {
  local image=$work/i.skzimg pid code=0 folder=$work/shared
  head -c 8M /dev/urandom >"$work/v.img"
  (
    umask 022
    "$imaging" image --device "$work/v.img" --out "$image" && "$imaging" restore --in "$image" --device "$work/r.raw" \
      && "$imaging" export-qcow2 --in "$image" --out "$work/x.qcow2" && "$imaging" export-raw --in "$image" --out "$work/e.raw" \
      && "$imaging" backup-disk --device "$work/v.img" --out-dir "$work/set" && "$imaging" verify --in "$image" --markers \
      && "$imaging" info --in "$image" --bad-map-out "$work/b.map" && "$imaging" dump-pt --device "$work/v.img" --out "$work/d.raw"
  ) >"$work/out" 2>&1 || bad "files to look at"
  that "new files are the user's alone" test "$(modes "$image"* "$work"/r.raw "$work"/x.qcow2 "$work"/e.raw "$work"/set/* "$work"/b.map "$work"/d.raw)" = "600 "
  that "... so is the folder of a set" test "$(modes "$work/set")" = "700 "
  (umask 027; IMAGINGUTILITY_FILES_MODE=0666 "$imaging" image --device "$work/v.img" --out "$image" --force) >"$work/out" 2>&1
  that "unless more is asked for, less the umask" test "$(modes "$image")" = "640 "
  IMAGINGUTILITY_FILES_MODE=0755 expect 1 "what is no mode" "$imaging" image --device "$work/v.img" --out "$image" --force
  says "... is refused" "the mode of new files"

  # NAME.partial is replaced while it is written
  rm -f "$image"*
  "$imaging" image --device "$work/v.img" --out "$image" --max-throughput 4M --chunk-size 1M --frame-size 256K >"$work/out" 2>&1 &
  pid=$!
  for _ in $(seq 200); do [ "$(stat -c %s "$image.partial" 2>/dev/null || echo 0)" -gt 2000000 ] && break; sleep 0.05; done
  rm -f "$image.partial"; echo other >"$image.partial"
  wait $pid || code=$?
  says "another file in the place of an unfinished one is told of" "another file than the one that was written"
  that "... the job fails" test $code = 6
  that "... that file did not get the name, and is still there" test ! -e "$image" -a "$(cat "$image.partial")" = other
  rm -f "$image"*

  [ "$(id -u)" = 0 ] || { skip private_files "files of other users need root"; clean; return; }
  "$imaging" image --device "$work/v.img" --out "$image" >"$work/out" 2>&1
  mkdir -p "$folder"; chmod 1777 "$folder"
  head -c 3M "$image" >"$work/begun"
  install -o nobody -m 644 "$work/begun" "$folder/i.skzimg.partial"
  expect 6 "the unfinished file of another user is not resumed" "$imaging" image --device "$work/v.img" --out "$folder/i.skzimg" --resume
  says "... it says whose it is" "belongs to another user (nobody)"
  install -m 666 "$work/begun" "$folder/i.skzimg.partial"
  expect 6 "nor one that others may write to" "$imaging" image --device "$work/v.img" --out "$folder/i.skzimg" --resume
  says "... it says so" "may be written by other users"
  chmod 600 "$folder/i.skzimg.partial"
  expect 0 "the user's own is" "$imaging" image --device "$work/v.img" --out "$folder/i.skzimg" --resume
  expect 0 "... and verifies" "$imaging" verify --in "$folder/i.skzimg"
  install -o nobody -m 666 "$work/begun" "$folder/j.skzimg.partial"
  expect 0 "--force starts over in a file of the user's own" "$imaging" image --device "$work/v.img" --out "$folder/j.skzimg" --force
  that "... it is" test "$(stat -c '%U %a' "$folder/j.skzimg")" = "$(id -un) 600"
  rm -rf "$folder" "$work/set" "$work/begun"; clean
}

check_file_names() {
  local name folder=$work/names latin
  latin=$(printf 'latin\374.raw')
  mkdir -p "$folder"
  head -c 100000 /dev/urandom >"$folder/ключ.raw"; cp "$folder/ключ.raw" "$folder/$latin"; ln -s "$latin" "$folder/link.raw"
  for name in C C.UTF-8 no_SUCH.ISO-8859-1; do
    # a locale that is not there is what this is about
    LC_ALL=$name expect 0 "a name beyond ASCII, LC_ALL=$name" "$imaging" image --device "$folder/ключ.raw" --out "$folder/ü.skzimg" --force
    that "... the image has the name" test -e "$folder/ü.skzimg"
  done
  LC_ALL=C.UTF-8 expect 1 "a name that is not UTF-8" "$imaging" image --device "$folder/$latin" --out "$folder/a.skzimg"
  says "... is refused with the reason" "no characters in the character set of the locale (UTF-8)"
  says "... and the remedy" "a symbolic link to it"
  LC_ALL=C.UTF-8 expect 1 "an image of such a name" "$imaging" image --device "$folder/ключ.raw" --out "$folder/$(printf 'a\374')"
  LC_ALL=C.UTF-8 expect 0 "by a link it is taken" "$imaging" image --device "$folder/link.raw" --out "$folder/a.skzimg"
  LC_ALL=C.UTF-8 expect 0 "... and read in place" "$imaging" restore --in "$folder/a.skzimg" --device "$folder/link.raw" --force --verify
  that "no file has another name than asked for" test "$(cd "$folder" && LC_ALL=C ls | wc -l)" = 5
  rm -rf "$folder"
}
