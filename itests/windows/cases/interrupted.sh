# Jobs on drives and volumes that are ended by Ctrl+C, or killed, in each phase, and what comes of them when they are run again.
# Sourced by run.

# ctrl_c WHAT WHEN ARG...: Ctrl+C ends the job with 130 once what it shows matches WHEN, and leaves no process
ctrl_c() {
  local what=$1 when=$2 code=0; shift 2
  (as_user; on_console "$when" wine "$exe" "$@") || code=$?
  cp "$work/screen" "$out"
  if [ $code = 130 ]; then ok "$what"; else bad "$what: exit code $code, expected 130"; fi
  that "... and no process is left" await 30 no_java
}
# killed WHAT SECONDS TEST... -- ARG...: the job is killed once the test command does
killed() {
  local what=$1 seconds=$2 test=(); shift 2
  while [ "$1" != -- ]; do test+=("$1"); shift; done; shift
  start "$@"
  if await "$seconds" "${test[@]}"; then that "$what" kill_job; else bad "$what: it did not come to that"; kill_job; fi
}
readonly SMALL_CHUNKS='--frame-size 256K --chunk-size 4M'
# the volumes are mounted, so samples are not enough
readonly RESUMED='--resume --resume-check full'

# image: while it reads, while it is verified, and before it has begun
check_interrupted_images() {
  expect 0 "the undisturbed image" imaging image --all-blocks --device 'S:' --out u.skzimg $SMALL_CHUNKS
  # it is ended before the first byte is read, which takes the driver a while
  driver '\\.\S:' hang 0 4096 >/dev/null
  ctrl_c "Ctrl+C while the first sectors are read" 'begins' image --all-blocks --device 'S:' --out k.skzimg $SMALL_CHUNKS --resume --verbose
  driver '\\.\S:' clear >/dev/null
  ctrl_c "Ctrl+C while it is imaged" '[1-9][0-9.]*%' image --all-blocks --device 'S:' --out k.skzimg $SMALL_CHUNKS --resume --max-throughput 8M
  that "... it leaves no image" test ! -e k.skzimg
  that "... but what can be resumed" test -s k.skzimg.partial
  killed "it is killed further on" 120 grep -qE '[2-9][0-9]\.[0-9]%' "$out" -- image --all-blocks --device 'S:' --out k.skzimg $SMALL_CHUNKS $RESUMED --max-throughput 4M
  that "... it leaves no image" test ! -e k.skzimg
  expect 1 "a mounted volume is not resumed after a look at samples" imaging image --all-blocks --device 'S:' --out k.skzimg $SMALL_CHUNKS --resume
  says "... it is said what to do" "--resume-check full"
  expect 0 "it is resumed" imaging image --all-blocks --device 'S:' --out k.skzimg $SMALL_CHUNKS $RESUMED
  says "... with what was there" "are kept"
  that "... to the undisturbed image" test "$(content k.skzimg)" = "$(content u.skzimg)"
  expect 0 "... which is intact" imaging verify --in k.skzimg
}

check_interrupted_sets() {
  local set='--disk 9 --out-dir set --all-blocks --chunk-size 4M --frame-size 256K'
  ctrl_c "Ctrl+C in the first part of a set" '[1-9][0-9.]*%' backup-disk $set --max-throughput 8M
  killed "it is killed in a later part" 180 set_of 2 -- backup-disk $set $RESUMED --max-throughput 32M
  that "... it leaves no manifest" bash -c '! ls set/*.json 2>/dev/null | grep -v partial'
  expect 0 "it is resumed" imaging backup-disk $set $RESUMED
  expect 0 "verify-set" imaging verify-set --set-dir set
  ctrl_c "Ctrl+C while the set is verified" 'Verifying' verify-set --set-dir set
  expect 0 "restore-set" imaging restore-set --set-dir set --out-raw r.img
  that "... is the drive" cmp "$disks/disk9.img" r.img
}
# set_of COUNT: the set has so many complete images
set_of() { [ "$(find set -name '*.skzimg' 2>/dev/null | wc -l)" -ge "$1" ]; }

check_interrupted_restores() {
  expect 0 "image of a drive" imaging image --all-blocks --device '\\.\PhysicalDrive9' --out d.skzimg
  # 200 ms for each write
  driver '\\.\PhysicalDrive7' slowwrite 0 209715200 200 >/dev/null
  ctrl_c "Ctrl+C while a drive is restored to" 'Restoring.*[1-9][0-9.]*%' restore --in d.skzimg --device '\\.\PhysicalDrive7' --force
  that "... the drive has no partitions" cmp -n 1048576 "$disks/disk7.img" /dev/zero
  killed "it is killed" 120 grep -qE 'Restoring.*[1-9][0-9.]*%' "$out" -- restore --in d.skzimg --device '\\.\PhysicalDrive7' --force
  that "... the drive has no partitions" cmp -n 1048576 "$disks/disk7.img" /dev/zero
  driver '\\.\PhysicalDrive7' clear >/dev/null
  # 200 ms for each read, that is while what was written is read back
  driver '\\.\PhysicalDrive7' slow 1048576 208666624 200 >/dev/null
  ctrl_c "Ctrl+C while it is read back" 'Checking|Verifying|Comparing' restore --in d.skzimg --device '\\.\PhysicalDrive7' --force --verify
  driver '\\.\PhysicalDrive7' clear >/dev/null
  expect 0 "it is restored once more" imaging restore --in d.skzimg --device '\\.\PhysicalDrive7' --force --verify
  that "... whole" cmp "$disks/disk9.img" "$disks/disk7.img"
  ctrl_c "Ctrl+C while a file is restored to" 'Restoring' restore --in d.skzimg --device r.img
  expect 0 "it is restored once more" imaging restore --in d.skzimg --device r.img --force
  that "... whole" cmp "$disks/disk9.img" r.img
}
