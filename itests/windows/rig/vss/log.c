/* Log and wishes */
#include "fakevss.h"

void note(const char *format, ...) {
    char path[MAX_PATH];
    va_list arguments;
    FILE *to = GetEnvironmentVariableA("FAKEVSS_LOG", path, sizeof path) ? fopen(path, "a") : getenv("FAKEVSS_LOUD") ? stderr : NULL;
    if (!to) {
        return;
    }
    va_start(arguments, format);
    vfprintf(to, format, arguments);
    va_end(arguments);
    fputc('\n', to);
    if (to == stderr) {
        fflush(to);
    } else {
        fclose(to);
    }
}

const char *guidText(const GUID *guid) {
    static char texts[16][40];
    static LONG next;
    char *to = texts[InterlockedIncrement(&next) & 15];
    sprintf(to, "%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2],
            guid->Data4[3], guid->Data4[4], guid->Data4[5], guid->Data4[6], guid->Data4[7]);
    return to;
}

/* what the test wants a method to return, S_OK if nothing */
HRESULT wish(const char *method) {
    char all[1024];
    size_t length = strlen(method);
    if (!GetEnvironmentVariableA("FAKEVSS_FAIL", all, sizeof all)) {
        return S_OK;
    }
    for (char *one = strtok(all, ";"); one; one = strtok(NULL, ";")) {
        if (!strncmp(one, method, length) && one[length] == '=') {
            HRESULT result = (HRESULT) strtoul(one + length + 1, NULL, 16);
            note("  %s fails as wished: %08lx", method, result);
            return result;
        }
    }
    return S_OK;
}

/* milliseconds that an operation takes */
DWORD waitOf(const char *method) {
    char value[256];
    size_t length = strlen(method);
    if (!GetEnvironmentVariableA("FAKEVSS_WAIT", value, sizeof value)) {
        return 0;
    }
    if (!strchr(value, '=')) {
        return strtoul(value, NULL, 10);
    }
    return !strncmp(value, method, length) && value[length] == '=' ? strtoul(value + length + 1, NULL, 10) : 0;
}

DWORD numberOf(const char *name, int base) {
    char value[32];
    return GetEnvironmentVariableA(name, value, sizeof value) ? strtoul(value, NULL, base) : 0;
}
