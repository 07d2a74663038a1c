# Checks of files that are written out of volumes into folders, and of volumes that are compared, sourced by run. The tree of files is that of
# files.sh; what is extracted is compared with what the kernel, or a driver of others, shows of the same volume.

# tree_facts DIR: all that a tree has but contents: kind, permissions, owner, time, size of files, where links lead; then which names one file has
tree_facts() {
  (cd "$1" && find . -mindepth 1 ! -name lost+found \( -type f -printf '%P %y %m %U:%G %T@ %s\n' -o -type d -printf '%P %y %m %U:%G %T@\n' \
    -o -type l -printf '%P %y %U:%G %T@ %l\n' -o -printf '%P %y %m %U:%G %T@\n' \) | sort
   find . -type f -links +1 -printf '%i %P\n' | sort -k2 | awk '{ i = $1; sub(/^[0-9]+ /, ""); n[i] = n[i] "=" $0 } END { for (i in n) print n[i] }' | sort)
}

# tree_sums DIR: the hash of each file
tree_sums() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

# trees_are WHAT EXPECTED FOUND
trees_are() {
  tree_facts "$2" >"$work/facts.expected"; tree_facts "$3" >"$work/facts.found"
  that "$1: paths, kinds, permissions, owners, times, sizes, links ($(wc -l <"$work/facts.expected"))" \
    diff "$work/facts.expected" "$work/facts.found"
  tree_sums "$2" >"$work/sums.expected"; tree_sums "$3" >"$work/sums.found"
  that "$1: contents ($(wc -l <"$work/sums.expected") files)" cmp "$work/sums.expected" "$work/sums.found"
}

# stored FILE: bytes that its system has stored of it
stored() { echo $(($(stat -c '%b * %B' "$1"))); }

# extract_volume TYPE: a volume of that type at $work/v.img with all that a tree can have, shown at $work/mnt
extract_volume() {
  mkdir -p "$work/mnt"; rm -f "$work/v.img"; truncate -s 200M "$work/v.img"
  mkfs."$1" -q -F -I 256 "$work/v.img" || return
  mount -o loop "$work/v.img" "$work/mnt" || return
  files_tree "$work/mnt"
  ln -s "some directory" "$work/mnt/short link"; ln -s ../../../../etc "$work/mnt/tree/out of it"; ln -s /etc/passwd "$work/mnt/absolute"
  ln "$work/mnt/some directory/4096.bin" "$work/mnt/second name"; ln "$work/mnt/second name" "$work/mnt/tree/1/third name"
  truncate -s 30M "$work/mnt/sparse"; printf middle | dd of="$work/mnt/sparse" bs=1 seek=15000000 conv=notrunc status=none
  chmod 4751 "$work/mnt/some directory/1.bin"; chmod 3770 "$work/mnt/tree/2"; chmod 0 "$work/mnt/some directory/59.bin"
  chown 12345:54321 "$work/mnt/some directory/60.bin" "$work/mnt/tree/3"; chown -h 7:8 "$work/mnt/short link"
  printf 'no UTF-8' >"$work/mnt/"$'byte \377'; printf 'newline' >"$work/mnt/"$'new\nline'
  touch -d '1935-04-05 06:07:08.123456789 UTC' "$work/mnt/some directory/511.bin" "$work/mnt/tree/4"
  touch -d '2241-04-05 06:07:08.987654321 UTC' "$work/mnt/some directory/4096.bin"
  touch -h -d '2050-01-02 03:04:05.000000001 UTC' "$work/mnt/short link"
  setfattr -n user.comment -v hello "$work/mnt/some directory/155.bin"; setfattr -n trusted.note -v 0x00ff "$work/mnt/tree/5"
  sync -f "$work/mnt"; umount "$work/mnt"; mount -o loop,ro "$work/v.img" "$work/mnt"
}

