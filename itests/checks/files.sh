# Checks of files that are read out of volumes without mounting them, sourced by run. Other programs made the volumes, and say what is on them:
# mke2fs and debugfs, mtools, the FUSE driver of exFAT.

files_options=()

# files_tree DIR: thousands of files of many sizes, some in a large directory; the same in each run
files_tree() {
  local i size
  mkdir -p "$1/large" "$1/some directory/below/and below that" "$1/empty directory"
  for i in $(seq -w 1 1800); do printf 'file %s\n' "$i" >"$1/large/a name of some length, number $i.txt"; done
  for i in $(seq 1 30); do mkdir -p "$1/tree/$i"; printf '%s\n' "$i" >"$1/tree/$i/short"; head -c $((i * 777)) /dev/zero | tr '\0' x >"$1/tree/$i/longer one"; done
  for size in 0 1 59 60 61 155 511 4096 70001 1500000; do
    head -c "$size" < <(openssl enc -aes-128-ctr -pass "pass:$size" -nosalt -in /dev/zero 2>/dev/null) >"$1/some directory/$size.bin"
  done
  printf 'not in ASCII' >"$1/some directory/below/"$'Gr\303\274\303\237e \346\227\245.txt'
  cp "$root/LICENSE" "$1/some directory/below/and below that/LICENSE"
  find "$1" -exec touch -h -d '2021-05-06 07:08:10 UTC' {} +
}

# files_paths DIR: paths of all files below it, from the root on, sorted
files_paths() { (cd "$1" && find . -type f -printf '/%P\n') | sort; }

# files_content DIR LIST: hash of the contents of all files in the list, one behind the other
files_content() { (cd "$1" && sed 's#^/##' "$2" | tr '\n' '\0' | xargs -0 cat -- ) | sha256sum; }

# files_are WHAT IMAGE DIR: the files on IMAGE are those below DIR
files_are() {
  local what=$1 image=$2 dir=$3
  files_paths "$dir" >"$work/paths.expected"
  expect 0 "$what: find" "$imaging" find --in "$image" --type file "${files_options[@]}"
  grep -v '^/lost+found' "$work/out" | sort >"$work/paths.found"
  that "$what: the paths are the same ($(wc -l <"$work/paths.expected"))" cmp "$work/paths.expected" "$work/paths.found"
  # more than a command line has room for would be another question
  tr '\n' '\0' <"$work/paths.expected" | xargs -0 "$imaging" cat --in "$image" "${files_options[@]}" -- 2>"$work/out" | sha256sum >"$work/sum.found"
  files_content "$dir" "$work/paths.expected" >"$work/sum.expected"
  that "$what: the contents are the same" cmp "$work/sum.expected" "$work/sum.found"
}

# files_facts IMAGE DIR FORMAT: what ls -lR says of files, and what find says of those below DIR by FORMAT, both sorted
files_facts() {
  "$imaging" ls -lR --in "$1" "${files_options[@]}" 2>"$work/out" | grep '^-' | grep -v ' lost+found/' | sort >"$work/facts.found"
  (cd "$2" && TZ=UTC find . -type f -printf "$3" | sed -E 's/(:[0-9]{2})\.[0-9]+/\1/' | sort) >"$work/facts.expected"
}

