# Checks of what one start leaves to the next in the user's cache folder, sourced by run.

# cached NAME: the file of that name in the cache of the check
cached() { find "$XDG_CACHE_HOME" -name "$1" -not -path '*/none/*' | head -1; }

check_start() {
  local XDG_CACHE_HOME=$work/cache library size length n pid image=$work/i.skzimg
  export XDG_CACHE_HOME
  # the runs that make an archive have bundles of their own, so the cache would have two of all
  IMAGING_NO_CLASS_ARCHIVE=1; export IMAGING_NO_CLASS_ARCHIVE
  head -c 4M /dev/urandom >"$work/v.img"
  expect 0 "first start" "$imaging" image --device "$work/v.img" --out "$image"
  library=$(cached 'libzstd-jni*'); size=$(stat -c %s "$library")
  for length in 0 1 4096 100000 $((size - 1)); do
    truncate -s "$length" "$library"
    expect 0 "with the library of zstd cut to $length bytes" "$imaging" image --device "$work/v.img" --out "$image" --force
    that "... it is whole again" test "$(stat -c %s "$library")" = "$size"
  done
  : >"$(cached revision.location)"
  expect 0 "with the file of a bundle emptied" "$imaging" plugins
  says "... nothing is missing" manifest-json

  rm -rf "$XDG_CACHE_HOME"
  # killed anywhere in its first start, also in the midst of what it writes for the next
  for n in $(seq "${KILLED_STARTS:-12}"); do
    "$imaging" image --device "$work/v.img" --out "$image" --force >/dev/null 2>&1 </dev/null &
    pid=$!
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"; kill -9 $pid; wait $pid 2>/dev/null
    "$imaging" image --device "$work/v.img" --out "$image" --force >"$work/out" 2>&1 </dev/null || { bad "after start $n was killed"; break; }
  done
  that "starts that were killed disturb none after them: the image is whole" "$imaging" verify --in "$image"
  unset IMAGING_NO_CLASS_ARCHIVE

  [ "$(id -u)" = 0 ] || { skip "a full cache" "mounting needs root"; return; }
  mkdir -p "$work/full"
  for size in 64k 600k 1500k 6m; do
    mount -t tmpfs -o size=$size none "$work/full"
    XDG_CACHE_HOME=$work/full
    for n in first second; do
      expect 0 "$n start with $size for the cache" "$imaging" image --device "$work/v.img" --out "$image" --force
    done
    mount -o remount,size=200m "$work/full"
    expect 0 "... and when there is space again" "$imaging" image --device "$work/v.img" --out "$image" --force
    umount "$work/full"
  done
  clean
}

# What a start costs is classes above all: none that a command has no use for. A record's own equals, hashCode and toString
# are made by Java at their first call, which takes longer than the rest of a job's start (hence RecordText).
check_start_classes() {
  local d=$work/start-classes log=$work/start-classes/log command
  mkdir -p "$d"
  head -c 6M /dev/urandom >"$d/v.img"
  truncate -s 24M "$d/disk.img"
  printf 'label: gpt\nstart=2048,size=20480\nstart=24576,size=16384\n' | sfdisk -q "$d/disk.img"
  # loads WHAT PATTERN: a class whose name matches was loaded by the last command
  loaded() { awk '{print $2}' "$log" | grep -E -- "$1"; }
  has_not() { if loaded "$2" >"$work/out"; then bad "$command: $1"; else ok "$command: $1"; fi; }
  # started COMMAND...: succeeds, and loads neither the native calls of JNA nor what makes methods of records
  started() {
    command=$1
    # options are words, and the folder of the checks has a blank in its name
    expect 0 "$1" env -C "$d" IMAGING_JAVA_OPTS=-Xlog:class+load=info:file=log:tags "$imaging" "$@"
    that "... says what it loads" test "$(wc -l <"$log")" -gt 1000
    has_not "no library for native calls" '^com\.sun\.jna\.'
    has_not "no methods of records made at run time" '^java\.lang\.runtime\.ObjectMethods'
  }
  started plugins
  has_not "no socket" 'ServerSocketChannel|UnixDomainSocket'
  has_not "no log" '^java\.util\.logging\.LogManager\$'
  has_not "no native library of a codec" '^com\.github\.luben\.zstd\.util\.Native'
  has_not "nothing of jobs" '^org\.imagingutility\.engine\.(image|verify|restore|jobs\.ControlSocket)'
  started image --device "$d/v.img" --out "$d/v.skzimg"
  started info --in "$d/v.skzimg"
  started verify --in "$d/v.skzimg"
  started restore --in "$d/v.skzimg" --device "$d/back.img"
  started export-raw --in "$d/v.skzimg" --out "$d/raw.img"
  started convert --in "$d/v.skzimg" --out "$d/c.skzimg"
  started backup-disk --device "$d/disk.img" --out-dir "$d/set"
  started verify-set --set-dir "$d/set"
  started restore-set --set-dir "$d/set" --device "$d/disk2.img"
  clean
}