check_extract_ext() {
  [ "$(id -u)" = 0 ] && has mkfs.ext4 && has setfattr && has mkfifo && losetup -f >/dev/null 2>&1 ||
    { skip extract_ext "needs root, e2fsprogs, attr and loop devices"; return; }
  export TZ=UTC
  local type to=$work/to before pid i
  for type in ext2 ext4; do
    extract_volume "$type" >"$work/out" 2>&1 || { bad "$type: a volume"; continue; }
    rm -rf "$to"
    expect 0 "$type: extract" "$imaging" extract --in "$work/v.img" --to "$to" --streams
    rmdir "$to/lost+found"
    trees_are "$type" "$work/mnt" "$to"
    that "$type: holes are holes" test "$(stored "$to/sparse")" -le 65536
    that "$type: an attribute" test "$(getfattr --absolute-names --only-values -n user.comment "$to/some directory/155.bin")" = hello
    that "$type: an attribute of a directory" test "$(getfattr --absolute-names -e hex -n trusted.note "$to/tree/5" | grep note)" = trusted.note=0x00ff
    that "$type: nothing else is left" test ! -e "$to/.imaging-unfinished"
    [ "$type" = ext4 ] || umount "$work/mnt"
  done
  # the same out of an image, some paths, and as another user
  expect 0 "an image of it" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  rm -rf "$to"
  expect 0 "some paths of an image" "$imaging" extract --in "$work/i.skzimg" --to "$to" '/some directory/*.bin' /tree/7 '/l*/*number 00[12]*'
  that "... and nothing else" test "$(cd "$to" && find . -type f | wc -l)" = "$(cd "$work/mnt" && find 'some directory' -maxdepth 1 -name '*.bin' -o \
    -path 'some directory' -o -path 'tree/7/*' | wc -l)" -o "$(cd "$to" && find . -type f | wc -l)" = $((10 + 2 + 20))
  that "... with their contents" cmp "$to/tree/7/longer one" "$work/mnt/tree/7/longer one"
  expect 6 "a folder that is not empty" "$imaging" extract --in "$work/v.img" --to "$to"
  says "is refused, and --merge named" "--merge"
  expect 1 "what is not there" "$imaging" extract --in "$work/v.img" --to "$work/none" /nothing
  that "... makes no folder" test ! -e "$work/none"
  if has runuser && runuser -u nobody -- test -r "$work" 2>/dev/null; then
    rm -rf "$to"; mkdir -m 777 "$to"
    expect 0 "extract as another user" runuser -u nobody -- "$imaging" extract --in "$work/i.skzimg" --to "$to" /tree
    that "... who has the files then" test -z "$(find "$to/tree" ! -user nobody)"
  fi
  umount "$work/mnt"
  # pipes and devices only if they are asked for
  mount -o loop "$work/v.img" "$work/mnt"; mkfifo "$work/mnt/pipe"; mknod "$work/mnt/null" c 1 3; umount "$work/mnt"
  mount -o loop,ro "$work/v.img" "$work/mnt"
  rm -rf "$to"
  expect 6 "a pipe is left out" "$imaging" extract --in "$work/v.img" --to "$to" /pipe /null
  says "and listed" "/pipe: is a pipe: left out"
  expect 0 "and made if asked for" "$imaging" extract --in "$work/v.img" --to "$to" --merge --special /pipe /null
  that "... as what it is" test -p "$to/pipe" -a -c "$to/null" -a "$(stat -c %t:%T "$to/null")" = 1:3
  # killed, and gone on with
  for i in 1 2 3; do
    rm -rf "$to"
    "$imaging" extract --in "$work/v.img" --to "$to" --special >"$work/out" 2>&1 & pid=$!
    while kill -0 $pid 2>/dev/null && [ "$(find "$to" -type f 2>/dev/null | wc -l)" -lt $((i * 400)) ]; do :; done
    kill -KILL $pid 2>/dev/null; wait $pid 2>/dev/null
    before=$(find "$to" -name .imaging-unfinished -prune -o -type f -print | wc -l)
    that "killed after $before files: what has its name is complete" sh -c 'cd "$1" && find . -name .imaging-unfinished -prune -o -type f -print0 |
      xargs -0 -I{} cmp {} "$2"/{}' - "$to" "$work/mnt"
    [ ! -e "$to/.imaging-unfinished" ] || expect 6 "... and is not taken for the whole" "$imaging" extract --in "$work/v.img" --to "$to" --special
    expect 0 "... and gone on with" "$imaging" extract --in "$work/v.img" --to "$to" --special --merge
    rm -rf "$to/lost+found"
    trees_are "... in the end" "$work/mnt" "$to"
  done
  umount "$work/mnt"; unset TZ; rm -rf "$to"; clean
}

