/*
 * feed SCRIPT COMMAND...: runs a command with the lines of a file as its standard input, which is a pipe of Windows, and ends with its
 * exit code. A line "@await FILE" is not passed on: the lines behind it are, once that file is there. 125: it was not there within
 * two minutes.
 */
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define AWAIT "@await "

static BOOL await(const char *file) {
    ULONGLONG end = GetTickCount64() + 120000;
    while (GetFileAttributesA(file) == INVALID_FILE_ATTRIBUTES) {
        if (GetTickCount64() >= end) {
            return FALSE;
        }
        Sleep(50);
    }
    return TRUE;
}

int wmain(int count, wchar_t **words) {
    static wchar_t command[8192];
    static char line[4096];
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    STARTUPINFOW start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE feeding;
    DWORD code = 125, written;
    FILE *script = count > 2 ? _wfopen(words[1], L"r") : NULL;
    if (!script || !CreatePipe(&start.hStdInput, &feeding, &inherited, 0)) {
        fprintf(stderr, "feed: there is no script, no command or no pipe\n");
        return 125;
    }
    SetHandleInformation(feeding, HANDLE_FLAG_INHERIT, 0);
    for (int i = 2; i < count; i++) {
        size_t at = wcslen(command);
        _snwprintf(command + at, 8191 - at, L"%ls\"%ls\"", i > 2 ? L" " : L"", words[i]);
    }
    start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) {
        fprintf(stderr, "feed: it does not start (error %lu)\n", GetLastError());
        return 125;
    }
    CloseHandle(start.hStdInput);
    BOOL there = TRUE;
    while (there && fgets(line, sizeof line, script)) {
        if (!strncmp(line, AWAIT, sizeof AWAIT - 1)) {
            line[strcspn(line, "\r\n")] = 0;
            there = await(line + sizeof AWAIT - 1);
        } else {
            there = WriteFile(feeding, line, (DWORD) strlen(line), &written, NULL);
        }
    }
    CloseHandle(feeding);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return there ? (int) code : 125;
}
