# Checks of backup sets that are not what they were, and of images that are not what they say. Sourced by run.

# plain_disk FILE SEED: a disk with an MBR and three partitions of 8 MiB without a file system, filled by SEED
plain_disk() { python3 - "$1" "$2" <<'P'
import random, sys
seed = random.Random(int(sys.argv[2]))
with open(sys.argv[1], "wb") as disk:
    disk.truncate(32 << 20)
    record = bytearray(512)
    record[440:444], record[510:] = b"AAAA", b"\x55\xaa"
    for i in range(3):
        entry = 446 + 16 * i
        record[entry + 4] = 0x83
        record[entry + 8:entry + 12] = (2048 + i * 16384).to_bytes(4, "little")
        record[entry + 12:entry + 16] = (16384).to_bytes(4, "little")
    disk.write(record)
    for i in range(3):
        disk.seek((2048 + i * 16384) * 512)
        disk.write(seed.randbytes(8 << 20))
P
}

# has_open PID FILE...: whether the process has all of the files open
has_open() {
  local pid=$1 open; shift
  open=$(readlink "/proc/$pid/fd/"* 2>/dev/null)
  for file in "$@"; do grep -qxF -- "$file" <<<"$open" || return 1; done
}

# blocked_restore SET TARGET: begins to restore a set to a file on a frozen file system, and returns once the job has all files of
# the set open: it then waits for the target, so whatever is done now is done between the look at the set and its use
blocked_restore() {
  local set=$1 target=$2
  "$imaging" restore-set --set-dir "$set" --out-raw "$target" >"$work/restore.out" 2>&1 </dev/null & restore=$!
  while kill -0 $restore 2>/dev/null; do
    has_open $restore "$set/part01.skzimg" "$set/part02.skzimg" "$set/part03.skzimg" "$set/backup.manifest.json" && return 0
    sleep 0.1
  done
  return 1
}

check_set_replaced() {
  has fsfreeze && has mkfs.ext4 && has python3 && [ "$(id -u)" = 0 ] || { skip set_replaced "needs root, fsfreeze, mkfs.ext4 and python3"; return; }
  local mnt=$work/replaced-mnt a=$work/a.img b=$work/b.img set=$work/replaced-set restore actual
  truncate -s 96M "$work/replaced.fs"; mkfs.ext4 -q "$work/replaced.fs"; mkdir -p "$mnt"
  mount_rw -o loop "$work/replaced.fs" "$mnt" >"$work/out" 2>&1 || { skip set_replaced "no file system can be mounted"; return; }
  plain_disk "$a" 1; plain_disk "$b" 2
  expect 0 "a set of one disk" "$imaging" backup-disk --device "$a" --out-dir "$set"
  expect 0 "a set of another disk" "$imaging" backup-disk --device "$b" --out-dir "$set.b"

  fsfreeze -f "$mnt"
  if blocked_restore "$set" "$mnt/back.img"; then
    expect 6 "a set that is being restored is not replaced" "$imaging" backup-disk --device "$b" --out-dir "$set" --force
    says "... and it is said why" "cannot be replaced now"
    expect 0 "... but it can be verified" "$imaging" verify-set --set-dir "$set"
    for file in "$set.b/"*; do mv "$file" "$set/"; done
    fsfreeze -u "$mnt"
    wait "$restore"; actual=$?
    that "what was looked at is restored, although all files were replaced" test $actual = 0
    that "... it is the disk of the first set" cmp "$mnt/back.img" "$a"
  else
    fsfreeze -u "$mnt"; wait "$restore"; cp "$work/restore.out" "$work/out"; bad "restore-set has the files of the set open"
  fi
  rm -f "$mnt/back.img"

  fsfreeze -f "$mnt"
  if blocked_restore "$set" "$mnt/back.img"; then
    kill -KILL "$restore"; fsfreeze -u "$mnt"; wait "$restore" 2>/dev/null
    expect 0 "a job that was killed leaves no lock" "$imaging" backup-disk --device "$a" --out-dir "$set" --force
  else
    fsfreeze -u "$mnt"; wait "$restore"; cp "$work/restore.out" "$work/out"; bad "restore-set has the files of the set open, once more"
  fi
  umount "$mnt"
  digest=$(sha "$set/backup.manifest.json")
  expect 0 "the set is taken by its digest" "$imaging" verify-set --set-dir "$set" --expect-digest "sha256:$digest"
  says "... which is printed" "$digest"
  expect 4 "no other set is" "$imaging" restore-set --set-dir "$set" --out-raw "$work/no.img" --expect-digest "$(sha "$a")"
  that "... and nothing was written" test ! -e "$work/no.img"
}

# change_manifest SET CODE: python code that changes the manifest m of a set
change_manifest() { python3 - "$1/backup.manifest.json" "$2" <<'P'
import json, sys
m = json.load(open(sys.argv[1])); m.pop("ManifestSha256", None)
exec(sys.argv[2])
json.dump(m, open(sys.argv[1], "w"))
P
}