# The start script, in the folders, shells, locales and with the options files that users have.
check_start_script() {
  local home shell program d="$work/copied"
  export IMAGING_NO_CLASS_ARCHIVE=1
  home=$(dirname "$(dirname "$("$imaging" --version >/dev/null; echo "$root"/distribution/target/imaging-*/bin/imaging)")")
  cp -r "$home" "$d"
  # from within, so that names are relative
  in_copy() { (cd "$d/bin" && "$@"); }
  expect 0 "a relative name with CDPATH set" sh -c 'cd "$1" && CDPATH=. bin/imaging --version' - "$d"
  for shell in sh dash bash ksh "busybox sh"; do
    has ${shell%% *} || { skip "start_script: $shell" "it is not installed"; continue; }
    expect 0 "$shell imaging" in_copy $shell imaging --version
    expect 0 "$shell ./imaging" in_copy $shell ./imaging plugins
  done
  ln -s "$d/bin/imaging" "$work/a link"
  expect 0 "through a link" "$work/a link" --version
  expect 0 "through a link on the PATH, read by sh" env PATH="$d/bin:$PATH" sh -c 'cd / && imaging --version'

  printf '\n-XX:+Bogus' >>"$d/conf/jvm.options"
  expect 1 "an option without a line end is taken" "$d/bin/imaging" plugins
  says "... by Java" "Unrecognized VM option"
  sed 's/$/\r/' "$home/conf/jvm.options" >"$d/conf/jvm.options"
  expect 0 "an options file with line ends of Windows" "$d/bin/imaging" plugins
  { cat "$home/conf/jvm.options"; echo 'Xmx9g'; } >"$d/conf/jvm.options"
  expect 70 "a line that is no option" "$d/bin/imaging" plugins
  says "... is named with its file" 'jvm.options": "Xmx9g" is no option'
  rm "$d/conf/jvm.options"
  expect 0 "no options file" "$d/bin/imaging" plugins
  cp "$home/conf/jvm.options" "$d/conf/"

  mkdir -p "$work/a:b"
  cp -r "$home" "$work/a:b/d"
  expect 0 "a folder with a colon in its path" "$work/a:b/d/bin/imaging" plugins
  says "... with all plug-ins" manifest-json
  expect 0 "... and a demo there" "$work/a:b/d/bin/imaging" demo --plain
  expect 0 "... with an archive of classes" env -u IMAGING_NO_CLASS_ARCHIVE XDG_CACHE_HOME="$work/xdg" "$work/a:b/d/bin/imaging" plugins
  expect 0 "... that is used" env -u IMAGING_NO_CLASS_ARCHIVE XDG_CACHE_HOME="$work/xdg" "$work/a:b/d/bin/imaging" plugins
  that "... and kept" sh -c 'ls "$1"/imagingutility/classes-*.jsa' - "$work/xdg"

  if [ ! -e /.cache ]; then
    expect 0 "no HOME" env -i PATH="$PATH" IMAGINGUTILITY_DATA="$work/data" XDG_CACHE_HOME="$work/xdg" "$d/bin/imaging" plugins
    expect 0 "no HOME, with an archive of classes asked for" env -i PATH="$PATH" "$d/bin/imaging" --version
    that "... makes no folder in the root" test ! -e /.cache
  fi
  head -c 1M /dev/zero >"$work/é ключ.img"
  for program in de_DE.UTF-8 xx_YY.UTF-8 C POSIX en_US.ISO-8859-1; do
    LC_ALL=$program expect 0 "a name beyond ASCII where the locale is $program" "$d/bin/imaging" image --device "$work/é ключ.img" --out "$work/ü.skzimg" --force
    that "... is the name of the image" test -e "$work/ü.skzimg"
  done
  unset IMAGING_NO_CLASS_ARCHIVE
  rm -rf "$d" "$work/a:b" "$work/xdg" "$work/data" "$work/a link"
  clean
}

# Nothing is run that another user put into the cache, or could have.
check_foreign_cache() {
  local cache="$work/cache" before
  [ "$(id -u)" = 0 ] && has setpriv || { skip foreign_cache "needs root and setpriv"; return; }
  chmod 755 "$work"
  # the folder of another user: what he put there has the name and the layout of what root would use
  install -d -o nobody -m 755 "$cache" "$cache/imagingutility"
  expect 0 "a cache folder of another user's" env XDG_CACHE_HOME="$cache" "$imaging" plugins
  says "... costs no plug-in" manifest-json
  that "... and nothing is put there" test -z "$(find "$cache" -type f)"
  rm -rf "$cache"
  # made by root below a folder of another user's, who may put another in its place at any moment
  install -d -o nobody -m 755 "$cache"
  expect 0 "a cache below a folder of another user's" env XDG_CACHE_HOME="$cache" "$imaging" plugins
  that "... is not filled" test -z "$(find "$cache" -type f)"
  rm -rf "$cache"
  install -d -m 777 "$cache"
  expect 0 "a cache below a folder that everybody may write to" env XDG_CACHE_HOME="$cache" "$imaging" plugins
  that "... is not filled" test -z "$(find "$cache" -type f)"
  rm -rf "$cache"
  # of this user, but open: what is in it is not believed
  expect 0 "a new cache" env XDG_CACHE_HOME="$cache" "$imaging" plugins
  that "... is for this user alone" test "$(stat -c %a "$cache/imagingutility")" = 700
  that "... and has an archive of classes" sh -c 'ls "$1"/imagingutility/classes-*.jsa' - "$cache"
  before=$(stat -c %i "$cache"/imagingutility/classes-*.jsa)
  chmod 775 "$cache/imagingutility"
  expect 0 "a cache that others may write to" env XDG_CACHE_HOME="$cache" "$imaging" plugins
  that "... is made anew" sh -c 'test "$(stat -c %a "$1/imagingutility")" = 700 && ! find "$1" -inum "$2" | grep .' - "$cache" "$before"
  rm -rf "$cache"
}
