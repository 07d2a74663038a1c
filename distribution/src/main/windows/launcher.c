/*
 * ImagingUtility.exe: runs one command of ImagingUtility, ImagingUtility COMMAND [options], from bin\ of the distribution.
 *
 * Java's own launcher takes arguments in the system's code page, where it makes "?" of what that lacks, and it replaces * and ?
 * by names of files. So arguments go by the environment, which is UTF-16 for Java as well: IMAGING_ARGUMENTS holds each as
 * LENGTH:TEXT, the length in UTF-16 units, one behind the other.
 *
 * The process ends with Java's exit code. Ctrl+C is Java's to act on; when this process is ended by force, Java is as well.
 */
#include "launcher.h"
#include <shellapi.h>
#include <wchar.h>

/* commands that end at once gain nothing from the optimising compiler; as in the start script for Linux */
static const WCHAR *const quickCommands[] = {L"list", L"info", L"plugins", L"dump-pt", L"jobs", L"job", L"watch", L"pause", L"cancel", L"parallel", L"forget",
        L"config", L"log-level", L"help", L"--help", L"-h", L"--version", L"-V"};

static volatile LONG pressed;

/* Java decides what Ctrl+C and Ctrl+Break do; the end of the session or the closed window is for both, but Java goes first. */
static BOOL WINAPI onControl(DWORD event) {
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) {
        Sleep(INFINITE); /* the main thread ends the process when Java has ended */
    }
    pressed = 1;
    return TRUE;
}

BOOL isInterrupted(void) {
    return pressed;
}

DWORD run(const Java *java, WCHAR *commandLine, BOOL quiet) {
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION process;
    DWORD code = CANNOT_START;
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    HANDLE nothing = quiet ? CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL) : NULL;
    start.dwFlags = STARTF_USESTDHANDLES;
    start.hStdInput = quiet ? nothing : GetStdHandle(STD_INPUT_HANDLE);
    start.hStdOutput = quiet ? nothing : GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = quiet ? nothing : GetStdHandle(STD_ERROR_HANDLE);
    if (!CreateProcessW(java->executable, commandLine, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &start, &process)) {
        fail(join(L"\"*\" cannot be started", java->executable));
    }
    HANDLE job = CreateJobObjectW(NULL, NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {{{{0}}}};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job && SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits)) {
        AssignProcessToJobObject(job, process.hProcess); /* refused where a job of old Windows has this process: then Java outlives it */
    }
    ResumeThread(process.hThread);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    if (nothing) {
        CloseHandle(nothing);
    }
    if (job) {
        CloseHandle(job);
    }
    return code;
}

/* hands the arguments over; returns the first, L"" if there is none */
static const WCHAR *passArguments(void) {
    int count = 0;
    WCHAR **arguments = CommandLineToArgvW(GetCommandLineW(), &count);
    Text passed = {0};
    append(&passed, L"");
    for (int i = 1; i < count; i++) {
        appendNumber(&passed, wcslen(arguments[i]), 10);
        append(&passed, L":");
        append(&passed, arguments[i]);
    }
    if (!SetEnvironmentVariableW(L"IMAGING_ARGUMENTS", passed.text)) {
        fail(L"the command line is too long");
    }
    return count > 1 ? arguments[1] : L"";
}

/* a standard stream that is a console, and its mode before */
typedef struct {
    HANDLE handle;
    DWORD mode;
    BOOL changed;
} Screen;

