# Volumes and drives that the driver serves: list, images by each form of reference, bad and slow ones, restores. Sourced by run.

# volume_of LETTER: "GUID DEVICE", {...} and \Device\HarddiskVolumeN
volume_of() { driver '\\.\SkzControl' list | tr -d '\r' | awk -v link="\\\\??\\\\$1:" 'tolower($2) == tolower(link) { print $3, $1 }'; }
content() { imaging info --json --in "$1" 2>/dev/null | grep -oE '"contentDigest":"[0-9a-f]{64}'; }
# same_range FILE OFFSET LENGTH OTHER: OTHER is that range of FILE
same_range() { cmp <(tail -c +$(($2 + 1)) "$1" | head -c "$3") "$4"; }
# S: of drive 9: 64 MiB from 1 MiB on; T: 32 MiB behind it
volume_s() { tail -c +1048577 "$disks/disk9.img" | head -c 67108864; }
volume_t() { tail -c +68157441 "$disks/disk9.img" | head -c 33554432; }

check_list() {
  local name
  expect 0 "list" imaging list
  for name in '\\.\PhysicalDrive8' '\\.\PhysicalDrive9' 'S:' 'T:' 'U:'; do says "... has $name" "$name"; done
  expect 0 "list as JSON" imaging list --json
  expect 0 "dump-pt of an MBR" imaging dump-pt --device '\\.\PhysicalDrive9' --out mbr.bin
  that "... is the beginning of the drive" cmp -n 1048576 mbr.bin "$disks/disk9.img"
  expect 0 "dump-pt of a GPT on 4 KiB sectors" imaging dump-pt --device '\\.\PhysicalDrive8' --out gpt.bin
  that "... is the beginning of the drive" cmp -n 1048576 gpt.bin "$disks/disk8.img"
}

check_references() {
  local guid device reference first='' number=0
  read -r guid device < <(volume_of S)
  volume_s >s.img
  for reference in 'S:' 's:\' '\\.\S:' "\\\\?\\Volume$guid" "\\\\?\\Volume$guid\\"; do
    number=$((number + 1))
    expect 0 "image of $reference" imaging image --device "$reference" --out $number.skzimg --keep-all-files
    [ -n "$first" ] || first=$(content 1.skzimg)
    that "... the same content" test "$(content $number.skzimg)" = "${first:-none}"
  done
  expect 0 "image of the volume as a file, by the reader of this project" imaging image --device s.img --out f.skzimg --keep-all-files
  that "... what Windows calls in use is what \$Bitmap calls in use" test "$(content f.skzimg)" = "$first"
  expect 0 "restore" imaging restore --in 1.skzimg --device r.img
  that "the files are those of the volume" ntfs_same s.img r.img
  expect 0 "all blocks of a volume" imaging image --all-blocks --device 'S:' --out a.skzimg
  that "... are the bytes of the partition" bash -c 'zstd -dqc a.skzimg | cmp - s.img'
}

# what is left out of an image of what is in use, and what --keep-all-files keeps
check_files_left_out() {
  volume_s >s.img
  expect 0 "image" imaging image --device 'S:' --out i.skzimg
  says "... which says what it leaves out" "pagefile.sys"
  expect 0 "restore" imaging restore --in i.skzimg --device r.img
  that "pagefile.sys is zeros" cmp -n 1048576 <(ntfscat -f r.img pagefile.sys) /dev/zero
  that "... as long as it was" test "$(ntfscat -f r.img pagefile.sys | wc -c)" = 1048576
  that "the other files are whole" ntfs_same s.img r.img
  expect 0 "image of all files" imaging image --device 'S:' --out k.skzimg --keep-all-files
  expect 0 "restore" imaging restore --in k.skzimg --device k.img
  that "pagefile.sys is what it was" cmp <(ntfscat -f s.img pagefile.sys) <(ntfscat -f k.img pagefile.sys)
}

check_drives() {
  local drive
  for drive in 9 8; do
    expect 0 "all blocks of drive $drive" imaging image --all-blocks --device "\\\\.\\PhysicalDrive$drive" --out $drive.skzimg --hash sha256
    says "... with the SHA-256 of its image file" "$(sha "$disks/disk$drive.img")"
    that "... and its bytes" bash -c "zstd -dqc $drive.skzimg | cmp - '$disks/disk$drive.img'"
  done
  expect 0 "a volume on 4 KiB sectors" imaging image --all-blocks --device 'U:' --out u.skzimg --hash sha256
  that "... is its partition" bash -c "zstd -dqc u.skzimg | cmp - <(tail -c +1048577 '$disks/disk8.img' | head -c 32505856)"
}

