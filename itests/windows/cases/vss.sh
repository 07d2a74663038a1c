# Snapshots by the double of the Volume Shadow Copy Service. Sourced by run.

# the snapshots that the driver has now
snapshots() { driver '\\.\SkzControl' list | tr -d '\r' | grep ShadowCopy | grep -v ' gone'; }
no_snapshot() { [ -z "$(snapshots)" ]; }
has_snapshots() { [ "$(snapshots | wc -l)" -ge "$1" ]; }

check_vss_live_volume() {
  volume_s >before.img
  expect 0 "the volume before, as a file" imaging image --device before.img --out b.skzimg --keep-all-files
  start image --device 'S:' --out s.skzimg --use-vss --keep-all-files --max-throughput 4M
  if ! await 120 has_snapshots 1; then bad "no snapshot was made"; wait "$job"; return; fi
  # the whole volume but for its boot sector, so all that is read from now on is another thing
  driver '\\.\S:' poke 0x10000 67043328 238 >/dev/null
  wait "$job"; local code=$?
  that "an image of a volume that is written to meanwhile (exit code $code)" test $code = 0
  that "... is that of the snapshot's moment" test "$(content s.skzimg)" = "$(content b.skzimg)"
  volume_s >after.img
  that "... which is not what the volume holds now" bash -c '! cmp -s before.img after.img'
  expect 0 "restore" imaging restore --in s.skzimg --device r.img
  that "... has the files of that moment" ntfs_same before.img r.img
  that "... and the snapshot is gone" no_snapshot
}

