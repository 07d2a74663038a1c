#!/bin/bash
# build.sh FOLDER: compiles driver, hook, VSS double and tools into it; needs gcc-mingw-w64-x86-64
set -e
here=$(cd "$(dirname "$0")" && pwd)
to=${1:?folder}
if [ -e "$to/built" ] && [ -z "$(find "$here" -newer "$to/built" -print -quit)" ]; then exit 0; fi
mkdir -p "$to"
rm -f "$to/built"
cc="x86_64-w64-mingw32-gcc -O1 -Wall -Wno-multichar -Wno-format -Wno-unused-but-set-variable -I$here"
$cc -mno-stack-arg-probe -I/usr/share/mingw-w64/include/ddk "$here"/driver/*.c -o "$to/skzdisk.sys" -shared -nostdlib \
  -Wl,--subsystem,native -Wl,-e,DriverEntry -lntoskrnl
$cc -shared "$here"/hook/*.c -o "$to/skzhook.dll" -lntdll
$cc -shared "$here"/vss/*.c -o "$to/vssapi.dll" -lole32 -loleaut32 -luuid
$cc -municode "$here/skzctl.c" -o "$to/skzctl.exe"
$cc -municode "$here/feed.c" -o "$to/feed.exe"
$cc "$here"/test/*.c -o "$to/t_disk.exe"
$cc "$here/readspeed.c" -o "$to/readspeed.exe"
cp "$here/disks.reg" "$here/java.reg" "$to/"
touch "$to/built"
