/* What the parts of ImagingUtility.exe share. Windows 7 or later, UTF-16 everywhere; no C run time library but msvcrt.dll. */
#ifndef LAUNCHER_H
#define LAUNCHER_H

#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0601
#include <windows.h>

/* EX_SOFTWARE of sysexits.h, as the start script for Linux has it: the program cannot start */
#define CANNOT_START 70
/* 128 + SIGINT, what shells tell of a command that Ctrl+C ended */
#define INTERRUPTED 130
#define OLDEST_JAVA 17
/* characters, the zero at the end included; the longest path and the longest command line that Windows takes */
#define PATH_ROOM 32768

/* a text that grows; what does not fit makes the program end */
typedef struct {
    WCHAR *text;
    int length;
} Text;

void append(Text *to, const WCHAR *more);
void appendNumber(Text *to, unsigned long long number, int base);
/* appends an argument as the C run time library and Java take it apart again */
void appendQuoted(Text *to, const WCHAR *argument);
/* Text of format with each * replaced by the next of the texts, NULL behind the last; it is never freed */
WCHAR *join(const WCHAR *format, ...);

/* says "NAME: message" on standard error, and ends the process with CANNOT_START */
void fail(const WCHAR *message) __attribute__((noreturn));

/* the value of a variable of the environment, NULL where it is missing or empty */
WCHAR *environment(const WCHAR *name);
BOOL isFile(const WCHAR *path);
/* the path, or its short form if Java, which takes its options in the system's code page, could not read it; NULL if there is none */
WCHAR *readableByJava(WCHAR *path);

/* one Java installation; version is that of its file "release", major 0 where that is missing */
typedef struct {
    WCHAR *home, *executable;
    WCHAR version[64];
    int major;
} Java;

/* the runtime beside the program, that of JAVA_HOME, of the PATH or of the registry; ends the process if none will do */
Java findJava(const WCHAR *distribution);

/*
 * The archive of classes that makes every start quicker, in the cache of this user; made if it is missing. NULL if there is
 * none. Options are those that every run gets, what is run included.
 */
WCHAR *classArchive(const Java *java, const WCHAR *distribution, const WCHAR *brand, const WCHAR *options);

/* whether Ctrl+C or Ctrl+Break was pressed so far */
BOOL isInterrupted(void);

/* runs a command line and returns its exit code; quiet: it reads and writes nothing */
DWORD run(const Java *java, WCHAR *commandLine, BOOL quiet);

#endif
