/* The archive of classes (class data sharing), as the start script for Linux makes it. */
#include "launcher.h"
#include <wchar.h>

/* FNV-1a, 64 bits: it tells jars apart that are not the same, and need not withstand anybody */
static void mix(unsigned long long *hash, const void *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        *hash = (*hash ^ ((const BYTE *) bytes)[i]) * 0x100000001B3ULL;
    }
}

static void mixText(unsigned long long *hash, const WCHAR *text) {
    mix(hash, text, (wcslen(text) + 1) * sizeof(WCHAR));
}

static void mixJars(unsigned long long *hash, const WCHAR *folder) {
    WIN32_FIND_DATAW jar;
    HANDLE search = FindFirstFileW(join(L"*\\*.jar", folder, L"*"), &jar);
    if (search == INVALID_HANDLE_VALUE) {
        return;
    }
    do {
        mixText(hash, jar.cFileName);
        mix(hash, &jar.nFileSizeLow, sizeof jar.nFileSizeLow);
        mix(hash, &jar.ftLastWriteTime, sizeof jar.ftLastWriteTime);
    } while (FindNextFileW(search, &jar));
    FindClose(search);
}

static WCHAR *hexadecimal(unsigned long long number) {
    Text text = {0};
    appendNumber(&text, number, 16);
    return text.text;
}

/* Java makes archives read-only, and Windows neither opens such a file for writing nor removes it */
static void makeWritable(const WCHAR *path) {
    SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
}

static void removeFile(const WCHAR *path) {
    makeWritable(path);
    DeleteFileW(path);
}

/* removes the archives of this distribution and Java that were made of other jars */
static void removeOthers(const WCHAR *cache, const WCHAR *family, const WCHAR *kept) {
    WIN32_FIND_DATAW found;
    HANDLE search = FindFirstFileW(join(L"*\\*-*.jsa", cache, family, L"*"), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return;
    }
    do {
        WCHAR *path = join(L"*\\*", cache, found.cFileName);
        if (_wcsicmp(path, kept)) {
            removeFile(path); /* one that is in use stays */
        }
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* a folder and those above it */
static BOOL makeFolders(WCHAR *path) {
    for (WCHAR *at = path + 3; *at; at++) {
        if (*at == L'\\') {
            *at = 0;
            CreateDirectoryW(path, NULL);
            *at = L'\\';
        }
    }
    return CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS;
}

/* has the file on the medium, then gives it its name: Java trusts an archive, and after a power cut it may be full of holes */
static BOOL keep(const WCHAR *made, const WCHAR *name) {
    LARGE_INTEGER length = {{0}};
    makeWritable(made);
    HANDLE file = CreateFileW(made, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    BOOL whole = file != INVALID_HANDLE_VALUE && GetFileSizeEx(file, &length) && length.QuadPart > 0 && FlushFileBuffers(file);
    if (file != INVALID_HANDLE_VALUE) {
        CloseHandle(file);
    }
    if (whole && !isInterrupted() && MoveFileExW(made, name, MOVEFILE_REPLACE_EXISTING)) {
        return TRUE;
    }
    removeFile(made);
    return isFile(name);
}

static WCHAR *temporary(const WCHAR *name) {
    Text text = {0};
    append(&text, name);
    append(&text, L".");
    appendNumber(&text, GetCurrentProcessId(), 10);
    return text.text;
}

/* The archive of the JDK itself, on which ours stands: L"" where Java has one, NULL if none can be made. */
static WCHAR *base(const Java *java, const WCHAR *cache) {
    unsigned long long hash = 0xCBF29CE484222325ULL;
    if (isFile(join(L"*\\bin\\server\\classes.jsa", java->home))) {
        return L"";
    }
    mixText(&hash, java->home);
    mixText(&hash, java->version);
    WCHAR *name = join(L"*\\runtime-*.jsa", cache, hexadecimal(hash));
    if (isFile(name)) {
        return name;
    }
    WCHAR *made = temporary(name);
    Text line = {0};
    appendQuoted(&line, java->executable);
    append(&line, L" -Xshare:dump ");
    appendQuoted(&line, join(L"-XX:SharedArchiveFile=*", made));
    run(java, line.text, TRUE);
    return keep(made, name) ? name : NULL;
}

/* The run before installs the bundles, so that the archive has the classes of a run that finds them installed; a demo uses nearly everything. */
static BOOL make(const Java *java, const WCHAR *cache, const WCHAR *archive, const WCHAR *options) {
    WCHAR *made = temporary(archive), *under = base(java, cache);
    Text first = {0}, second = {0};
    if (!under) {
        return FALSE;
    }
    appendQuoted(&first, java->executable);
    append(&first, options);
    append(&first, L" plugins");
    run(java, first.text, TRUE);
    if (isInterrupted()) {
        return FALSE;
    }
    appendQuoted(&second, java->executable);
    append(&second, L" ");
    if (*under) {
        appendQuoted(&second, join(L"-XX:SharedArchiveFile=*", under));
        append(&second, L" ");
    }
    appendQuoted(&second, join(L"-XX:ArchiveClassesAtExit=*", made));
    append(&second, L" -Dimaging.link-classes=true");
    append(&second, options);
    append(&second, L" demo");
    run(java, second.text, TRUE);
    return keep(made, archive);
}

WCHAR *classArchive(const Java *java, const WCHAR *distribution, const WCHAR *brand, const WCHAR *options) {
    unsigned long long hash = 0xCBF29CE484222325ULL;
    WCHAR *local = environment(L"LOCALAPPDATA");
    ULARGE_INTEGER room;
    if (!local || !java->major) {
        return NULL;
    }
    WCHAR *cache = join(L"*\\*\\cache", local, brand);
    if (!makeFolders(cache) || !(cache = readableByJava(cache))) {
        return NULL;
    }
    mixText(&hash, java->home);
    mixText(&hash, java->version);
    mixText(&hash, distribution);
    WCHAR *family = join(L"classes-*", hexadecimal(hash));
    mixJars(&hash, join(L"*\\lib", distribution));
    mixJars(&hash, join(L"*\\bundles", distribution));
    WCHAR *archive = join(L"*\\*-*.jsa", cache, family, hexadecimal(hash));
    if (isFile(archive)) {
        return archive;
    }
    /* without the room for it each start would try in vain */
    if (environment(L"IMAGING_NO_CLASS_ARCHIVE") || !GetDiskFreeSpaceExW(cache, &room, NULL, NULL)
            || room.QuadPart < 64 << 20 || !make(java, cache, archive, options)) {
        return NULL;
    }
    removeOthers(cache, family, archive);
    return archive;
}
