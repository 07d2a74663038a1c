# Checks of partition tables, sourced by run. sfdisk and sgdisk make the disks and say what is on them.

# partition_list FILE: number, first sector, sectors, type, GUID and name of each partition as our JSON has them
partition_list() {
  "$imaging" list --json --device "$1" 2>"$work/out" | python3 -c '
import json, sys
table = json.load(sys.stdin)["disk"]["table"]
size = table["sectorSize"]
print(table["diskGuid"] or table["diskSignature"], size)
for p in table.get("partitions", []):
    print(p["number"], p["offset"] // size, p["length"] // size, p["type"].removeprefix("0x0").removeprefix("0x"), p["uniqueGuid"], p["name"], p["bootable"])'
}

# sfdisk_list FILE: the same as sfdisk has it; our flag of GPT partitions is its attribute LegacyBIOSBootable
sfdisk_list() {
  sfdisk --json "$1" 2>/dev/null | python3 -c '
import json, sys
table = json.load(sys.stdin)["partitiontable"]
file = sys.argv[1]
print(table["id"], table.get("sectorsize", 512))
for p in table.get("partitions", []):
    boot = p.get("bootable", False) or "LegacyBIOSBootable" in p.get("attrs", "")
    print(p["node"].removeprefix(file).removeprefix("p"), p["start"], p["size"], p["type"], p.get("uuid", ""), p.get("name", ""), boot)' "$1"
}

same_list() {
  partition_list "$2" >"$work/ours"; sfdisk_list "$2" >"$work/theirs"
  that "$1: sfdisk reads $(($(wc -l <"$work/theirs") - 1)) partitions, we read the same" \
    test -s "$work/theirs" -a "$(cat "$work/ours")" = "$(cat "$work/theirs")"
}

check_partitions() {
  has sfdisk && has sgdisk && has mkntfs || { skip partitions "needs sfdisk, sgdisk and ntfs-3g"; return; }
  local disk=$work/disk.img i loop
  rm -f "$disk"; truncate -s 100M "$disk"
  printf '%s\n' 'label: dos' 'label-id: 0x12345678' 'start=2048, size=20000, type=7, bootable' 'start=24576, size=4096, type=c' \
    'start=40960, size=120000, type=f' 'start=43008, size=30000, type=7' 'start=80000, size=10000, type=83' \
    'start=100000, size=20001, type=82' | sfdisk -q "$disk" >"$work/out" 2>&1 || bad "sfdisk makes an MBR"
  same_list "MBR with logical partitions" "$disk"
  printf '%s\n' 'label: dos' 'start=2048, size=100000, type=5' >"$work/mbr"
  for i in $(seq 0 39); do echo "start=$((3000 + i * 2000)), size=$((900 + i)), type=83"; done >>"$work/mbr"
  rm -f "$disk"; truncate -s 100M "$disk"; sfdisk -q "$disk" <"$work/mbr" >"$work/out" 2>&1 || bad "sfdisk makes 40 logical partitions"
  same_list "40 logical partitions" "$disk"
  sfdisk -q --delete "$disk" 20 22 5 >"$work/out" 2>&1 || bad "sfdisk deletes partitions"
  same_list "logical partitions with gaps in the chain" "$disk"

  rm -f "$disk"; truncate -s 300M "$disk"
  sgdisk -n 1:2048:+33M -t 1:ef00 -c 1:'EFI system' -n 3:0:+16M -t 3:0c01 -n 7:200704:+20M -t 7:0700 -c 7:'Daten äöü' \
    -n 128:401408:+5M -t 128:8300 -A 7:set:2 "$disk" >"$work/out" 2>&1 || bad "sgdisk makes a GPT"
  same_list "GPT" "$disk"
  cp --sparse=always "$disk" "$work/other.img"
  dd if=/dev/zero of="$work/other.img" bs=512 seek=1 count=33 conv=notrunc status=none
  partition_list "$work/other.img" >"$work/ours"; sfdisk_list "$disk" >"$work/theirs"
  that "GPT without its primary copy: the backup says the same" cmp "$work/ours" "$work/theirs"
  expect 0 "it is said" "$imaging" list --device "$work/other.img"
  says "which copy was used" "copy used       the backup"
  cp --sparse=always "$disk" "$work/other.img"; truncate -s 250M "$work/other.img"
  expect 0 "GPT of a disk that was cut" "$imaging" list --device "$work/other.img"
  says "the backup is missed" "the backup GPT is damaged"
  cp --sparse=always "$disk" "$work/other.img"
  sgdisk -h 7:1 "$work/other.img" >"$work/out" 2>&1 || bad "sgdisk makes a hybrid"
  expect 0 "hybrid MBR" "$imaging" list --device "$work/other.img"
  says "it is said to be one" "hybrid"

  # a partition of an image file against the same bytes in a file of their own
  truncate -s 20M "$work/v.img"; mkntfs -F -q -L INSIDE "$work/v.img" >"$work/out" 2>&1 || bad "mkntfs"
  mkdir -p "$work/mnt"
  if ntfs-3g "$work/v.img" "$work/mnt" >"$work/out" 2>&1; then
    cp "$root/LICENSE" "$root/README.md" "$work/mnt/"; umount "$work/mnt"
  fi
  dd if="$work/v.img" of="$disk" bs=512 seek=200704 conv=notrunc,sparse status=none
  expect 0 "image of the volume" "$imaging" image --device "$work/v.img" --out "$work/v.skzimg" --hash sha256
  expect 0 "image of the partition" "$imaging" image --device "$disk#7" --out "$work/p.skzimg" --verify --hash sha256
  says "it knows the file system" 'NTFS 3.1, label "INSIDE"'
  that "both have the same content" test "$(content_digest "$work/v.skzimg")" = "$(content_digest "$work/p.skzimg")"
  expect 0 "restore of the partition" "$imaging" restore --in "$work/p.skzimg" --device "$work/p.raw"
  expect 0 "restore of the volume" "$imaging" restore --in "$work/v.skzimg" --device "$work/v.raw"
  that "both restore to the same bytes" cmp "$work/p.raw" "$work/v.raw"
  expect 0 "ntfsfix takes it for sound" ntfsfix -n "$work/p.raw"
  expect 0 "the list knows the label" "$imaging" list --device "$disk"
  says "the label" "INSIDE"
  expect 3 "a partition that is not there" "$imaging" image --device "$disk#2" --out "$work/n.skzimg"
  says "those there are" "it has 1, 3, 7, 128"

  # a disk with sectors of 4096 bytes: made on a loop device, read from the file
  rm -f "$disk"; truncate -s 200M "$disk"
  if loop=$(attach --sector-size 4096 "$disk" 2>"$work/out"); then
    loops+=("$loop")
    sgdisk -n 1:256:+64M -t 1:0700 -c 1:large -n 2:30000:+20M "$loop" >"$work/out" 2>&1 || bad "sgdisk on sectors of 4096 bytes"
    sfdisk --json "$loop" >"$work/json" 2>/dev/null
    partition_list "$loop" >"$work/ours"; losetup -d "$loop"
    partition_list "$disk" >"$work/theirs"
    that "sectors of 4096 bytes: device and file say the same" cmp "$work/ours" "$work/theirs"
    that "and what sfdisk says" python3 -c '
import json, sys
theirs = json.load(open(sys.argv[1]))["partitiontable"]
ours = open(sys.argv[2]).read().split("\n")
assert ours[0] == theirs["id"] + " 4096", ours[0]
assert [line.split()[1:3] for line in ours[1:] if line] == [[str(p["start"]), str(p["size"])] for p in theirs["partitions"]]' \
      "$work/json" "$work/theirs"
  else
    skip partitions "no loop device with sectors of 4096 bytes"
  fi
  rm -f "$work/mbr" "$work/ours" "$work/theirs"; clean
}

content_digest() { "$imaging" info --in "$1" --json 2>/dev/null | python3 -c 'import json, sys; print(json.load(sys.stdin)["contentDigest"])'; }