check_files_ext() {
  has mke2fs && has debugfs || { skip files_ext "needs e2fsprogs"; return; }
  export TZ=UTC LC_ALL=C.UTF-8
  local name type options
  files_tree "$work/tree"
  ln -s "some directory" "$work/tree/short link"; ln -s "$(printf 'x%.0s' {1..70})/elsewhere" "$work/tree/long link"
  ln "$work/tree/some directory/4096.bin" "$work/tree/second name"
  # mke2fs cuts holes at the end of a file off where there is inline data
  truncate -s 30000000 "$work/tree/sparse"; printf end >>"$work/tree/sparse"
  chmod 4751 "$work/tree/some directory/1.bin"; chmod 600 "$work/tree/some directory/511.bin"
  touch -d '2021-05-06 07:08:10 UTC' "$work/tree/sparse"
  while read -r name type options; do
    rm -f "$work/v.img"; truncate -s 60M "$work/v.img"
    # shellcheck disable=SC2086
    mke2fs -q -F -t "$type" $options -L "label-$type" -d "$work/tree" "$work/v.img" >"$work/out" 2>&1 || { bad "$name: mke2fs"; continue; }
    # directories get an index of hashes
    e2fsck -fyD "$work/v.img" >"$work/out" 2>&1
    expect 0 "$name: e2fsck" e2fsck -fn "$work/v.img"
    files_are "$name" "$work/v.img" "$work/tree"
    rm -rf "$work/dump"; mkdir "$work/dump"
    that "$name: debugfs takes the same files out" debugfs -R "rdump / \"$work/dump\"" "$work/v.img"
    rm -rf "$work/dump/lost+found"
    files_paths "$work/dump" >"$work/paths.dump"; that "$name: as many as debugfs has" cmp "$work/paths.dump" "$work/paths.found"
    files_facts "$work/v.img" "$work/tree" '%M %5U %5G %12s  %TY-%Tm-%Td %TH:%TM:%TS  %P\n'
    that "$name: permissions, owners, sizes and times are the same" cmp "$work/facts.expected" "$work/facts.found"
  done <<'VOLUMES'
ext2 ext2 -b 1024
small-inodes ext4 -I 128 -b 4096
inline-data ext4 -b 4096 -I 1024 -O inline_data
bigalloc ext4 -b 4096 -O bigalloc -C 16384
ext4 ext4 -b 4096
VOLUMES
  expect 0 "links" "$imaging" ls -l --in "$work/v.img"
  says "a short link" "short link -> some directory"
  says "a long link" "/elsewhere"
  expect 0 "a link is followed in a path" "$imaging" cat --in "$work/v.img" "/short link/1.bin"
  expect 0 "what is sparse" "$imaging" stat --in "$work/v.img" /sparse
  says "its holes are told" "of them holes"
  says "and its times" "2021-05-06T07:08:10Z"
  debugfs -w -R 'ea_set "/some directory/1.bin" user.comment hello' "$work/v.img" >"$work/out" 2>&1
  expect 0 "extended attributes" "$imaging" stat --in "$work/v.img" "/some directory/1.bin"
  says "one is listed" "user.comment (5 bytes)"
  that "and read" test "$("$imaging" cat --in "$work/v.img" --stream user.comment "/some directory/1.bin")" = hello
  expect 1 "what is not there" "$imaging" cat --in "$work/v.img" /nothing
  says "is said not to be" 'has nothing named "nothing"'
  # the same out of an image and out of a partition
  expect 0 "an image of it" "$imaging" image --device "$work/v.img" --out "$work/i.skzimg" --force
  files_are "image" "$work/i.skzimg" "$work/tree"
  truncate -s 70M "$work/disk.img"
  printf 'label: gpt\nstart=2048, size=122880\n' | sfdisk -q "$work/disk.img" >"$work/out" 2>&1
  dd if="$work/v.img" of="$work/disk.img" bs=1M seek=1 conv=notrunc status=none
  expect 1 "a disk" "$imaging" ls --in "$work/disk.img"
  says "says which partitions it has" "disk.img#1"
  files_are "partition" "$work/disk.img#1" "$work/tree"
  # a directory in itself ends, and is said to be one
  debugfs -w -R 'link "/some directory" "/some directory/loop"' "$work/v.img" >"$work/out" 2>&1
  expect 3 "a directory that leads into itself" "$imaging" ls -R --in "$work/v.img"
  says "is told" "found before by another name"
  unset TZ; LC_ALL=C; rm -rf "$work/tree" "$work/dump"; clean
}

