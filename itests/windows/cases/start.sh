# The start program and script for Windows: which Java, arguments, exit codes, Ctrl+C, output. Sourced by run.

exe='C:\imaging\bin\ImagingUtility.exe'

# The program that is kept with the sources is what its sources give, with the compiler that made it.
check_start_program() {
  local made=$work/ImagingUtility.exe
  expect 0 "the start program is compiled" "$root/distribution/src/main/windows/build.sh" "$made"
  if x86_64-w64-mingw32-gcc --version | grep -q 'GCC) 12-win32' && x86_64-w64-mingw32-ld --version | grep -q 'Binutils) 2\.40'; then
    that "... to the bytes that are kept with the sources" cmp "$made" "$root/distribution/src/main/bin/ImagingUtility.exe"
  else
    say "        another compiler than the one that made the program of the distribution: not compared"
  fi
}

# in_cmd LINE...: runs the lines as a batch file, with the hook in what they start
in_cmd() {
  printf '%s\r\n' '@echo off' "$@" >"$c/work/run.cmd"
  (as_user; exec wine cmd /c 'C:\work\run.cmd')
}

check_java() {
  local hklm='HKLM\SOFTWARE\JavaSoft\JDK'
  expect 0 "Java is found in the registry" imaging --version
  wine reg delete "$hklm" /f >"$out" 2>&1
  expect 70 "where there is no Java" imaging --version
  says "... it is said what to do" "install Java 17 or later, or set JAVA_HOME"
  export JAVA_HOME='C:\none'
  expect 70 "JAVA_HOME without a Java" imaging --version
  says "... it is named" 'C:\none\bin\java.exe'
  unset JAVA_HOME
  mkdir -p old/bin && cp "$jdk/bin/java.exe" old/bin && echo 'JAVA_VERSION="11.0.2"' >old/release
  export JAVA_HOME='C:\work\old'
  expect 70 "a Java that is too old" imaging --version
  says "... it is named with its version" 'is Java 11.0.2'
  unset JAVA_HOME
  export JAVA_HOME='C:\java\'
  expect 0 "Java of JAVA_HOME" imaging --version
  unset JAVA_HOME
  expect 0 "Java of the PATH" in_cmd 'set PATH=C:\java\bin;%PATH%' "$exe --version"
  expect 70 "one of the PATH that is too old" in_cmd 'set PATH=C:\work\old\bin;%PATH%' "$exe --version"
  ln -s "$jdk" "$c/imaging/runtime"
  export JAVA_HOME='C:\none'
  expect 0 "the runtime that came along goes before all of them" imaging --version
  unset JAVA_HOME
  rm -f "$c/imaging/runtime"
  wine regedit /S 'C:\rig\java.reg' >"$out" 2>&1
}

check_arguments() {
  local name
  for name in 'with space' 'a&b' '100%' 'a^b' 'wow!' "it's" 'тест' '資料' 'x💾y' 'a;b,c=d' '(1)'; do
    head -c 1M /dev/urandom >"$name.raw"
    expect 0 "a file named $name" imaging image --device "C:\\work\\$name.raw" --out "$name.skzimg"
    that "... its image has that name" test -s "$name.skzimg"
  done
  expect 1 "an option of no length is not lost" imaging image --device '' --out e.skzimg
  # by a batch file, where cmd reads the line as well
  expect 0 "the start script: &" in_cmd 'call "C:\imaging\bin\imaging.cmd" info --in "a&b.skzimg"'
  expect 0 "the start script: %" in_cmd 'call "C:\imaging\bin\imaging.cmd" info --in "100%%%%.skzimg"'
  expect 0 "the start script: !" in_cmd 'call "C:\imaging\bin\imaging.cmd" info --in "wow!.skzimg"'
  expect 0 "the start script: space" in_cmd 'call "C:\imaging\bin\imaging.cmd" info --in "with space.skzimg"'
  mkdir -p "$c/Program Files/Imaging & more (x64)"
  cp -r "$c/imaging/." "$c/Program Files/Imaging & more (x64)/"
  expect 0 "a distribution in a folder with spaces and &" wine 'C:\Program Files\Imaging & more (x64)\bin\ImagingUtility.exe' info --in 'a&b.skzimg'
  rm -r "$c/Program Files/Imaging & more (x64)"
}

check_exit_codes() {
  head -c 4M /dev/urandom >v.raw
  expect 0 "a batch file sees exit codes" in_cmd "$exe image --device v.raw --out v.skzimg" 'echo image %ERRORLEVEL%' \
    "$exe image --device v.raw --out v.skzimg" 'echo again %ERRORLEVEL%' "$exe info --in none.skzimg" 'echo none %ERRORLEVEL%' \
    "$exe image --no-such-option" 'echo usage %ERRORLEVEL%' "if errorlevel 1 echo seen" 'exit /b 0'
  says "... 0 of what was done" "image 0"
  says "... 6 of what is there already" "again 6"
  says "... 3 of what is missing" "none 3"
  says "... 1 of a mistake" "usage 1"
  says "... by \"if errorlevel\" as well" "seen"
  # by a cmd of its own: Wine's "call" makes 1 of each failure
  expect 3 "the start script passes them" in_cmd 'cmd /c C:\imaging\bin\imaging.cmd info --in none.skzimg' 'exit /b %ERRORLEVEL%'
  expect 0 "redirected output" in_cmd "$exe info --in v.skzimg --json >info.json 2>errors.txt"
  that "... is in the file, and nothing else is" python3 -c 'import json, sys; json.load(open("info.json", encoding="utf-8"))'
  expect 0 "redirected progress" in_cmd "$exe image --device v.raw --out w.skzimg >out.txt 2>errors.txt"
  that "... has lines, no bar" bash -c 'tr -d "\r" <errors.txt; ! grep -qF "[#" errors.txt && ! grep -qP "\r(?!$)" errors.txt'
}

