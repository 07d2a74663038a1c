package org.imagingutility.windows.io;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Requests that are used again and again; as many as are under way at once, of which so many are kept. For several threads at once. */
final class Requests {
    private static final int KEPT = 16;

    private final Kernel32 kernel;
    private final AtomicReferenceArray<Request> idle = new AtomicReferenceArray<>(KEPT);

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
        return new Request(kernel);
    }

    void giveBack(Request request) {
        for (int i = 0; i < KEPT; i++) {
            if (idle.compareAndSet(i, null, request)) {
                return;
            }
        }
        request.close();
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