check_extract_others() {
  has mkfs.fat && has mcopy || { skip extract_others "needs dosfstools and mtools"; return; }
  export MTOOLS_SKIP_CHECK=1 TZ=UTC LC_ALL=C.UTF-8
  local to=$work/to
  files_tree "$work/tree"; rm -rf "$work/tree/large"
  truncate -s 60M "$work/v.img"; mkfs.fat -F 32 -s 1 "$work/v.img" >"$work/out" 2>&1
  mcopy -m -s -i "$work/v.img" "$work/tree"/* ::/ >"$work/out" 2>&1 || bad "mcopy"
  expect 0 "FAT32: extract" "$imaging" extract --in "$work/v.img" --to "$to" --code-page IBM850
  (cd "$work/tree" && find . -type f -printf '%P %s %T@\n' | sort) >"$work/facts.expected"
  (cd "$to" && find . -type f -printf '%P %s %T@\n' | sort) >"$work/facts.found"
  that "FAT32: paths, sizes and times" diff "$work/facts.expected" "$work/facts.found"
  that "FAT32: contents" diff -r "$work/tree" "$to"
  expect 0 "FAT32: once more, all is there" "$imaging" extract --in "$work/v.img" --to "$to" --code-page IBM850 --merge
  if [ "$(id -u)" = 0 ] && has mkfs.ntfs && has ntfs-3g && [ -c /dev/fuse ]; then
    rm -rf "$work/v.img" "$to"; truncate -s 60M "$work/v.img"; mkfs.ntfs -F -q "$work/v.img" >"$work/out" 2>&1
    ntfs_mount "$work/v.img" >"$work/out" 2>&1
    cp -rp "$work/tree"/. "$work/mnt/"; ln "$work/mnt/some directory/511.bin" "$work/mnt/second"
    printf 'zone' >"$work/mnt/second:Zone.Identifier"
    ntfs_umount "$work/v.img"
    expect 0 "NTFS: extract" "$imaging" extract --in "$work/v.img" --to "$to" --streams
    that "NTFS: a stream is a file beside" test "$(cat "$to/second:Zone.Identifier")" = zone
    that "NTFS: two names are one file" test "$to/second" -ef "$to/some directory/511.bin"
    rm -f "$to/second" "$to/second:Zone.Identifier" "$to/some directory/511.bin:Zone.Identifier"
    that "NTFS: contents" diff -r "$work/tree" "$to"
  else
    skip extract_others "NTFS needs root, ntfs-3g and /dev/fuse"
  fi
  unset TZ; LC_ALL=C; rm -rf "$work/tree" "$to"; clean
}

check_extract_outside() {
  has mke2fs && has debugfs || { skip extract_outside "needs e2fsprogs"; return; }
  local victim=$work/outside to=$work/outside/to
  mkdir -p "$work/tree/dir" "$victim/etc"; printf root >"$victim/passwd"; printf root >"$victim/etc/passwd"
  printf evil >"$work/tree/one"; printf evil >"$work/tree/dir/passwd"; ln -s ../etc "$work/tree/aaa"; ln -s ../passwd "$work/tree/bbb"
  truncate -s 8M "$work/v.img"; mke2fs -q -F -t ext4 -O ^metadata_csum,^dir_index -d "$work/tree" "$work/v.img" >"$work/out" 2>&1
  # names that no system makes are put into the directory itself, of the same length
  python3 - "$work/v.img" <<'END' || bad "names"
import sys
data = bytearray(open(sys.argv[1], 'rb').read())
def entry(old, new):
    at = next(i for i in range(len(data)) if data[i:i + len(old)] == old
        and i >= 8 and data[i - 2] == len(old) and data[i - 1] in (1, 2, 7))
    data[at:at + len(old)] = new
entry(b'one', b'../')
entry(b'dir', b'aaa')
open(sys.argv[1], 'wb').write(data)
END
  find "$victim" -printf '%P %y %s %T@ %C@ %l\n' | sort >"$work/before"
  expect 0 "names and links that lead out" "$imaging" extract --in "$work/v.img" --to "$to"
  says "names are listed" '/../: written as "..%2F"'
  says "and those that are there twice" 'written as "aaa (2)"'
  that "the link is one" test "$(readlink "$to/aaa")" = ../etc
  that "the directory is beside it" test "$(cat "$to/aaa (2)/passwd")" = evil
  ln -sfn "$victim/etc" "$to/aaa (2)x"; rm -r "$to/aaa (2)"; mv "$to/aaa (2)x" "$to/aaa (2)"
  expect 6 "a link that stands there is not gone through" "$imaging" extract --in "$work/v.img" --to "$to" --merge --force
  rm -rf "$to"
  find "$victim" -printf '%P %y %s %T@ %C@ %l\n' | sort >"$work/after"
  that "nothing outside has changed" cmp <(grep -v '^ d' "$work/before") <(grep -v '^ d' "$work/after")
  rm -rf "$work/tree" "$victim"; clean
}

# a folder that takes nothing more: one error, not one for each file, and what has its name is whole
check_extract_full() {
  has mke2fs || { skip extract_full "needs e2fsprogs"; return; }
  local to=$work/mnt/to name
  mkdir -p "$work/tree" "$work/mnt"
  for name in $(seq 100 199); do head -c 100000 /dev/urandom >"$work/tree/$name"; done
  truncate -s 20M "$work/v.img"; mke2fs -q -F -t ext4 -d "$work/tree" "$work/v.img" >"$work/out" 2>&1
  mount -t tmpfs -o size=3m imaging-check "$work/mnt" || { skip extract_full "cannot mount"; return; }
  expect 6 "a full folder" "$imaging" extract --in "$work/v.img" --to "$to"
  says "... is what is said" "No space left"
  cp "$work/out" "$work/said"
  that "... once" test "$(grep -c 'No space left' "$work/said")" = 1
  name=$(find "$to" -maxdepth 1 -type f | wc -l)
  that "$name files were written" test "$name" -gt 10
  that "... whole" bash -c 'for each in "$1"/1*; do cmp "$each" "$2/${each##*/}" || exit; done' whole "$to" "$work/tree"
  mount -o remount,size=30m "$work/mnt"
  expect 0 "with more room it goes on" "$imaging" extract --in "$work/v.img" --to "$to" --merge
  rmdir "$to/lost+found"
  that "... to its end" diff -r "$work/tree" "$to"
  umount "$work/mnt"
  rm -rf "$work/tree"; clean
}