/* whether a stream is a console that takes escape sequences, by which bars are drawn over and words get colours; before Windows 10 none does */
static BOOL takesSequences(DWORD stream, Screen *screen) {
    screen->handle = GetStdHandle(stream);
    if (!GetConsoleMode(screen->handle, &screen->mode)) {
        return FALSE;
    }
    if (screen->mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING) {
        return TRUE;
    }
    screen->changed = SetConsoleMode(screen->handle, screen->mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    return screen->changed;
}

static void restoreMode(const Screen *screen) {
    if (screen->changed) {
        SetConsoleMode(screen->handle, screen->mode);
    }
}

/* whether a bar can be drawn and how wide, as the start script for Linux tells it: rows and columns */
static void appendTerminal(Text *line, Screen *out, Screen *err) {
    CONSOLE_SCREEN_BUFFER_INFO screen;
    if (takesSequences(STD_ERROR_HANDLE, err) && GetConsoleScreenBufferInfo(err->handle, &screen)) {
        Text size = {0};
        append(&size, L"-Dimaging.terminal=");
        appendNumber(&size, (unsigned) (screen.srWindow.Bottom - screen.srWindow.Top + 1), 10);
        append(&size, L" ");
        appendNumber(&size, (unsigned) (screen.srWindow.Right - screen.srWindow.Left + 1), 10);
        append(line, L" ");
        appendQuoted(line, size.text);
    }
    if (takesSequences(STD_OUTPUT_HANDLE, out)) {
        append(line, L" -Dimaging.terminal.out=true");
    }
}

/* the folder above that of this program, and the brand by the program's name */
static WCHAR *distribution(WCHAR **brand) {
    WCHAR *own = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof(WCHAR));
    DWORD length = own ? GetModuleFileNameW(NULL, own, PATH_ROOM) : 0;
    WCHAR *name = length > 0 && length < PATH_ROOM ? wcsrchr(own, L'\\') : NULL;
    if (!name) {
        fail(L"cannot tell where this program lies");
    }
    *name++ = 0;
    WCHAR *dot = wcsrchr(name, L'.');
    if (dot) {
        *dot = 0;
    }
    _wcslwr(name);
    *brand = wcscmp(name, L"imaging") ? name : L"imagingutility";
    WCHAR *bin = wcsrchr(own, L'\\');
    if (!bin) {
        fail(L"this program must lie in the folder bin of its distribution");
    }
    *bin = 0;
    return own;
}

void start(void) {
    WCHAR *brand, *extra = environment(L"IMAGING_JAVA_OPTS");
    WCHAR *home = distribution(&brand);
    SetConsoleCtrlHandler(onControl, TRUE);
    Java java = findJava(home);
    const WCHAR *command = passArguments();
    Text always = {0}, program = {0}, line = {0};
    WCHAR *seen = readableByJava(home);
    if (!seen) {
        fail(join(L"Java cannot be started from \"*\": the name has characters that this system's code page lacks", home));
    }
    WCHAR *settings = join(L"*\\conf\\jvm.options", seen);
    if (isFile(settings)) {
        append(&always, L" ");
        appendQuoted(&always, join(L"@*", settings));
    }
    append(&always, L" -Xlog:disable "); /* the JVM's own log lines must not get between the results */
    if (java.major >= 23) {
        append(&always, L"--sun-misc-unsafe-memory-access=allow ");
    }
    appendQuoted(&always, join(L"-Dimaging.home=*", seen));
    append(&program, L" -jar ");
    appendQuoted(&program, join(L"*\\lib\\launcher.jar", seen));

    WCHAR *archive = classArchive(&java, home, brand, join(L"**", always.text, program.text));
    if (isInterrupted()) {
        ExitProcess(INTERRUPTED); /* the job did not begin */
    }
    appendQuoted(&line, java.executable);
    if (archive) {
        append(&line, L" ");
        appendQuoted(&line, join(L"-XX:SharedArchiveFile=*", archive));
    }
    append(&line, always.text);
    for (size_t i = 0; i < sizeof quickCommands / sizeof *quickCommands; i++) {
        if (!wcscmp(command, quickCommands[i])) {
            append(&line, L" -XX:TieredStopAtLevel=1");
        }
    }
    if (extra) { /* it wins over what stands before */
        append(&line, L" ");
        append(&line, extra);
    }
    append(&line, L" -Dimaging.arguments=environment");
    /* what is printed is UTF-8, in files and on consoles; else names would be printed with "?" in them */
    append(&line, L" -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8");
    Screen out = {0}, err = {0};
    appendTerminal(&line, &out, &err);
    append(&line, program.text);
    UINT page = GetConsoleOutputCP();
    BOOL changed = page && page != CP_UTF8 && SetConsoleOutputCP(CP_UTF8);
    DWORD code = run(&java, line.text, FALSE);
    if (changed) {
        SetConsoleOutputCP(page);
    }
    /* one that both streams share was changed by the first, err */
    restoreMode(&out);
    restoreMode(&err);
    ExitProcess(code);
}