check_bad_sectors() {
  volume_s >s.img
  driver '\\.\S:' bad 0x2000000 512 >/dev/null
  driver '\\.\S:' bad 0x2001000 1024 >/dev/null
  expect 3 "a bad sector ends the job" imaging image --all-blocks --device 'S:' --out e.skzimg --retries 0
  says "... with the place" "33554432"
  expect 7 "... or is recorded" imaging image --all-blocks --device 'S:' --out b.skzimg --retries 0 --on-read-error record
  says "... as many as are bad" "(3 sectors)"
  expect 0 "restore" imaging restore --in b.skzimg --device b.img
  dd if=/dev/zero of=s.img bs=512 seek=65536 count=1 conv=notrunc status=none
  dd if=/dev/zero of=s.img bs=512 seek=65544 count=2 conv=notrunc status=none
  that "only they are zeros" cmp s.img b.img
  driver '\\.\S:' clear >/dev/null
  driver '\\.\S:' bad 0x2000000 512 c000003f 1 >/dev/null
  expect 0 "a sector that is read at the second try" imaging image --all-blocks --device 'S:' --out c.skzimg --retries 3
}

check_slow_reads() {
  volume_s >s.img
  driver '\\.\S:' slow 0x1000000 0x100000 3000 >/dev/null
  expect 0 "slow reads" imaging image --all-blocks --device 'S:' --out s.skzimg
  that "... are whole" bash -c 'zstd -dqc s.skzimg | cmp - s.img'
  driver '\\.\S:' clear >/dev/null
  driver '\\.\S:' hang 0x1000000 4096 >/dev/null
  expect 3 "a read that never ends is given up" imaging image --all-blocks --device 'S:' --out h.skzimg --read-timeout 2s --retries 0
  expect 7 "... or recorded" imaging image --all-blocks --device 'S:' --out r.skzimg --read-timeout 2s --retries 0 --on-read-error record
  as_user
  expect 130 "Ctrl+C does not wait for it" on_console 'Imaging' wine "$exe" image --all-blocks --device 'S:' --out k.skzimg
  that "... the job ends by itself, and is not halted" bash -c "! grep -q 'did not stop within' '$work/screen'"
  that "... and nothing is left of it" await 30 no_java
  driver '\\.\S:' clear >/dev/null
  expect 0 "it is resumed when the device answers again" imaging image --all-blocks --device 'S:' --out k.skzimg --resume
  that "... and whole" bash -c 'zstd -dqc k.skzimg | cmp - s.img'
  driver '\\.\PhysicalDrive9' hang 0x1400000 4096 >/dev/null
  expect 7 "a backup of a drive with a read that never ends" imaging backup-disk --disk 9 --out-dir set --all-blocks --read-timeout 2s --retries 0 --on-read-error record
  driver '\\.\PhysicalDrive9' clear >/dev/null
  expect 0 "restore-set" imaging restore-set --set-dir set --out-raw r.img
  that "... all else is whole" test "$(cmp -l r.img "$disks/disk9.img" | wc -l)" -le 4096
}

check_vanishing_device() {
  start image --all-blocks --device '\\.\PhysicalDrive9' --out v.skzimg --max-throughput 8M --on-read-error record
  that "a job runs" await 120 enough v.skzimg.partial 65536
  driver '\\.\PhysicalDrive9' vanish >/dev/null
  wait "$job"; local code=$?
  says "its device goes away, and that is said" "went away"
  that "... exit code 3 ($code)" test $code = 3
  that "there is no image" test ! -e v.skzimg
  driver '\\.\PhysicalDrive9' clear >/dev/null
  expect 0 "it is resumed when the device is back" imaging image --all-blocks --device '\\.\PhysicalDrive9' --out v.skzimg --resume
  that "... whole" bash -c "zstd -dqc v.skzimg | cmp - '$disks/disk9.img'"
}

check_refused_opens() {
  driver '\\.\S:' refuse c0000022 >/dev/null
  expect 2 "without the rights" imaging image --device 'S:' --out s.skzimg
  says "... it is said what to do" "administrator"
  driver '\\.\S:' clear >/dev/null
  driver '\\.\PhysicalDrive9' refuse c0000022 >/dev/null
  expect 2 "a drive without the rights" imaging image --device '\\.\PhysicalDrive9' --out s.skzimg
  expect 0 "list continues" imaging list
  driver '\\.\PhysicalDrive9' clear >/dev/null
  expect 3 "a letter that is not there" imaging image --device 'X:' --out s.skzimg
  expect 3 "a drive that is not there" imaging image --device '\\.\PhysicalDrive5' --out s.skzimg
  that "no image is left" bash -c '! ls *.skzimg*'
}

