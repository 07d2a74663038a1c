# Virtual disks as QEMU sees them.

# same_disk WHAT RAW FORMAT FILE: the file is one that qemu-img takes, and the same disk as the raw file
same_disk() {
  local what=$1 raw=$2 format=$3 file=$4
  if [ "$format" != vpc ]; then
    expect 0 "$what: qemu-img check" qemu-img check -f "$format" "$file"
  fi
  expect 0 "$what: qemu-img compare" qemu-img compare -f raw -F "$format" "$raw" "$file"
  local size
  size=$(stat -c %s "$raw")
  qemu-img info --output=json -f "$format" "$file" >"$work/out" 2>&1
  says "$what: the virtual size is that of the device" "\"virtual-size\": $(((size + 511) / 512 * 512)),"
}

# each format, what QEMU calls it, and an option
disk_formats() { printf '%s\n' "vhd vpc" "vhd vpc --fixed" "vhdx vhdx" "qcow2 qcow2"; }

check_export_disks() {
  has qemu-img || { skip export_disks "qemu-img is not installed"; return; }
  local length name qemu option before
  # not a whole number of sectors, blocks, clusters or cylinders; content at the begin, the end and across borders
  for length in 513 20000001; do
    rm -f "$work"/e.*
    head -c $((length < 3000000 ? length : 3000000)) /dev/urandom >"$work/e.raw"
    truncate -s $length "$work/e.raw"
    if [ $length -gt 10000000 ]; then
      head -c 70000 /dev/urandom | dd of="$work/e.raw" bs=1 seek=$((length - 70000)) conv=notrunc status=none iflag=fullblock obs=64k
      head -c 4096 /dev/urandom | dd of="$work/e.raw" bs=512 seek=16383 conv=notrunc status=none
    fi
    expect 0 "$length bytes: image" "$imaging" image --device "$work/e.raw" --out "$work/e.skzimg" --all-blocks --frame-size 1M
    while read -r name qemu option; do
      # shellcheck disable=SC2086
      expect 0 "$length bytes: $name $option" "$imaging" "export-$name" $option --in "$work/e.skzimg" --out "$work/e.disk" --force
      same_disk "$length bytes: $name $option" "$work/e.raw" "$qemu" "$work/e.disk"
    done < <(disk_formats)
  done
  expect 6 "an existing disk stays" "$imaging" export-qcow2 --in "$work/e.skzimg" --out "$work/e.disk"
  expect 1 "an unknown format" "$imaging" export-disk --format floppy --in "$work/e.skzimg" --out "$work/e.new"
  says "... and those there are" "qcow2, vhd, vhd-fixed, vhdx"
  "$imaging" export-vhdx --in "$work/e.skzimg" --out "$work/e.one" --force --parallel 1 >/dev/null 2>&1
  "$imaging" export-disk --format vhdx --in "$work/e.skzimg" --out "$work/e.two" --force --parallel 3 >/dev/null 2>&1
  that "the same image gives the same bytes" cmp "$work/e.one" "$work/e.two"
  # damage ends it, and nothing stands there
  before=$(stat -c %s "$work/e.skzimg")
  printf 'XXXXXXXX' | dd of="$work/e.skzimg" bs=1 seek=$((before / 2)) conv=notrunc status=none
  expect 4 "a damaged image" "$imaging" export-vhdx --in "$work/e.skzimg" --out "$work/e.bad"
  that "... leaves no disk" test ! -e "$work/e.bad" -a ! -e "$work/e.bad.partial"
  rm -f "$work"/e.*
}

