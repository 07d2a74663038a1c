# Checks of settings and of the log, sourced by run.

check_config() {
  local home conf data file pid
  home=$("$root/imaging" --version >/dev/null 2>&1; ls -d "$root"/distribution/target/imaging-*/ | head -1)
  conf=$work/conf data=$work/data
  mkdir -p "$conf"
  # shipped are the files that the definitions make
  for file in "$home"conf/org.imagingutility.*.cfg; do
    pid=$(basename "$file" .cfg)
    "$imaging" config --file "$pid" >"$work/template.cfg" 2>"$work/out"
    that "settings: $pid.cfg is what its definition says" cmp "$work/template.cfg" "$file"
  done
  that "settings: there are files for commands, engine and log" \
    test -f "${home}conf/org.imagingutility.command.cfg" -a -f "${home}conf/org.imagingutility.engine.cfg" -a -f "${home}conf/org.imagingutility.log.cfg"

  # the start script splits options at blanks, and the folder of the checks has one in its name
  ln -sfn "$work" "${TMPDIR:-/tmp}/imaging-config-$$"
  export IMAGING_JAVA_OPTS="-Dimaging.conf=${TMPDIR:-/tmp}/imaging-config-$$/conf" IMAGINGUTILITY_DATA=$data

  expect 0 "settings: one is set" "$imaging" config image.frame-size 1024K
  says "settings: it has its usual form" "1M"
  expect 0 "settings: another one" "$imaging" config image.verify true
  head -c 3M /dev/urandom >"$work/v.raw"
  expect 0 "settings: an image is made by them" "$imaging" image --device "$work/v.raw" --out "$work/v.skzimg"
  says "settings: it was verified" "verified"
  expect 0 "settings: its frames are of that size" "$imaging" info --in "$work/v.skzimg"
  says "settings: 1 MiB" "1.0 MiB"
  expect 1 "settings: a wrong value is refused" "$imaging" config image.retries 5000
  says "settings: with its range" "a whole number from 0 to 1000"
  echo "image.retries = often" >>"$conf/org.imagingutility.command.cfg"
  expect 1 "settings: a wrong value in a file ends a run" "$imaging" image --device "$work/v.raw" --out "$work/w.skzimg"
  says "settings: with the key" "image.retries"
  says "settings: with the file" "org.imagingutility.command.cfg"
  that "settings: and nothing was made" test ! -e "$work/w.skzimg"
  expect 0 "settings: it is taken back" "$imaging" config --reset image.retries
  expect 0 "settings: and all is well" "$imaging" verify --in "$work/v.skzimg"

  # a file that an editor of another system wrote
  printf '\xef\xbb\xbf# mine\r\nimage.retries = 4\r\n' >"$conf/org.imagingutility.command.cfg"
  expect 0 "settings: a file with a byte order mark and other line ends" "$imaging" config image.retries
  says "settings: is taken" "4"
  expect 0 "settings: in a shell" "$imaging" shell -c 'config image.retries; sleep 3; config --json'
  says "settings: too" '"image.retries"'
  cp "$work/out" "$work/said"
  that "settings: with nothing refused" sh -c '! grep -qi "refused\|no setting" "$1"' - "$work/said"
  rm "$conf/org.imagingutility.command.cfg"; mkdir "$conf/org.imagingutility.command.cfg"
  expect 1 "settings: a folder in the place of a file" "$imaging" verify --in "$work/v.skzimg"
  says "settings: is told of" "cannot be read"
  rmdir "$conf/org.imagingutility.command.cfg"

  # the log has the story, results do not
  that "log: the job's begin, plug-ins and end" grep -qE 'INFO +org.imagingutility.engine \[[^]]*\] used: codec zstd of org.imagingutility.codec.zstd [0-9.]+' "$data"/log/imaging.0.0.log
  expect 0 "log: --verbose shows it" "$imaging" verify --in "$work/v.skzimg" --verbose
  says "log: with the request" "begins: verify of"
  that "log: lines of one process have its number" grep -qE 'org.imagingutility.engine \[process [0-9]+\] begins: verify' "$data/log/imaging.0.0.log"
  if faulty_disks "log of retries"; then
    bad_disk
    plug_in --filter=ddrescue -- ddrescue-mapfile="$work/bad.map" || bad "nbdfuse"
    expect 0 "log: more of the engine" "$imaging" log-level org.imagingutility.engine debug
    expect 7 "log: a failing disk" "$imaging" image --device "$work/bad/disk" --out "$work/f.skzimg" --all-blocks --on-read-error record --retries 2 --force
    that "log: each read that failed" grep -qE 'bad/disk": bytes 0 to 511 cannot be read: ' "$data/log/imaging.0.0.log"
    that "log: each retry" grep -qE 'bad/disk": retry 2 of 2: ' "$data/log/imaging.0.0.log"
    expect 0 "log: as much as before" "$imaging" log-level org.imagingutility.engine default
    unplug
  fi
  expect 3 "log: what fails ..." "$imaging" image --device "$work/none.raw
2026-01-01T00:00:00 ERROR forged" --out "$work/x.skzimg"
  that "log: ... has a stack trace" grep -q "at org.imagingutility" "$data/log/imaging.0.0.log"
  that "log: a name with a line break begins no line" sh -c '! grep -q "^2026-01-01T00:00:00 ERROR forged" "$1"' - "$data/log/imaging.0.0.log"
  expect 0 "log: a level is set" "$imaging" log-level org.imagingutility.engine off
  : >"$data/log/imaging.0.0.log"
  expect 0 "log: a job with that level" "$imaging" verify --in "$work/v.skzimg"
  that "log: nothing is said of it" test ! -s "$data/log/imaging.0.0.log"
  rm -rf "$data"; : >"$work/data"
  "$imaging" log-level org.imagingutility.engine default >/dev/null 2>&1
  expect 0 "log: one that cannot be written fails no job" "$imaging" verify --in "$work/v.skzimg"
  says "log: but is told of" "no log is written"
  rm -f "$work/data" "${TMPDIR:-/tmp}/imaging-config-$$"
  unset IMAGING_JAVA_OPTS IMAGINGUTILITY_DATA
  clean
}
