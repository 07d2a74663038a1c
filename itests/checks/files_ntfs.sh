# The check of files that are read out of NTFS, sourced by run; the tree of files is that of files.sh. ntfs-3g made the volumes.

# ntfs_mount IMAGE: shows it at $work/mnt
ntfs_mount() { mkdir -p "$work/mnt"; ntfs-3g -o compression,streams_interface=windows "$1" "$work/mnt"; }

# ntfs_umount IMAGE: ntfs-3g continues writing after umount came back, and holds a lock until it is done
ntfs_umount() { umount "$work/mnt" && flock "$1" true; }

# ntfs_reparse FILE HEX: gives a file a reparse point
ntfs_reparse() { setfattr -n system.ntfs_reparse_data -v "0x$2" "$work/mnt/$1"; }

# ntfs_wof NAME TYPE CHUNK NUMBER FILE: stores FILE as NAME as Windows compresses its own files, with chunks that wimlib made
ntfs_wof() {
  rm -rf "$work/wim"; mkdir "$work/wim"; cp "$5" "$work/wim/file"
  wimlib-imagex capture "$work/wim" "$work/w.wim" --compress="$2" --chunk-size="$3" --no-acls >"$work/out" 2>&1 || return
  # the resource of the file: entries of 50 bytes; stored length and flags, offset, length
  python3 - "$work/w.wim" "$(stat -c %s "$5")" >"$work/chunks" <<'END' || return
import struct, sys
wim = open(sys.argv[1], 'rb').read()
table, length = struct.unpack_from('<QQ', wim, 56)
for at in range(table, table + length, 50):
    stored, offset, size = struct.unpack_from('<QQQ', wim, at)
    if stored >> 56 == 4 and size == int(sys.argv[2]):
        sys.stdout.buffer.write(wim[offset:offset + (stored & (1 << 56) - 1)])
        sys.exit()
sys.exit('wimlib did not compress the file')
END
  truncate -s "$(stat -c %s "$5")" "$work/mnt/$1" && cp "$work/chunks" "$work/mnt/$1:WofCompressedData" || return
  printf 'zone of %s' "$1" >"$work/mnt/$1:Zone.Identifier"
  ntfs_reparse "$1" "17000080100000000100000002000000010000000${4}000000"
}

# ntfs_is IMAGE PATH FILE: what cat says of PATH is FILE
ntfs_is() { "$imaging" cat --in "$1" "$2" | cmp - "$3"; }

check_files_ntfs() {
  local tool cluster name image=$work/v.img number chunk type
  for tool in mkfs.ntfs ntfs-3g setfattr wimlib-imagex fls python3; do
    has $tool || { skip files_ntfs "$tool is not installed"; return; }
  done
  [ "$(id -u)" = 0 ] && [ -c /dev/fuse ] || { skip files_ntfs "needs root and /dev/fuse"; return; }
  export TZ=UTC
  files_tree "$work/tree"
  while read -r cluster; do
    name="NTFS, clusters of $cluster"
    rm -f "$image"; truncate -s 90M "$image"
    mkfs.ntfs -F -q -c "$cluster" -L LABEL "$image" >"$work/out" 2>&1 || { bad "$name: mkfs.ntfs"; continue; }
    ntfs_mount "$image" >"$work/out" 2>&1 || { bad "$name: mount"; continue; }
    # files that grow by turns are in pieces; those in "packed" are compressed where clusters are small enough for that
    for i in $(seq 1 40); do head -c 9000 /dev/zero | tr '\0' "$((i % 10))" | tee -a "$work/mnt/one" >>"$work/mnt/other"; done
    cp "$work/mnt/one" "$work/tree/one"; cp "$work/mnt/other" "$work/tree/other"
    mkdir "$work/mnt/packed"; setfattr -n system.ntfs_attrib -v 0x00080000 "$work/mnt/packed"
    mkdir -p "$work/tree/packed"; cp "$work/tree/some directory"/*.bin "$work/tree/one" "$root/CHANGELOG.md" "$work/tree/packed/"
    find "$work/tree" -exec touch -d '2021-05-06 07:08:10 UTC' {} +
    cp -rp "$work/tree"/. "$work/mnt/"
    ntfs_umount "$image"
    files_are "$name" "$image" "$work/tree"
    files_facts "$image" "$work/tree" '%12s  %TY-%Tm-%Td %TH:%TM:%TS  %P\n'
    sed -i -E 's/^[^ ]+ +/ /; s/^ +//' "$work/facts.found"; sed -i -E 's/^ +//' "$work/facts.expected"
    that "$name: sizes and times are the same" cmp <(sort "$work/facts.expected") <(sort "$work/facts.found")
    # the Sleuth Kit finds less where a cluster is larger than a block of a directory
    [ "$cluster" -gt 4096 ] || that "$name: as many as the Sleuth Kit lists" \
      test "$(fls -rp "$image" | grep -v '	\$' | grep -c '^r/r [0-9]')" = "$(wc -l <"$work/paths.found")"
  done <<'VOLUMES'
1024
65536
VOLUMES
  rm -f "$image"; truncate -s 40M "$image"; mkfs.ntfs -F -q -c 4096 "$image" >"$work/out" 2>&1
  ntfs_mount "$image"
  while read -r number type chunk; do
    that "wimlib makes chunks of $type, $chunk bytes" ntfs_wof "$type $chunk" "$type" "$chunk" "$number" "$root/CHANGELOG.md"
  done <<'FORMATS'
0 xpress 4096
1 lzx 32768
2 xpress 8192
3 xpress 16384
FORMATS
  printf 'kept elsewhere' >"$work/mnt/deduplicated"; ntfs_reparse deduplicated 1300008004000000deadbeef
  printf 'kept elsewhere' >"$work/mnt/placeholder"; ntfs_reparse placeholder 1a60009004000000deadbeef
  mkdir "$work/mnt/junction"
  # to \??\X:, shown as X:
  ntfs_reparse junction 030000a01c00000000000c000e0004005c003f003f005c0058003a00000058003a000000
  ln "$work/mnt/deduplicated" "$work/mnt/second name" 2>"$work/out"
  ntfs_umount "$image"
  for name in "xpress 4096" "xpress 8192" "xpress 16384" "lzx 32768"; do
    that "$name: what comes out is what was compressed" ntfs_is "$image" "/$name" "$root/CHANGELOG.md"
  done
  expect 0 "a stream" "$imaging" cat --in "$image" --stream Zone.Identifier "/lzx 32768"
  says "... is read" "zone of lzx 32768"
  expect 3 "a deduplicated file is refused" "$imaging" cat --in "$image" /deduplicated
  says "... by name" "deduplicated by Windows Server"
  expect 3 "a placeholder is refused" "$imaging" cat --in "$image" /placeholder
  says "... by name" "placeholder of a cloud service"
  expect 0 "a list" "$imaging" ls -l --in "$image"
  says "... has where a junction leads" "junction -> X:"
  if grep -qF '$' "$work/out"; then bad "... and files of the file system itself"; else ok "... and no files of the file system itself"; fi
  head -c 8192 "$image" >"$work/boot.raw"
  that "one of those is read by its name" ntfs_is "$image" "/\$Boot" "$work/boot.raw"
  expect 0 "an image of it" "$imaging" image --device "$image" --out "$work/i.skzimg" --force
  that "a file out of the image is the same, whatever the case" ntfs_is "$work/i.skzimg" "/LZX 32768" "$root/CHANGELOG.md"
  unset TZ; rm -rf "$work/tree" "$work/wim" "$work/w.wim" "$work/chunks"; clean
}