# on_console WHEN COMMAND...: runs it on a terminal of 120 columns; Ctrl+C is typed once what it shows matches WHEN
on_console() { python3 "$here/lib/console.py" "$work/screen" "$@"; }

check_console() {
  head -c 48M /dev/urandom >v.raw
  as_user
  expect 130 "Ctrl+C ends a job with 130" on_console '[1-9][0-9.]*%' wine "$exe" image --device v.raw --out k.skzimg --max-throughput 8M
  cp "$work/screen" "$out"
  says "... which showed a bar" "Imaging v.raw ["
  that "... and leaves no image" test ! -e k.skzimg
  that "... and no process" await 30 no_java
  expect 0 "the job is resumed" imaging image --device v.raw --out k.skzimg --resume
  says "... with what was there" "are kept"
  that "zstd restores it" bash -c "zstd -dqc k.skzimg | cmp - v.raw"
  # Wine's cmd ends at once with 0, that of Windows asks whether to terminate the batch job
  on_console '[1-9][0-9.]*%' wine cmd /c 'C:\imaging\bin\imaging.cmd' image --device v.raw --out s.skzimg --max-throughput 8M
  that "Ctrl+C under the start script ends the job" await 60 no_java
  that "... which can be resumed" test -s s.skzimg.partial -a ! -e s.skzimg
}

check_class_archive() {
  local archive
  rm -rf "$c"/users/*/AppData/Local/imagingutility
  expect 0 "the first start makes an archive of classes" imaging plugins
  archive=$(ls "$c"/users/*/AppData/Local/imagingutility/cache/classes-*.jsa 2>/dev/null)
  that "... in the cache of the user" test -s "$archive"
  that "... which Windows would let be removed" test "$(stat -c %A "$archive" | cut -c 3)" = w
  expect 0 "the next start" env IMAGING_JAVA_OPTS='-Xlog:class+load:file=C:\work\classes.log -Xlog:class+path=info' wine "$exe" plugins
  that "... takes classes from it" grep -q 'org.apache.felix.*shared objects file (top)' classes.log
  touch "$c/imaging/lib/launcher.jar"
  expect 0 "other jars" imaging plugins
  that "... get another archive, and the old one is gone" test ! -e "$archive" -a -s "$(ls "$c"/users/*/AppData/Local/imagingutility/cache/classes-*.jsa 2>/dev/null)"
  rm -f "$c"/users/*/AppData/Local/imagingutility/cache/classes-*.jsa
  touch "$c/imaging/lib/launcher.jar"
  expect 0 "no archive where none is wanted" env IMAGING_NO_CLASS_ARCHIVE=1 wine "$exe" plugins
  that "... is made" test -z "$(ls "$c"/users/*/AppData/Local/imagingutility/cache/classes-*.jsa 2>/dev/null)"
}

# The archive with a Java of its own, on a Windows that has no other.
check_own_java() {
  local own code=0
  own=$(ls "$root"/distribution/target/imaging-[0-9]*-windows-x64.zip 2>/dev/null | tail -n 1)
  [ -n "$own" ] || { skip own_java "there is no distribution/target/imaging-VERSION-windows-x64.zip: build it (mvn package -Dwindows.runtime=\"\$(itests/windows/run --jdk)\")"; return; }
  rm -rf "$c/own" "$work/unpacked"
  that "the archive is unpacked" eval 'unzip -q "$own" -d "$work/unpacked" && mv "$work"/unpacked/imaging-* "$c/own" && rmdir "$work/unpacked"'
  that "... with a Java" test -f "$c/own/runtime/bin/java.exe"
  mv "$jdk" "$jdk.away"
  wine reg delete 'HKLM\SOFTWARE\JavaSoft\JDK' /f >"$out" 2>&1
  expect 70 "there is no other Java" imaging --version
  head -c 8M /dev/urandom >v.raw
  expect 0 "ImagingUtility.exe starts its own" own --version
  expect 0 "image of a file" own image --device v.raw --out v.skzimg --verify
  expect 0 "image of a volume by its letter" own image --device S: --out s.skzimg
  expect 0 "restore" own restore --in v.skzimg --device r.raw --verify
  that "... is the file" cmp v.raw r.raw
  expect 0 "imaging.cmd" in_cmd 'call "C:\own\bin\imaging.cmd" verify --in s.skzimg'
  expect 0 "a job without the hook, as users start it" wine 'C:\own\bin\ImagingUtility.exe' info --in v.skzimg
  mv "$jdk.away" "$jdk"
  wine regedit /S 'C:\rig\java.reg' >"$out" 2>&1
  rm -rf "$c/own"
}
own() { (as_user; exec wine 'C:\own\bin\ImagingUtility.exe' "$@"); }