check_export_troubles() {
  has qemu-img || { skip export_troubles "qemu-img is not installed"; return; }
  # sectors that could not be read are zeros in the virtual disk, and it is said
  bad_disk
  expect 7 "an image with unreadable sectors" "$imaging" image --device "$work/bad.img" --out "$work/i.skzimg" --all-blocks \
    --on-read-error record --bad-map "$work/bad.map"
  cp "$work/bad.img" "$work/expected.img"
  local name qemu option at size mark
  while read -r at size mark; do
    [ "$mark" != - ] || dd if=/dev/zero of="$work/expected.img" bs=512 seek=$((at / 512)) count=$((size / 512)) conv=notrunc status=none
  done < <(sed 1d "$work/bad.map")
  while read -r name qemu option; do
    # shellcheck disable=SC2086
    expect 0 "unreadable sectors: $name $option" "$imaging" "export-$name" $option --in "$work/i.skzimg" --out "$work/e.disk" --force
    says "$name $option: it is said" "could not be read when the image was made"
    expect 0 "$name $option: just these are zeros" qemu-img compare -f raw -F "$qemu" "$work/expected.img" "$work/e.disk"
  done < <(disk_formats)
  rm -f "$work/e.disk"
  # a full target: an error with the way out, and nothing stays
  mkdir -p "$work/full"
  if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=10m tmpfs "$work/full"; then
    while read -r name qemu option; do
      # shellcheck disable=SC2086
      expect 6 "a full target: $name $option" "$imaging" "export-$name" $option --in "$work/i.skzimg" --out "$work/full/e.disk"
      says "... with the way out" "free space there"
      that "... leaves nothing" test -z "$(ls -A "$work/full")"
    done < <(disk_formats)
    umount "$work/full"
  else
    skip export_troubles "no file system can be mounted (needs root)"
  fi
  # holes: of 16 MiB with 4 KiB in each MiB, 64 KiB of each are written
  truncate -s 16M "$work/h.raw"
  for at in $(seq 0 15); do head -c 4096 /dev/urandom | dd of="$work/h.raw" bs=1M seek="$at" conv=notrunc status=none; done
  expect 0 "scattered content: image" "$imaging" image --device "$work/h.raw" --out "$work/h.skzimg" --all-blocks --force
  expect 0 "scattered content: restore" "$imaging" restore --in "$work/h.skzimg" --device "$work/r.raw" --verify
  says "it writes 64 KiB around each" "written         1.0 MiB (1048576 bytes)"
  expect 0 "scattered content: export-raw" "$imaging" export-raw --in "$work/h.skzimg" --out "$work/e.raw"
  that "both are the same" cmp "$work/h.raw" "$work/r.raw"
  that "both are the same" cmp "$work/h.raw" "$work/e.raw"
  clean
}

check_export_large() {
  has qemu-img || { skip export_large "qemu-img is not installed"; return; }
  has mkntfs || { skip export_large "mkntfs is not installed"; return; }
  # a volume of 3 TiB: content at its begin, in its middle and at its end
  truncate -s 3T "$work/l.raw"
  mkntfs -F -Q -c 65536 -s 512 -p 0 -H 0 -S 0 "$work/l.raw" >/dev/null 2>&1 || { skip export_large "mkntfs fails"; return; }
  expect 0 "3 TiB: image" "$imaging" image --device "$work/l.raw" --out "$work/l.skzimg"
  expect 0 "3 TiB: qcow2" "$imaging" export-qcow2 --in "$work/l.skzimg" --out "$work/l.qcow2"
  same_disk "3 TiB: qcow2" "$work/l.raw" qcow2 "$work/l.qcow2"
  expect 0 "3 TiB: vhdx" "$imaging" export-vhdx --in "$work/l.skzimg" --out "$work/l.vhdx"
  expect 0 "3 TiB: vhdx: qemu-img check" qemu-img check -f vhdx "$work/l.vhdx"
  local at
  for at in 0 1572864 3145727; do
    qemu-img dd -f vhdx -O raw if="$work/l.vhdx" of="$work/l.part" bs=1M skip=$at count=$((at + 1)) >/dev/null 2>&1
    that "3 TiB: vhdx: MiB $at" cmp "$work/l.part" <(dd if="$work/l.raw" bs=1M skip=$at count=1 status=none)
    rm -f "$work/l.part"
  done
  expect 1 "3 TiB: vhd is too short" "$imaging" export-vhd --in "$work/l.skzimg" --out "$work/l.vhd"
  says "... and says how long it may be" "at most 2190433320960"
  that "... leaves no disk" test ! -e "$work/l.vhd"
  rm -f "$work"/l.*
  truncate -s 2040G "$work/l.raw"
  mkntfs -F -Q -c 65536 -s 512 -p 0 -H 0 -S 0 "$work/l.raw" >/dev/null 2>&1
  expect 0 "2040 GiB: image" "$imaging" image --device "$work/l.raw" --out "$work/l.skzimg"
  expect 0 "2040 GiB: vhd" "$imaging" export-vhd --in "$work/l.skzimg" --out "$work/l.vhd"
  same_disk "2040 GiB: vhd" "$work/l.raw" vpc "$work/l.vhd"
  rm -f "$work"/l.*
}

