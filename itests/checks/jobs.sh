# Checks of jobs that run in another process, and of results that cannot be written; sourced by run.

# until_true TEST...: waits until the test passes, for a minute at most
until_true() { local n; for n in $(seq 600); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done; return 1; }
# job_is STATE: whether job 1 is in that state, as another process sees it
job_is() { "$imaging" jobs --json | grep -q "\"id\":\"1\".*\"state\":\"$1\""; }
# job_done: bytes that job 1 has done so far
job_done() { "$imaging" jobs --json | sed -n 's/.*"doneBytes":\([0-9]*\).*/\1/p'; }
got_on() { [ "$(job_done)" -gt "$1" ]; }

# A job of one process is listed with how far it is, held, let continue, given workers, watched and cancelled by others.
check_jobs_of_others() {
  local IMAGINGUTILITY_DATA=$work/jobs-data job far left number code=0
  export IMAGINGUTILITY_DATA
  head -c 64M /dev/urandom >"$work/v.raw"
  "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg" --max-throughput 256K --frame-size 256K --chunk-size 4M >"$work/job.log" 2>&1 &
  job=$!
  that "a job that lasts is listed by other processes" until_true job_is RUNNING
  far=$(job_done); far=${far:-0}
  that "... as far as it is now" until_true got_on "$far"
  expect 0 "pause" "$imaging" pause 1
  says "... says how the job stands" "PAUSED"
  that "... and it does" job_is PAUSED
  far=$(job_done); sleep 1
  that "... a job that is paused does nothing" test "$(job_done)" = "$far"
  expect 0 "parallel" "$imaging" parallel 1 3
  expect 0 "resume lets it continue there" "$imaging" resume 1
  that "... and it does" until_true got_on "$far"
  expect 1 "resume of what runs is refused" "$imaging" resume 1
  expect 1 "forget of what runs is refused" "$imaging" forget 1
  expect 1 "a job that there is not" "$imaging" cancel 7
  "$imaging" watch 1 >"$work/watch.log" 2>&1 &
  that "watch shows how it gets on" until_true grep -q '1 image .*%.*ETA' "$work/watch.log"
  expect 0 "cancel" "$imaging" cancel 1
  wait $job || code=$?
  that "... ends the job with 130, not $code" test $code = 130
  code=0; wait $! || code=$?
  that "... and the watch with the same, not $code" test $code = 130
  that "... what it wrote is kept" test -f "$work/i.skzimg.partial"
  expect 1 "cancel of what has ended says so" "$imaging" cancel 1
  says "... with its state" "is cancelled"
  expect 0 "it is resumed" "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg" --frame-size 256K --chunk-size 4M --resume
  expect 0 "... to a whole image" "$imaging" verify --in "$work/i.skzimg"
  # a process that was killed answers nobody, and leaves nothing that is in the way
  "$imaging" image --device "$work/v.raw" --out "$work/k.skzimg" --max-throughput 2M >"$work/job.log" 2>&1 &
  job=$!
  # its number: the resumed one may have been listed too
  second() { "$imaging" jobs --json | sed 's/{"id"/\n&/g' | grep 'k\.skzimg' | sed -n 's/.*"id":"\([0-9]*\)".*/\1/p'; }
  has_second() { [ -n "$(second)" ]; }
  that "a second job" until_true has_second
  number=$(second)
  left=$(find "$work/jobs-data/jobs" -name '*.sock')
  kill -KILL $job; wait $job 2>/dev/null
  expect 0 "jobs after its process was killed" "$imaging" jobs
  says "... calls it interrupted" "INTERRUPTED"
  expect 1 "cancel does not pretend" "$imaging" cancel "$number"
  expect 0 "it is resumed by number" "$imaging" resume "$number"
  that "... by a process that removes what the killed one left" test -n "$left" -a ! -e "$left"
  expect 0 "... to a whole image" "$imaging" verify --in "$work/k.skzimg"
  # a folder whose name is too long for a socket
  IMAGINGUTILITY_DATA=$work/$(printf 'n%.0s' $(seq 120))
  "$imaging" image --device "$work/v.raw" --out "$work/l.skzimg" --max-throughput 2M >"$work/job.log" 2>&1 &
  job=$!
  that "a job in a folder with a long name" until_true job_is RUNNING
  expect 0 "... is cancelled" "$imaging" cancel 1
  code=0; wait $job || code=$?
  that "... and ends with 130, not $code" test $code = 130
  unset IMAGINGUTILITY_DATA
}

