/* Leading functions of ntdll away */
#include "skzhook.h"

void *lead(const char *name, void *to) {
    UCHAR *stub = (UCHAR *) GetProcAddress(GetModuleHandleA("ntdll.dll"), name);
    DWORD old;
    if (!copies) {
        copies = VirtualAlloc(NULL, MOST_FUNCTIONS * STUB, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
    }
    /* mov r10, rcx; mov eax, number: nothing in such a stub depends on where it stands */
    BOOL known = stub && (!memcmp(stub, "\x49\x89\xca\xb8", 4) || !memcmp(stub, "\x4c\x8b\xd1\xb8", 4));
    if (!known || !copies || copied == MOST_FUNCTIONS || !VirtualProtect(stub, STUB, PAGE_EXECUTE_READWRITE, &old)) {
        return NULL;
    }
    UCHAR *copy = copies + STUB * copied++;
    memcpy(copy, stub, STUB);
    UCHAR jump[14] = {0xFF, 0x25};
    memcpy(jump + 6, &to, 8);
    memcpy(stub, jump, sizeof jump);
    VirtualProtect(stub, STUB, old, &old);
    FlushInstructionCache(GetCurrentProcess(), stub, STUB);
    return copy;
}
