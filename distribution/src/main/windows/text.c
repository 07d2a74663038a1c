#include "launcher.h"
#include <stdarg.h>
#include <wchar.h>

void append(Text *to, const WCHAR *more) {
    int length = (int) wcslen(more);
    if (!to->text) {
        to->text = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof(WCHAR));
    }
    if (!to->text || to->length + length >= PATH_ROOM) {
        fail(L"the command line is too long");
    }
    wcscpy(to->text + to->length, more);
    to->length += length;
}

void appendNumber(Text *to, unsigned long long number, int base) {
    WCHAR digits[70];
    int at = 69;
    digits[at] = 0;
    do {
        digits[--at] = L"0123456789abcdef"[number % base];
        number /= base;
    } while (number);
    append(to, digits + at);
}

void appendQuoted(Text *to, const WCHAR *argument) {
    int backslashes = 0;
    append(to, L"\"");
    for (; *argument; argument++) {
        WCHAR one[2] = {*argument, 0};
        if (*argument == L'"') {
            /* those before a quote count twice, and the quote has one of its own */
            for (; backslashes >= 0; backslashes--) {
                append(to, L"\\");
            }
        }
        backslashes = *argument == L'\\' ? backslashes + 1 : 0;
        append(to, one);
    }
    for (; backslashes > 0; backslashes--) {
        append(to, L"\\");
    }
    append(to, L"\"");
}

WCHAR *join(const WCHAR *format, ...) {
    Text made = {0};
    va_list texts;
    va_start(texts, format);
    append(&made, L"");
    for (; *format; format++) {
        WCHAR one[2] = {*format, 0};
        append(&made, *format == L'*' ? va_arg(texts, const WCHAR *) : one);
    }
    va_end(texts);
    WCHAR *cut = HeapReAlloc(GetProcessHeap(), 0, made.text, (made.length + 1) * sizeof(WCHAR));
    return cut ? cut : made.text;
}

static void print(const WCHAR *text) {
    HANDLE err = GetStdHandle(STD_ERROR_HANDLE);
    DWORD unused;
    char bytes[4096];
    if (WriteConsoleW(err, text, (DWORD) wcslen(text), &unused, NULL)) {
        return;
    }
    /* not a console: bytes in the code page that a console would have */
    UINT page = GetConsoleOutputCP();
    int length = WideCharToMultiByte(page ? page : CP_ACP, 0, text, (int) wcslen(text), bytes, sizeof bytes, NULL, NULL);
    WriteFile(err, bytes, (DWORD) length, &unused, NULL);
}

void fail(const WCHAR *message) {
    WCHAR own[1024];
    DWORD length = GetModuleFileNameW(NULL, own, 1024);
    WCHAR *name = length > 0 && length < 1024 ? wcsrchr(own, L'\\') : NULL;
    if (name && wcslen(name) > 4) {
        name[wcslen(name) - 4] = 0; /* .exe */
    }
    print(name ? name + 1 : L"imaging");
    print(L": ");
    print(message);
    print(L"\r\n");
    ExitProcess(CANNOT_START);
}

WCHAR *environment(const WCHAR *name) {
    DWORD length = GetEnvironmentVariableW(name, NULL, 0);
    WCHAR *value = length > 1 ? HeapAlloc(GetProcessHeap(), 0, length * sizeof(WCHAR)) : NULL;
    return value && GetEnvironmentVariableW(name, value, length) == length - 1 ? value : NULL;
}

BOOL isFile(const WCHAR *path) {
    DWORD attributes = GetFileAttributesW(path);
    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

WCHAR *readableByJava(WCHAR *path) {
    BOOL lost = FALSE;
    WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, path, -1, NULL, 0, NULL, &lost);
    if (!lost) {
        return path;
    }
    WCHAR *shortForm = HeapAlloc(GetProcessHeap(), 0, PATH_ROOM * sizeof(WCHAR));
    DWORD length = shortForm ? GetShortPathNameW(path, shortForm, PATH_ROOM) : 0;
    lost = FALSE;
    if (length > 0 && length < PATH_ROOM) {
        WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, shortForm, -1, NULL, 0, NULL, &lost);
    }
    return length == 0 || length >= PATH_ROOM || lost ? NULL : shortForm;
}
