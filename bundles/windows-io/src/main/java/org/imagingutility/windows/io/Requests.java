package org.imagingutility.windows.io;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Requests that are used again and again; as many as are under way at once, of which so many are kept. For several threads at once. */
final class Requests {
    private static final int KEPT = 16;

    private final Kernel32 kernel;
    private final AtomicReferenceArray<Request> idle = new AtomicReferenceArray<>(KEPT);
    /** Those that are idle, and those that are under way. */
    private final List<Request> all = new CopyOnWriteArrayList<>();

    Requests(Kernel32 kernel) {
        this.kernel = kernel;
    }

    Request take() throws WindowsException {
        for (int i = 0; i < KEPT; i++) {
            Request request = idle.getAndSet(i, null);
            if (request != null) {
                return request;
            }
        }
        Request made = new Request(kernel);
        all.add(made);
        return made;
    }

    void giveBack(Request request) {
        for (int i = 0; i < KEPT; i++) {
            if (idle.compareAndSet(i, null, request)) {
                return;
            }
        }
        all.remove(request);
        request.close();
    }

    /** Cancels those that use memory within {@code [from, from + length)}. */
    void cancel(long handle, long from, long length) {
        for (Request request : all) {
            request.cancel(handle, from, length);
        }
    }

    /** Closes those that are idle. */
    void close() {
        for (int i = 0; i < KEPT; i++) {
            Request request = idle.getAndSet(i, null);
            if (request != null) {
                request.close();
            }
        }
    }
}
