#!/bin/sh
# build.sh FILE: compiles the start program for Windows. gcc 12 (12.2.0-14+deb12u1 of Debian), binutils 2.40 and mingw-w64 10.0.0
# make the bytes of ../bin/ImagingUtility.exe, which is kept with the sources so that a build of the distribution needs no
# compiler for Windows; itests/windows/run compares them.
set -e
# the stack is there from the begin, because nothing probes for it without the C run time library
here=$(cd -- "$(dirname -- "$0")" && pwd)
cd "$here"
x86_64-w64-mingw32-gcc -Os -Wall -Wextra -Wno-missing-field-initializers -Werror -municode -fno-ident -fno-asynchronous-unwind-tables -mno-stack-arg-probe \
  -nostartfiles -nodefaultlibs -s -Wl,--no-insert-timestamp,-e,start,--subsystem,console -Xlinker --stack -Xlinker 1048576,262144 \
  launcher.c text.c java.c archive.c -o "$1" -lmsvcrt -lkernel32 -ladvapi32 -lshell32