check_convert() {
  local name image
  for name in legacy-v1-all legacy-v2-all legacy-v3-used; do
    zstd -dqf "$fixtures/$name.skzimg.zst" -o "$work/$name.skzimg"
    image=$work/$name.skzimg
    expect 0 "$name: convert" "$imaging" convert --in "$image" --out "$work/new.skzimg" --verify --force
    says "$name: where it came from" "from            img1 version"
    says "$name: it is verified" "OK"
    expect 0 "$name: restore what was converted" "$imaging" restore --in "$work/new.skzimg" --device "$work/n.raw"
    that "$name: the device is the same" test "$(sha "$work/n.raw")" = "$(field $name deviceSha256)"
    rm -f "$work/n.raw"
  done
  # used blocks only stays so, and another level changes no content
  expect 0 "info" "$imaging" info --in "$work/new.skzimg"
  says "used blocks only stays so" "used extents only"
  local digest
  digest=$(sed -n 's/^ *content digest *\([0-9a-f]*\).*/\1/p' "$work/out")
  expect 0 "convert again" "$imaging" convert --in "$work/new.skzimg" --out "$work/again.skzimg" --level 12 --chunk-size 4M
  says "... with the same content digest" "$digest"
  expect 6 "an image that is there stays" "$imaging" convert --in "$work/new.skzimg" --out "$work/again.skzimg"
  clean
}

check_other_file_systems() {
  # by name: a superblock is enough
  truncate -s 20M "$work/x.img"
  printf 'XFSB\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00\x14\x00' | dd of="$work/x.img" conv=notrunc status=none
  # sb_agcount; sb_versionnum 4, sb_sectsize, sb_inodesize, sb_inopblock, sb_fname; the logarithms of the sizes
  printf '\x00\x00\x00\x04' | dd of="$work/x.img" bs=1 seek=88 conv=notrunc status=none
  printf '\xb4\xa4\x02\x00\x01\x00\x00\x10home' | dd of="$work/x.img" bs=1 seek=100 conv=notrunc status=none
  printf '\x0c\x09\x08\x04' | dd of="$work/x.img" bs=1 seek=120 conv=notrunc status=none
  expect 0 "XFS: image" "$imaging" image --device "$work/x.img" --out "$work/x.skzimg" --hash sha256
  says "XFS: by name" 'XFS, label "home", 5120 clusters of 4096 bytes'
  says "XFS: all blocks" "imaging all blocks"
  says "XFS: nothing is missing" "$(sha "$work/x.img") (whole device)"
  expect 0 "XFS: list" "$imaging" list --device "$work/x.img"
  says "XFS: listed with its label" 'XFS "home"'
  if [ -n "${THOROUGH:-}" ] && has mkfs.xfs; then
    rm -f "$work/x.img"; truncate -s 400M "$work/x.img"; mkfs.xfs -q -L real "$work/x.img"
    expect 0 "mkfs.xfs: list" "$imaging" list --device "$work/x.img"
    says "mkfs.xfs: by name" 'XFS "real"'
  fi
  mkswap -L sw "$work/s.img" >/dev/null 2>&1 || { truncate -s 10M "$work/s.img"; mkswap -L sw "$work/s.img" >/dev/null 2>&1; }
  expect 0 "swap: list" "$imaging" list --device "$work/s.img"
  says "swap: by name" 'Linux swap "sw"'
  clean
}