check_files_fat() {
  has mkfs.fat && has mcopy || { skip files_fat "needs dosfstools and mtools"; return; }
  export MTOOLS_SKIP_CHECK=1 TZ=UTC LC_ALL=C.UTF-8
  local bits spc mib name
  # the code page in which mtools keeps short names
  files_options=(--code-page IBM850)
  files_tree "$work/tree"; rm -rf "$work/tree/large"; mkdir "$work/tree/large"
  for i in $(seq 1 600); do printf '%s\n' "$i" >"$work/tree/large/a name of some length $i"; done
  printf 'short' >"$work/tree/SHORT.TXT"; printf 'e5' >"$work/tree/"$'\303\225X'
  find "$work/tree" -exec touch -d '2021-05-06 07:08:10 UTC' {} +
  while read -r bits spc mib; do
    name="FAT$bits"
    rm -f "$work/v.img"; truncate -s "${mib}M" "$work/v.img"
    mkfs.fat -F "$bits" -s "$spc" -n "LABEL$bits" "$work/v.img" >"$work/out" 2>&1 || { bad "$name: mkfs.fat"; continue; }
    mcopy -m -s -i "$work/v.img" "$work/tree"/* ::/ >"$work/out" 2>&1 || { bad "$name: mcopy"; continue; }
    expect 0 "$name: fsck.fat" fsck.fat -n "$work/v.img"
    files_are "$name" "$work/v.img" "$work/tree"
    files_facts "$work/v.img" "$work/tree" '----a %12s  %TY-%Tm-%Td %TH:%TM:%TS  %P\n'
    that "$name: sizes and times are the same" cmp "$work/facts.expected" "$work/facts.found"
  done <<'VOLUMES'
12 4 7
16 4 60
32 1 60
VOLUMES
  expect 0 "case does not count" "$imaging" cat --in "$work/v.img" "/SOME DIRECTORY/1.bin" "/some directory/1.BIN"
  expect 0 "another code page" "$imaging" ls --in "$work/v.img"
  says "is another name" $'\317\203X'
  files_options=(); unset TZ; LC_ALL=C; rm -rf "$work/tree"; clean
}

check_files_exfat() {
  [ "$(id -u)" = 0 ] && has mkfs.exfat && has mount.exfat-fuse && [ -e /dev/fuse ] && losetup -f >/dev/null 2>&1 ||
    { skip files_exfat "needs root, exfatprogs, exfat-fuse, /dev/fuse and loop devices"; return; }
  export TZ=UTC LC_ALL=C.UTF-8
  files_tree "$work/tree"; mkdir -p "$work/mnt"
  local cluster loop name
  while read -r cluster; do
    name="exFAT, clusters of $cluster"
    rm -f "$work/v.img"; truncate -s 80M "$work/v.img"
    loop=$(attach "$work/v.img") || { bad "$name: losetup"; continue; }
    mkfs.exfat -L LABELEX -c "$cluster" "$loop" >"$work/out" 2>&1 || { bad "$name: mkfs.exfat"; losetup -d "$loop"; continue; }
    losetup -d "$loop"
    exfat_mount "$work/v.img" 512 >"$work/out" 2>&1 || { bad "$name: mount"; continue; }
    # files that grow by turns are in pieces
    for i in $(seq 1 40); do head -c 9000 /dev/zero | tr '\0' "$((i % 10))" | tee -a "$work/mnt/one" >>"$work/mnt/other"; done
    cp -rp "$work/tree"/. "$work/mnt/"
    cp "$work/mnt/one" "$work/tree/one"; cp "$work/mnt/other" "$work/tree/other"
    touch -d '2021-05-06 07:08:10 UTC' "$work/mnt/one" "$work/mnt/other" "$work/tree/one" "$work/tree/other"
    exfat_umount
    expect 0 "$name: fsck.exfat" fsck.exfat -n "$work/v.img"
    files_are "$name" "$work/v.img" "$work/tree"
    files_facts "$work/v.img" "$work/tree" '----a %12s  %TY-%Tm-%Td %TH:%TM:%TS  %P\n'
    that "$name: sizes and times are the same" cmp "$work/facts.expected" "$work/facts.found"
  done <<'VOLUMES'
512
32768
VOLUMES
  unset TZ; LC_ALL=C; rm -rf "$work/tree"; clean
}