check_diff() {
  has mke2fs && has debugfs || { skip diff "needs e2fsprogs"; return; }
  export TZ=UTC
  files_tree "$work/tree"; truncate -s 20M "$work/tree/sparse"
  truncate -s 60M "$work/v.img"; mke2fs -q -F -t ext4 -b 4096 -d "$work/tree" "$work/v.img" >"$work/out" 2>&1
  expect 0 "an image" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  expect 0 "an image and its volume" "$imaging" diff --content "$work/i.skzimg" "$work/v.img"
  cp "$work/out" "$work/said"
  that "say nothing" test ! -s "$work/said"
  printf 'one more' >"$work/more"; printf 'changed' >"$work/changed"
  debugfs -w -f - "$work/v.img" >"$work/out" 2>&1 <<END
cd /tree
write "$work/more" more
rm "/some directory/1.bin"
rm /tree/3/short
cd /tree/3
write "$work/changed" short
sif /tree/4/short mode 0100600
sif "/some directory/70001.bin" mtime 20300102030405
END
  expect 9 "what differs" "$imaging" diff "$work/i.skzimg" "$work/v.img"
  sed -E 's/: .*//; s/ \([0-9]+ bytes\)//' "$work/out" >"$work/lines"
  printf '%s\n' 'removed  /some directory/1.bin' 'changed  /some directory/70001.bin' 'changed  /tree/3/short' 'changed  /tree/4/short' 'added    /tree/more' \
    >"$work/expected"
  that "is told, and nothing else" diff "$work/expected" "$work/lines"
  expect 9 "as JSON" "$imaging" diff --json "$work/i.skzimg" "$work/v.img"
  cp "$work/out" "$work/said"
  that "an object a line" python3 -c 'import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [line["change"] for line in lines] == ["removed", "changed", "changed", "changed", "added"], lines
assert lines[3]["fields"] == ["mode"] and lines[1]["fields"] == ["modified"] and lines[2]["fields"][0] == "size", lines' "$work/said"
  # bytes alone, behind the back of the file system
  cp "$work/v.img" "$work/w.img"
  printf X | dd of="$work/w.img" bs=1 conv=notrunc status=none \
    seek=$((4096 * $(debugfs -R 'blocks "/some directory/1500000.bin"' "$work/w.img" 2>/dev/null | cut -d' ' -f3) + 7))
  expect 0 "bytes alone are not looked at" "$imaging" diff "$work/v.img" "$work/w.img"
  expect 9 "unless asked for" "$imaging" diff --content "$work/v.img" "$work/w.img"
  says "and are told" "/some directory/1500000.bin: content"
  unset TZ; rm -rf "$work/tree"; clean
}
