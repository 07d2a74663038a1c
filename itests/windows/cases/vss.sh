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
  expect 1 "a snapshot of a drive" imaging image --device '\\.\PhysicalDrive9' --out d.skzimg --use-vss
  that "no image and no snapshot is left" bash -c '! ls *.skzimg*'
}

# failure WISHES TEXT: what the double is told to do, and what is then said
failure() {
  rm -f f.skzimg*
  export FAKEVSS_FAIL=$1
  "${@:3}" imaging image --device 'S:' --out f.skzimg --use-vss >"$out" 2>&1 </dev/null; local code=$?
  unset FAKEVSS_FAIL
  if [ $code != 0 ] && [ $code != 70 ]; then ok "$1: exit code $code"; else bad "$1: exit code $code"; fi
  says "... in words" "$2"
  says "... with a remedy" "remedy:"
  that "... no image and no snapshot" bash -c '! ls f.skzimg' && no_snapshot || bad "a snapshot is left"
}

check_vss_failures() {
  failure DoSnapshotSet=80042316 "another program is making"
  failure StartSnapshotSet=80042316 "another program is making"
  failure DoSnapshotSet.Async=8004231f "room"
  failure AddToSnapshotSet=8004230c "not supported"
  failure PrepareForBackup.Async=80042319 "writer"
  failure CreateVssBackupComponentsInternal=80070005 "administrator"
  export FAKEVSS_WRITER=800423f4
  expect 0 "a writer that failed" imaging image --device 'S:' --out w.skzimg --use-vss
  says "... is named" "writer"
  unset FAKEVSS_WRITER
  that "no snapshot is left" no_snapshot
}

# killed, and ended by Ctrl+C, at each step of the service and while the image is written
check_vss_interrupted() {
  local step
  as_user
  export FAKEVSS_LOG='C:\work\vss.log' FAKEVSS_WAIT=4000
  for step in GatherWriterMetadata PrepareForBackup DoSnapshotSet; do
    rm -f vss.log
    start image --device 'S:' --out k.skzimg --use-vss --max-throughput 8M
    that "$step is reached" await 120 grep -q "$step" vss.log
    that "... the job is killed" kill_job
    that "... and no snapshot is left" await 30 no_snapshot
  done
  unset FAKEVSS_WAIT
  start image --device 'S:' --out k.skzimg --use-vss --max-throughput 4M
  that "a snapshot is made" await 120 has_snapshots 1
  that "... the job is killed" kill_job
  that "... and no snapshot is left" await 30 no_snapshot
  export FAKEVSS_WAIT=4000
  expect 130 "Ctrl+C while the snapshot is made" on_console 'napshot|riter|Freez|freez' wine "$exe" image --device 'S:' --out c.skzimg --use-vss
  that "... and no snapshot is left" await 30 no_snapshot
  unset FAKEVSS_WAIT
  expect 130 "Ctrl+C while the image is written" on_console '[1-9][0-9.]*%' wine "$exe" image --device 'S:' --out c.skzimg --use-vss --max-throughput 8M
  that "... and no snapshot is left" await 30 no_snapshot
  that "... and no process" await 30 no_java
  unset FAKEVSS_LOG
}