# Whatever the heap is too small for ends with 8 and says what to do, wherever it was; nothing half-done has its name.
check_little_heap() {
  has python3 && has sfdisk || { skip little_heap "needs python3 and sfdisk"; return; }
  local heap code wrong=() short=0 folder="$work/little heap"
  mkdir -p "$folder"
  # as many frames as a chunk may have, and as many values as a manifest may
  truncate -s 4G "$folder/z.raw"
  truncate -s 64M "$folder/d.raw"
  printf 'label: gpt\nsize=32M\n' | sfdisk -q "$folder/d.raw"
  expect 0 "an image with a table of 65536 frames" "$imaging" image --all-blocks --frame-size 64K --chunk-size 4G \
    --device "$folder/z.raw" --out "$folder/z.skzimg"
  expect 0 "a set" "$imaging" backup-disk --device "$folder/d.raw" --out-dir "$folder/set"
  that "... with a manifest of 14 MB" python3 - "$folder/set/backup.manifest.json" <<'END'
import json, sys
manifest = json.load(open(sys.argv[1]))
del manifest['ManifestSha256']
manifest['Warnings'] = ['w' * 70] * 180000
json.dump(manifest, open(sys.argv[1], 'w'))
END
  expect 0 "... that can be read" "$imaging" verify-set --set-dir "$folder/set"
  for heap in 10 14 20 48; do
    for what in "image --all-blocks --frame-size 64K --chunk-size 4G --device|$folder/z.raw|--out|$folder/n.skzimg|--force" \
        "verify --in|$folder/z.skzimg" "info --in|$folder/z.skzimg" "verify-set --set-dir|$folder/set"; do
      # words without blanks, then one that may have some
      IFS='|' read -r -a names <<<"$what"
      read -r -a words <<<"${names[0]}"
      code=0
      IMAGING_JAVA_OPTS="-Xmx${heap}m" timeout 120 "$imaging" "${words[@]}" "${names[@]:1}" >"$work/out" 2>&1 </dev/null || code=$?
      case $code in
        0) ;;
        8) short=$((short + 1)); grep -q '^remedy: .*-Xmx' "$work/out" || wrong+=("${words[0]} with $heap MiB: no remedy") ;;
        *) wrong+=("${words[0]} with $heap MiB: $code $(head -c 300 "$work/out")") ;;
      esac
    done
    [ ! -e "$folder/n.skzimg" ] || { "$imaging" verify --quick --in "$folder/n.skzimg" >/dev/null 2>&1 || wrong+=("an image that is not whole, $heap MiB"); }
    rm -f "$folder"/n.skzimg*
  done
  printf '%s\n' "${wrong[@]}" >"$work/out"
  that "all commands with all heaps do their work, or end with 8 and the remedy" test ${#wrong[@]} = 0
  [ ${#wrong[@]} = 0 ] || printf '        | %s\n' "${wrong[@]}"
  that "... and some heaps were too small ($short)" test $short -gt 3
}

# What nobody got is no success, whichever command it is; standard error changes no result.
check_output_full() {
  local line code IMAGINGUTILITY_DATA=$work/jobs-data
  export IMAGINGUTILITY_DATA
  [ -c /dev/full ] || { skip "output_full" "there is no /dev/full"; return; }
  head -c 4M /dev/urandom >"$work/v.raw"
  expect 0 "an image" "$imaging" image --device "$work/v.raw" --out "$work/i.skzimg" --force
  for line in "--version" "-V" "--help" "help" "image --help" "help verify" "plugins" "plugins --json" "list" "list --json" "config" \
    "config --json" "config image.retries" "log-level" "jobs" "jobs --json" "shell -c jobs" "shell -c lb" "shell -c help" "demo"; do
    code=0
    # shellcheck disable=SC2086 # options are words
    "$imaging" $line >/dev/full 2>"$work/said" </dev/null || code=$?
    that "full: $line ends with 6, not $code" test $code = 6
    that "... and says why" grep "standard output" "$work/said"
    code=0
    # shellcheck disable=SC2086 # options are words
    "$imaging" $line >&- 2>"$work/said" </dev/null || code=$?
    that "closed: $line ends with 6, not $code" test $code = 6
  done
  for line in "info --in" "info --json --in" "verify --in" "verify --json --in" "verify --progress json --in"; do
    code=0
    # shellcheck disable=SC2086 # options are words
    "$imaging" $line "$work/i.skzimg" >/dev/full 2>"$work/said" </dev/null || code=$?
    that "full: $line ends with 6, not $code" test $code = 6
  done
  code=0
  "$imaging" verify --in "$work/i.skzimg" 2>/dev/full >"$work/result" || code=$?
  that "standard error full: the result stands, $code" test $code = 0 -a -s "$work/result"
  code=0
  "$imaging" image --device "$work/v.raw" --out "$work/j.skzimg" 2>&- >"$work/result" <&- || code=$?
  that "standard error closed: the image is made, $code" test $code = 0
  expect 0 "... and whole" "$imaging" verify --in "$work/j.skzimg"
  unset IMAGINGUTILITY_DATA
}