# two volumes at one moment: both are overwritten once the snapshots are there
check_vss_set() {
  volume_s >s.img; volume_t >t.img
  expect 0 "the first volume before, as a file" imaging image --device s.img --out s.skzimg --keep-all-files
  expect 0 "the second" imaging image --device t.img --out t.skzimg
  start image --volumes 'S:,T:' --out-dir set --use-vss --keep-all-files --max-throughput 4M
  if ! await 120 has_snapshots 2; then bad "no snapshots of both were made"; wait "$job"; return; fi
  driver '\\.\T:' poke 0x10000 33488896 1 >/dev/null
  driver '\\.\S:' poke 0x10000 67043328 2 >/dev/null
  wait "$job"; local code=$? image found=''
  that "images of two volumes (exit code $code)" test $code = 0
  for image in set/*.skzimg; do found="$found $(content "$image")"; done
  that "... the first is of that moment" grep -qF "$(content s.skzimg)" <<<"$found"
  that "... the second as well" grep -qF "$(content t.skzimg)" <<<"$found"
  that "... and no snapshot is left" no_snapshot
}

check_vss_disk() {
  cp "$disks/disk9.img" before.img
  expect 0 "the drive before, as a file" imaging backup-disk --device before.img --out-dir b --keep-all-files
  expect 0 "... as it is restored" imaging restore-set --set-dir b --out-raw b.img
  start backup-disk --disk 9 --out-dir set --use-vss --keep-all-files --max-throughput 8M
  if ! await 120 has_snapshots 2; then bad "no snapshots were made"; wait "$job"; return; fi
  driver '\\.\S:' poke 0x10000 67043328 2 >/dev/null
  driver '\\.\T:' poke 0x10000 33488896 2 >/dev/null
  wait "$job"; local code=$?
  that "backup-disk of a drive in use (exit code $code)" test $code = 0
  expect 0 "restore-set" imaging restore-set --set-dir set --out-raw r.img
  that "... is the drive at the snapshots' moment" cmp b.img r.img
  that "... and no snapshot is left" no_snapshot
}

check_vss_options() {
  expect 1 "--use-vss with --all-blocks" imaging image --device 'S:' --out a.skzimg --use-vss --all-blocks
  says "... is refused in words" "--all-blocks"
  that "no image is left" bash -c '! ls *.skzimg*'
  cp "$disks/disk9.img" before.img
  # of a drive the volumes on it are frozen
  start image --device '\\.\PhysicalDrive9' --out d.skzimg --use-vss --max-throughput 16M
  if ! await 120 has_snapshots 2; then bad "no snapshots of the volumes of a drive were made"; wait "$job"; return; fi
  driver '\\.\S:' poke 0x10000 67043328 2 >/dev/null
  driver '\\.\T:' poke 0x10000 33488896 2 >/dev/null
  wait "$job"; local code=$?
  that "an image of a drive whose volumes are written to (exit code $code)" test $code = 0
  that "... is the drive at the snapshots' moment" bash -c 'zstd -dqc d.skzimg | cmp - before.img'
  that "... and no snapshot is left" no_snapshot
  driver '\\.\T:' also 8 0x4000000 1048576 >/dev/null
  expect 0 "backup-disk of a drive with a part of a spanned volume" imaging backup-disk --disk 9 --out-dir spanned --use-vss
  says "... which is named" "lies in several ranges, or on several disks, and is not frozen"
  says "... with its bytes" "bytes 68157440 to 101711871"
  driver '\\.\T:' clear >/dev/null
}

# failure CODE WISHES TEXT: what the double is told to do, with what exit code the job ends, and what is said
failure() {
  rm -f f.skzimg*
  FAKEVSS_FAIL=$2 expect "$1" "$2" imaging image --device 'S:' --out f.skzimg --use-vss
  says "... in words" "$3"
  [ "$1" = 0 ] || says "... with a remedy" "remedy:"
  [ "$1" = 0 ] || that "... no image" bash -c '! ls f.skzimg*'
  that "... and no snapshot is left" no_snapshot
}

check_vss_failures() {
  failure 2 CreateVssBackupComponentsInternal=80070005 "administrator"
  failure 3 CreateVssBackupComponentsInternal=8007007e "has no shadow copies"
  failure 3 InitializeForBackup=80042302 "unexpected error of the service"
  failure 3 SetContext=80042301 "out of order"
  failure 3 SetBackupState=8000ffff "unexpected failure"
  failure 3 GatherWriterMetadata=80042318 "the writers cannot be asked"
  failure 3 GatherWriterMetadata.Async=80042315 "unexpected error while writers were asked"
  failure 3 IsVolumeSupported=8004230c "not NTFS or ReFS"
  failure 3 AddToSnapshotSet=8004230c "not NTFS or ReFS"
  failure 3 AddToSnapshotSet=80042317 "as many shadow copies as it can"
  failure 3 PrepareForBackup=80042319 "a writer does not respond"
  failure 3 PrepareForBackup.Async=80042319 "a writer does not respond"
  failure 3 GatherWriterStatus=80042409 "status of the writers"
  failure 3 GatherWriterStatus.Async=80042409 "status of the writers"
  failure 3 GetWriterStatusCount=8000ffff "unexpected failure"
  failure 3 GetWriterStatus=8000ffff "unexpected failure"
  failure 3 DoSnapshotSet=80042314 "too much writing"
  failure 3 DoSnapshotSet.Async=8004231f "room"
  failure 3 GetSnapshotProperties=80042308 "no such volume or shadow copy"
  # tried again for a minute
  failure 3 StartSnapshotSet=80042316 "another program is making"
  # the image is whole by then
  failure 0 BackupComplete=80042302 "Imaged"
  failure 0 BackupComplete.Async=80042302 "Imaged"
  failure 0 DeleteSnapshots=80042302 "could not be released"
  failure 0 "BackupComplete=80042302;AbortBackup=80042301" "Imaged"
  rm -f w.skzimg
  FAKEVSS_WRITER=800423f4 expect 3 "a writer that fails before the freeze" imaging image --device 'S:' --out w.skzimg --use-vss
  says "... is named" "Fake Writer"
  that "... no image" bash -c '! ls w.skzimg*'
  FAKEVSS_WRITER=800423f4 FAKEVSS_WRITER_LATE=1 expect 0 "a writer that fails at the freeze" imaging image --device 'S:' --out w.skzimg --use-vss
  says "... is named" "Fake Writer"
  says "... with what that means" "as after a power failure"
  that "no snapshot is left" no_snapshot
}

# killed, and ended by Ctrl+C, at each step of the service and while the image is written
readonly VSS_STEPS="GatherWriterMetadata PrepareForBackup GatherWriterStatus DoSnapshotSet BackupComplete"
check_vss_interrupted() {
  local step
  expect 0 "the undisturbed image" imaging image --device 'S:' --out u.skzimg --use-vss --keep-all-files --chunk-size 4M --frame-size 1M
  as_user
  export FAKEVSS_LOG='C:\work\vss.log'
  for step in $VSS_STEPS; do
    # what is over when the image is whole is not cut short
    if [ $step = BackupComplete ]; then export FAKEVSS_WAIT=$step=4000; else export FAKEVSS_WAIT=$step=300000; fi
    rm -f vss.log k.skzimg*
    start image --device 'S:' --out k.skzimg --use-vss
    that "$step is reached" await 120 grep -q "^IVssAsync($step)" vss.log
    that "... the job is killed" kill_job
    that "... and no snapshot is left" await 30 no_snapshot
    rm -f vss.log c.skzimg*
    interrupted "Ctrl+C in $step" "@$PWD/vss.log:IVssAsync\\($step\\)" --out c.skzimg
  done
  unset FAKEVSS_LOG FAKEVSS_WAIT
  rm -f k.skzimg* c.skzimg*
  start image --device 'S:' --out k.skzimg --use-vss --keep-all-files --chunk-size 4M --frame-size 1M --max-throughput 4M
  that "a part of the image is written" await 120 enough k.skzimg.partial 2097152
  that "... with a snapshot" has_snapshots 1
  that "... the job is killed" kill_job
  that "... and no snapshot is left" await 30 no_snapshot
  resumed k
  interrupted "Ctrl+C while the image is written" '[2-9][0-9.]*%' --out c.skzimg --keep-all-files --chunk-size 4M --frame-size 1M --max-throughput 4M
  that "... and no process" await 30 no_java
  resumed c
}
# interrupted WHAT WHEN OPTION...: Ctrl+C ends an image of S: once what is shown, or a file, matches WHEN. What is complete by then counts
interrupted() {
  local code=0
  on_console "$2" wine "$exe" image --device 'S:' --use-vss "${@:3}" || code=$?
  cp "$work/screen" "$out"
  case $1 in
    *BackupComplete) if [ $code = 0 ] || [ $code = 130 ]; then ok "$1: exit code $code"; else bad "$1: exit code $code"; fi
      [ $code != 0 ] || that "... with a whole image" test -s c.skzimg ;;
    *) if [ $code = 130 ]; then ok "$1: 130"; else bad "$1: exit code $code, expected 130"; fi
      that "... and no image" test ! -e c.skzimg ;;
  esac
  that "... and no snapshot is left" await 30 no_snapshot
}
# resumed NAME: an image of S: is continued from a new snapshot
resumed() {
  expect 0 "it is resumed from another snapshot" imaging image --device 'S:' --out "$1.skzimg" --use-vss --keep-all-files --resume --resume-check full
  says "... with what was there" "are kept"
  that "... the image is the undisturbed one" test "$(content "$1.skzimg")" = "$(content u.skzimg)"
  that "... and no snapshot is left" no_snapshot
}

# swapped WHAT STATEMENT...: a job on a frozen volume, statements once it writes, and the image that comes of it
swapped() {
  local what=$1; shift
  rm -f h.skzimg* vss.log
  printf '%s\n' 'image --device S: --out h.skzimg --keep-all-files --use-vss --max-throughput 2M --detach' '@await h.skzimg.partial' "$@" \
    'watch' >swap.gogo
  FAKEVSS_LOG='C:\work\vss.log' expect 0 "$what" fed swap.gogo
  cp "$out" swapped.txt
  that "... the image is the undisturbed one" test "$(content h.skzimg)" = "$(content u.skzimg)"
  that "... of one snapshot" test "$(grep -c '^DoSnapshotSet' vss.log)" = 1
  that "... which is gone" no_snapshot
  that "... with all objects of the service" bash -c 'grep -o "[0-9]* objects are left" vss.log | tail -n 1 | grep -q "^0 "'
}
# fed SCRIPT: a shell that gets its commands from a pipe
fed() { (as_user; exec wine 'C:\rig\feed.exe' "$1" 'C:\imaging\bin\ImagingUtility.exe' shell); }

# snapshot-vss is taken away from under a running job, which continues on the snapshot that it has
check_vss_hot_swap() {
  expect 0 "the undisturbed image" imaging image --device 'S:' --out u.skzimg --keep-all-files --use-vss
  cp "$c"/imaging/bundles/windows/*snapshot-vss*.jar vss.jar
  swapped "snapshot-vss is stopped and started" 'stop snapshot-vss' jobs 'start snapshot-vss'
  that "... and the job waited for it" grep -qi 'waiting' swapped.txt
  swapped "snapshot-vss is updated" 'update snapshot-vss vss.jar'
  swapped "snapshot-vss is refreshed" 'refresh snapshot-vss'
}

# what Windows says is in use on a snapshot against what the reader of this project finds in it, of a volume and within a drive
check_vss_clusters() {
  local image
  expect 0 "a frozen volume, by the reader of this project" imaging image --device 'S:' --out r.skzimg --use-vss --keep-all-files
  expect 0 "a frozen drive" imaging backup-disk --disk 9 --out-dir r --use-vss --keep-all-files
  printf '%s\n' 'stop allocator-ntfs' 'image --device S: --out w.skzimg --use-vss --keep-all-files' \
    'backup-disk --disk 9 --out-dir w --use-vss --keep-all-files' >told.gogo
  expect 0 "both without it" imaging shell told.gogo
  says "... as Windows says" "allocator system"
  that "... the volume has the same content" test "$(content w.skzimg)" = "$(content r.skzimg)"
  for image in r/*.skzimg; do
    that "... ${image#r/} as well" test "$(content "w/${image#r/}")" = "$(content "$image")"
  done
  that "no snapshot is left" no_snapshot
}
