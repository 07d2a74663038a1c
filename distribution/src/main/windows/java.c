/* Where Java is. */
#include "launcher.h"
#include <wchar.h>
#include <stdlib.h>

/* reads JAVA_VERSION="17.0.9" of the file "release", which is quicker than asking java itself */
static void readVersion(Java *java) {
    static const char key[] = "JAVA_VERSION=\"";
    char content[4096];
    DWORD got = 0;
    HANDLE file = CreateFileW(join(L"*\\release", java->home), GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    java->major = 0;
    java->version[0] = 0;
    if (file == INVALID_HANDLE_VALUE) {
        return;
    }
    if (!ReadFile(file, content, sizeof content - 1, &got, NULL)) {
        got = 0;
    }
    CloseHandle(file);
    content[got] = 0;
    for (DWORD at = 0; at + sizeof key <= got; at++) {
        DWORD same = 0;
        while (key[same] && content[at + same] == key[same]) {
            same++;
        }
        if (!key[same]) {
            int length = 0;
            for (const char *from = content + at + same; *from && *from != '"' && length < 63; from++) {
                java->version[length++] = (WCHAR) (unsigned char) *from;
            }
            java->version[length] = 0;
            java->major = _wtoi(java->version);
            return;
        }
    }
}

static BOOL isJava(const WCHAR *home, Java *java) {
    java->home = join(L"*", home);
    size_t length = wcslen(java->home);
    if (length > 3 && java->home[length - 1] == L'\\') {
        java->home[length - 1] = 0;
    }
    java->executable = join(L"*\\bin\\java.exe", java->home);
    if (!isFile(java->executable)) {
        return FALSE;
    }
    readVersion(java);
    return TRUE;
}

static void takeIfNewer(const WCHAR *home, Java *best) {
    Java found;
    if (isJava(home, &found) && found.major >= OLDEST_JAVA && found.major > best->major) {
        *best = found;
    }
}

/* KEY\VERSION\BELOW, value: how the installers of most makers of Java leave word of it */
static void searchKey(const WCHAR *name, const WCHAR *below, const WCHAR *value, Java *best) {
    HKEY key;
    WCHAR version[256], path[1024];
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, name, 0, KEY_READ | KEY_WOW64_64KEY, &key)) {
        return;
    }
    for (DWORD index = 0;; index++) {
        DWORD length = 256, bytes = sizeof path - sizeof(WCHAR), type;
        HKEY inner;
        if (RegEnumKeyExW(key, index, version, &length, NULL, NULL, NULL, NULL)) {
            break;
        }
        if (RegOpenKeyExW(key, join(L"**", version, below), 0, KEY_READ | KEY_WOW64_64KEY, &inner)) {
            continue;
        }
        if (!RegQueryValueExW(inner, value, NULL, &type, (BYTE *) path, &bytes) && type == REG_SZ) {
            path[bytes / sizeof(WCHAR)] = 0;
            takeIfNewer(path, best);
        }
        RegCloseKey(inner);
    }
    RegCloseKey(key);
}

static void searchRegistry(Java *best) {
    static const WCHAR *const makers[] = {L"Eclipse Adoptium", L"Microsoft", L"Semeru"}, *const kinds[] = {L"JDK", L"JRE"};
    for (int kind = 0; kind < 2; kind++) {
        searchKey(join(L"SOFTWARE\\JavaSoft\\*", kinds[kind]), L"", L"JavaHome", best);
        for (int maker = 0; maker < 3; maker++) {
            searchKey(join(L"SOFTWARE\\*\\*", makers[maker], kinds[kind]), L"\\hotspot\\MSI", L"Path", best);
        }
    }
    searchKey(L"SOFTWARE\\Azul Systems\\Zulu", L"", L"InstallationPath", best);
}

/* the first java.exe of the PATH; one without a file "release", such as Oracle's javapath, is not known by its version */
static BOOL searchPath(Java *java) {
    WCHAR found[PATH_ROOM / 8], *name;
    DWORD length = SearchPathW(environment(L"PATH"), L"java.exe", NULL, PATH_ROOM / 8, found, &name);
    if (length == 0 || length >= PATH_ROOM / 8 || name - found < 5) {
        return FALSE;
    }
    java->executable = join(L"*", found);
    name[-1] = 0;
    WCHAR *bin = wcsrchr(found, L'\\');
    if (bin) {
        *bin = 0;
    }
    java->home = join(L"*", found);
    readVersion(java);
    return TRUE;
}

Java findJava(const WCHAR *distribution) {
    Java java;
    WCHAR *home = environment(L"JAVA_HOME");
    if (isJava(join(L"*\\runtime", distribution), &java)) {
        return java;
    }
    if (home) {
        if (!isJava(home, &java)) {
            fail(join(L"JAVA_HOME is \"*\", but there is no \"*\"", home, java.executable));
        }
        if (java.major < OLDEST_JAVA) {
            fail(join(L"\"*\" is Java *, but Java 17 or later is needed: set JAVA_HOME", java.executable, java.major ? java.version : L"of an unknown version"));
        }
        return java;
    }
    BOOL onPath = searchPath(&java);
    if (onPath && java.major >= OLDEST_JAVA) {
        return java;
    }
    Java best = {0};
    searchRegistry(&best);
    if (best.major) {
        return best;
    }
    if (onPath && java.major) {
        fail(join(L"\"*\" is Java *, but Java 17 or later is needed: install it, or set JAVA_HOME", java.executable, java.version));
    }
    if (onPath) {
        return java; /* it will say itself if it is too old */
    }
    fail(L"no Java found: install Java 17 or later, or set JAVA_HOME");
}