check_restores() {
  expect 0 "image of a volume" imaging image --device 'S:' --out s.skzimg
  expect 0 "image of a drive" imaging image --all-blocks --device '\\.\PhysicalDrive9' --out d.skzimg
  cp "$disks/disk9.img" before.img
  driver '\\.\S:' poke 0x800000 1048576 238 >/dev/null
  expect 6 "a volume is not overwritten unless that is asked for" imaging restore --in s.skzimg --device 'S:'
  expect 0 "restore of the volume" imaging restore --in s.skzimg --device 'S:' --force --verify
  volume_s >after.img; tail -c +1048577 before.img | head -c 67108864 >s.img
  that "... its files are those of the image" ntfs_same s.img after.img
  that "... the rest of the drive is as it was" bash -c "cmp -n 1048576 before.img '$disks/disk9.img' && cmp -i 68157440 before.img '$disks/disk9.img'"
  driver '\\.\PhysicalDrive9' poke 0x8000000 1048576 238 >/dev/null
  expect 0 "restore of the drive" imaging restore --in d.skzimg --device '\\.\PhysicalDrive9' --force --verify
  that "... its bytes are those of the image" cmp before.img "$disks/disk9.img"
  expect 0 "volumes are there again" imaging image --device 'S:' --out again.skzimg
}

check_drive_sets() {
  truncate -s 200M "$disks/disk7.img"
  driver '\\.\SkzControl' reload >/dev/null
  expect 0 "backup-disk of a drive" imaging backup-disk --disk 9 --out-dir set --all-blocks
  expect 0 "verify-set" imaging verify-set --set-dir set
  expect 0 "restore-set to another drive" imaging restore-set --set-dir set --device '\\.\PhysicalDrive7' --force --verify
  that "... which is then the same" cmp "$disks/disk9.img" "$disks/disk7.img"
  expect 0 "restore-set to a file" imaging restore-set --set-dir set --out-raw r.img
  that "... the same" cmp "$disks/disk9.img" r.img
  expect 0 "backup-disk of what is in use" imaging backup-disk --disk 9 --out-dir used
  expect 0 "restore-set" imaging restore-set --set-dir used --out-raw u.img --force
  that "... its table is that of the drive" cmp -n 512 u.img "$disks/disk9.img"
}

# The speed of reading through the driver beside that of a plain C program, by turns: figures, no limit. The drive is an empty one,
# so that there is next to nothing to compress and to write, and long enough for Java to have compiled what it runs.
check_read_speed() {
  local round plain=() ours=() ratios=() bytes=$((${READ_SPEED_MIB:-1024} << 20)) read micros took
  truncate -s "$bytes" "$disks/disk7.img"
  driver '\\.\SkzControl' reload >/dev/null
  for round in 1 2 3; do
    expect 0 "a plain reader of a drive" wine 'C:\rig\readspeed.exe' '\\.\PhysicalDrive7'
    read -r read micros < <(tr -d '\r' <"$out")
    [ "$read" = "$bytes" ] || { bad "... which reads all of it"; return; }
    plain+=($((read * 1000000 / micros / 1048576)))
    driver '\\.\PhysicalDrive7' stats >before
    expect 0 "an image of it" compiled image --all-blocks --force --device '\\.\PhysicalDrive7' --out s.skzimg --progress json
    took=$(grep -oE '"elapsedNanos": *[0-9]+' "$out" | grep -oE '[0-9]+$' | tail -n 1)
    [ -n "$took" ] || { bad "... which says how long it took"; return; }
    took=$((took / 1000))
    driver '\\.\PhysicalDrive7' stats >after
    read=$(($(statistic bytes after) - $(statistic bytes before)))
    that "... which reads all of it" test "$read" -ge "$bytes"
    ours+=($((read * 1000000 / took / 1048576)))
    ratios+=($((ours[round - 1] * 100 / plain[round - 1])))
    say "        $read bytes in $(($(statistic reads after) - $(statistic reads before))) requests"
  done
  say "        plain reader: ${plain[*]} MiB/s; our job: ${ours[*]} MiB/s; that is ${ratios[*]} %"
}
# the start program with the hook, and a Java that compiles as it does for users
compiled() { (as_user; export IMAGING_JAVA_OPTS='-agentpath:C:\rig\skzhook.dll'; exec wine "$exe" "$@"); }
# statistic NAME FILE: a number of what the driver says it has done
statistic() { tr -d '\r' <"$2" | grep -oE "(^| )$1 [0-9]+" | head -n 1 | grep -oE '[0-9]+$'; }

# The plug-in that reads the device is taken away from under a running job and comes back: the job continues, and nothing is missing.
check_hot_swap() {
  expect 0 "the undisturbed image" imaging image --device 'S:' --out u.skzimg --keep-all-files
  # job 1 is that of the shell; it is waited for until it reads
  find "$c"/users/*/AppData/Local/imagingutility -type d -name jobs -exec rm -rf {} +
  printf '%s\n' 'image --device S: --out h.skzimg --keep-all-files --max-throughput 4M --detach' 'until { (job 1 | grep progress) } { sleep 1 }' \
    'stop device-volume' jobs 'start device-volume' watch 'job 1' >swap.gogo
  expect 0 "device-volume is stopped and started under a job" imaging shell swap.gogo
  says "... which waits for it meanwhile" "device provider volume"
  that "... the image is the undisturbed one" test "$(content h.skzimg)" = "$(content u.skzimg)"
}
