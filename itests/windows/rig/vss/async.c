/* IVssAsync */
#include "fakevss.h"

static HRESULT STDMETHODCALLTYPE asyncQuery(IVssAsync *face, REFIID id, void **to) {
    if (!IsEqualGUID(id, &IID_IUnknown) && !IsEqualGUID(id, &IID_IVssAsync)) {
        *to = NULL;
        return E_NOINTERFACE;
    }
    *to = face;
    IVssAsync_AddRef(face);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE asyncAddRef(IVssAsync *face) {
    return InterlockedIncrement(&((Async *) face)->references);
}

static ULONG STDMETHODCALLTYPE asyncRelease(IVssAsync *face) {
    LONG left = InterlockedDecrement(&((Async *) face)->references);
    if (!left) {
        note("IVssAsync(%s) released, %ld objects are left", ((Async *) face)->name, InterlockedDecrement(&objects));
        free(face);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE asyncCancel(IVssAsync *face) {
    Async *async = (Async *) face;
    note("IVssAsync(%s).Cancel", async->name);
    if (GetTickCount64() >= async->end) {
        return VSS_S_ASYNC_FINISHED;
    }
    async->cancelled = TRUE;
    async->end = 0;
    async->result = VSS_S_ASYNC_CANCELLED;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE asyncWait(IVssAsync *face, DWORD ms) {
    Async *async = (Async *) face;
    ULONGLONG limit = ms == INFINITE ? ~0ULL : GetTickCount64() + ms;
    note("IVssAsync(%s).Wait(%lu)", async->name, ms);
    while (GetTickCount64() < async->end && GetTickCount64() < limit) {
        Sleep(5);
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE asyncStatus(IVssAsync *face, HRESULT *result, INT *reserved) {
    Async *async = (Async *) face;
    *result = GetTickCount64() < async->end ? VSS_S_ASYNC_PENDING : async->result;
    if (reserved) {
        *reserved = 0;
    }
    note("IVssAsync(%s).QueryStatus -> %08lx", async->name, *result);
    return S_OK;
}

static IVssAsyncVtbl asyncTable = {.QueryInterface = asyncQuery, .AddRef = asyncAddRef, .Release = asyncRelease, .Cancel = asyncCancel, .Wait = asyncWait,
        .QueryStatus = asyncStatus};

Async *begin(const char *name, HRESULT result, IVssAsync **to) {
    char whole[80];
    Async *async = calloc(1, sizeof *async);
    snprintf(whole, sizeof whole, "%s.Async", name);
    HRESULT wished = wish(whole);
    async->face.lpVtbl = &asyncTable;
    async->references = 1;
    async->name = name;
    async->end = GetTickCount64() + waitOf(name);
    async->result = FAILED(wished) ? wished : result;
    InterlockedIncrement(&objects);
    *to = &async->face;
    return async;
}
