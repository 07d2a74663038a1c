# What a Windows JVM does with files: images, the commands on them, a job that was killed. Sourced by run.

check_plugins() {
  expect 0 "plugins" imaging plugins
  says "... the reader and writer of files among them" "org.imagingutility.device.file "
  expect 0 "list" imaging list
  says "... the drives, as they are on Windows" "\\\\.\\PhysicalDrive9"
  expect 1 "a mistake in the command line ends with 1" imaging image --no-such-option
}

# a volume of 64 MiB as a file on C:, with files in it
check_files() {
  cp "$disks/ntfs.img" v.img
  expect 0 "image of a file by its drive letter and backslashes" imaging image --device 'C:\work\v.img' --out 'C:\work\i.skzimg' --hash sha256 --verify
  expect 0 "verify" imaging verify --in 'C:\work\i.skzimg' --uncached
  expect 0 "info" imaging info --in i.skzimg
  expect 0 "restore, verified" imaging restore --in i.skzimg --device r.img --verify
  that "what is restored is the volume" ntfs_same v.img r.img
  that "zstd restores the image, too" bash -c "zstd -dqc i.skzimg | cmp - r.img"
  expect 0 "all blocks" imaging image --all-blocks --device v.img --out a.skzimg
  expect 0 "export-raw" imaging export-raw --in a.skzimg --out a.raw
  that "... is the file" cmp v.img a.raw
  expect 0 "convert" imaging convert --in a.skzimg --out b.skzimg --level 9
  head -c 64M /dev/zero >a.raw
  expect 0 "restore what was converted over what is there" imaging restore --in b.skzimg --device a.raw --force --verify
  that "... is the file" cmp v.img a.raw
  expect 0 "image over an image, forced" imaging image --device v.img --out a.skzimg --force --verify
  expect 6 "an image is not replaced unless that is asked for" imaging image --device v.img --out a.skzimg
  expect 0 "a vhd" imaging export-vhd --in b.skzimg --out b.vhd
}

# ntfs_same A B: two volumes hold the same files and the same allocation; what is free may differ
ntfs_same() {
  local a b
  a=$(ntfs_digest "$1") && b=$(ntfs_digest "$2") && [ -n "$a" ] && [ "$a" = "$b" ]
}
ntfs_digest() {
  local name
  ntfsinfo -m -f "$1" | grep -iE 'free clusters|cluster size|volume size' || return
  for name in one.bin two.txt; do ntfscat -f "$1" $name | sha256sum || return; done
}

check_resume() {
  head -c 24M /dev/urandom >v.raw
  head -c 48M /dev/zero | tr '\0' 'x' >>v.raw
  local moment
  for moment in beginning frames; do
    start image --device v.raw --out k.skzimg --frame-size 256K --chunk-size 4M --max-throughput 8M --resume
    if [ $moment = beginning ]; then await 60 grep -qE 'are kept|beginning' "$out"; else await 120 enough k.skzimg.partial 6291456; fi
    that "a job is killed, and its Java with it: $moment" kill_job
    that "... it leaves no image" test ! -e k.skzimg
  done
  expect 0 "it is resumed" imaging image --device v.raw --out k.skzimg --frame-size 256K --chunk-size 4M --resume
  says "... with what was there" "are kept"
  expect 0 "verify" imaging verify --in k.skzimg
  that "zstd restores it" bash -c "zstd -dqc k.skzimg | cmp - v.raw"
}
enough() { [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -ge "$2" ]; }

check_file_sets() {
  cp "$disks/disk9.img" d.img
  expect 0 "backup-disk of a file" imaging backup-disk --device d.img --out-dir 'C:\work\set' --all-blocks
  expect 0 "verify-set" imaging verify-set --set-dir set
  expect 0 "restore-set" imaging restore-set --set-dir set --out-raw r.img --verify
  that "... is the file" cmp d.img r.img
}