check_hostile_sets() {
  has python3 || { skip hostile_sets "needs python3"; return; }
  local disk=$work/h.img set=$work/h-set copy=$work/h-copy case
  plain_disk "$disk" 3
  expect 0 "a set" "$imaging" backup-disk --device "$disk" --out-dir "$set"
  fresh() { rm -rf "$copy"; cp -r "$set" "$copy"; }

  fresh
  head -c 8388608 /dev/urandom >"$work/secret"; ln -s "$work/secret" "$copy/part02.raw"
  change_manifest "$copy" 'm["Partitions"][1].update(ImageFile=None, ImageSha256=None, ImageDigest=None, ContentDigest=None, RawDump="part02.raw", FileSize=None)'
  expect 3 "a link out of the folder is not followed" "$imaging" restore-set --set-dir "$copy" --out-raw "$work/h-back.img"
  says "... and it is said so" "leads out of its folder"
  that "... and nothing was written" test ! -e "$work/h-back.img"
  expect 4 "... nor is it verified" "$imaging" verify-set --set-dir "$copy"
  rm "$copy/part02.raw"; mkfifo "$copy/part02.raw"
  expect 3 "a pipe is no file of a set" "$imaging" restore-set --set-dir "$copy" --out-raw "$work/h-back.img"
  rm "$copy/part02.raw"; cp "$work/secret" "$copy/part02.raw"
  expect 0 "a plain file without a digest" "$imaging" verify-set --set-dir "$copy"
  says "... is not called proven" "NOT PROVEN"
  ln -s "$set" "$work/h-link"
  expect 0 "the folder may be a link" "$imaging" verify-set --set-dir "$work/h-link"

  for case in 'm["Partitions"][0]["ImageFile"] = "\ud800"' 'm["Partitions"][0]["ImageFile"] = "../h-set/part01.skzimg"' \
      'm["Partitions"][0]["ImageFile"] = "/etc/hostname"' 'm["Partitions"][0]["ImageFile"] = "x" * 300' \
      'm["Partitions"][0]["ImageFile"] = "part02.skzimg"' 'm["Partitions"][0]["ImageFile"] = "PART02.skzimg"' \
      'm["Warnings"] = ["x"] * 3000000' 'm["Notes"] = "x" * 15000000' 'm["Notes"] = "x" * 20000000'; do
    fresh; change_manifest "$copy" "$case"
    expect 5 "a manifest with ${case%%]}: verify-set" "$imaging" verify-set --set-dir "$copy"
    expect 5 "... restore-set" "$imaging" restore-set --set-dir "$copy" --out-raw "$work/h-back.img"
  done
  fresh; change_manifest "$copy" 'm["Partitions"][0]["BadRanges"] = [{"Offset": i * 2, "Length": 1} for i in range(400000)]; m["Partitions"][0]["BadBytes"] = 400000'
  expect 0 "400000 unreadable ranges are read in the memory there is" env IMAGING_JAVA_OPTS=-Xmx64m "$imaging" verify-set --set-dir "$copy"
}

# forge IMAGE: the image states 32 bytes 07 as its content digest; its checksums are right
forge() { python3 - "$1" <<'P'
import struct, sys
table = []
for n in range(256):
    for _ in range(8): n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    table.append(n)
def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data: value = value >> 8 ^ table[(value ^ byte) & 255]
    return value ^ 0xFFFFFFFF
image = bytearray(open(sys.argv[1], "rb").read())
footer, length = struct.unpack_from("<QI", image, len(image) - 24)
copy = struct.unpack_from("<Q", image, footer + 40)[0] - length
for at in (footer, copy):
    image[at + 128:at + 160] = bytes([7] * 32)
    struct.pack_into("<I", image, at + length - 4, crc32c(image[at:at + length - 4]))
open(sys.argv[1], "wb").write(image)
P
}

check_forged_digest() {
  has python3 || { skip forged_digest "needs python3"; return; }
  local image=$work/forged.skzimg stated content whole command
  stated=$(printf '07%.0s' {1..32})
  head -c 9000000 /dev/urandom >"$work/forged.raw"; truncate -s 12M "$work/forged.raw"
  expect 0 "an image" "$imaging" image --device "$work/forged.raw" --out "$image" --all-blocks --frame-size 256K --hash sha256
  content=$(sed -n 's/^ *content digest *//p' "$work/out"); whole=$(sha "$work/forged.raw")
  for digest in "$content" "sha256:$(sed -n 's/^ *image digest *//p' "$work/out")" "$whole"; do
    rm -f "$work/forged.out"
    expect 0 "export-raw of the expected image" "$imaging" export-raw --in "$image" --out "$work/forged.out" --expect-digest "$digest"
    that "... is that of the device" cmp "$work/forged.out" "$work/forged.raw"
  done
  expect 4 "another image is not restored" "$imaging" restore --in "$image" --device "$work/forged.no" --expect-digest "$stated"
  expect 1 "what is no digest is refused" "$imaging" verify --in "$image" --expect-digest 12
  expect 0 "a quick verification" "$imaging" verify --in "$image" --quick
  that "... prints no digest as a result" test -z "$(grep -F "$content" "$work/out")"
  forge "$image"
  for command in "restore --device" "export-raw --out" "export-vhdx --out" "export-qcow2 --out" "convert --out"; do
    expect 4 "$command: an image that states another content is refused" "$imaging" ${command% *} --in "$image" "${command#* }" "$work/forged.no"
    says "... with what it has" "$content"
    that "... and nothing was written" test ! -e "$work/forged.no" -a ! -e "$work/forged.no.partial"
  done
  expect 4 "verify finds it" "$imaging" verify --in "$image"
  expect 4 "... also the quick one" "$imaging" verify --in "$image" --quick
  expect 4 "what it states cannot be expected of it" "$imaging" restore --in "$image" --device "$work/forged.no" --expect-digest "$stated"
  expect 0 "info shows what it states" "$imaging" info --in "$image"
  says "... and says that nobody computed it" "$stated (as stated, not checked)"
}
