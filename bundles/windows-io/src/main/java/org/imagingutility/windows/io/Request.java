package org.imagingutility.windows.io;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The {@code OVERLAPPED} of one request, its event, and where its count of bytes goes. For one thread at a time; another may ask that
 * it be cancelled.
 */
final class Request {
    static final int INFORMATION = 8;
    static final int OFFSET = 16;
    static final int EVENT = 24;
    static final int COUNT = 32;
    static final int SIZE = 40;

    private final Kernel32 kernel;
    private final NativeBuffer memory;
    private final long event;
    /** Where it reads to or writes from; 0 while it does neither. */
    private volatile long address;
    private volatile boolean unwanted;
    /** Those who are cancelling it, which must not hit the next request. */
    private final AtomicInteger cancelling = new AtomicInteger();

    Request(Kernel32 kernel) throws WindowsException {
        this.kernel = kernel;
        this.memory = NativeBuffer.of(kernel, SIZE);
        this.event = kernel.CreateEventW(0, 1, 0, 0);
        if (event == 0) {
            throw WindowsException.last(kernel, "CreateEventW");
        }
    }

    /** Prepares for a request at a byte offset. */
    void at(long offset) {
        memory.bytes().putLong(0, 0).putLong(Long.BYTES, 0).putLong(OFFSET, offset).putLong(EVENT, event).putInt(COUNT, 0);
    }

    /** Says what memory the request is about to use. */
    void uses(long memoryAddress) {
        unwanted = false;
        address = memoryAddress;
    }

    /** The request has ended. Waits for those who are cancelling it. */
    void ended() {
        address = 0;
        while (cancelling.get() != 0) {
            Thread.onSpinWait();
        }
    }

    /** Cancels it if it uses memory within {@code [from, from + length)}. */
    void cancel(long handle, long from, long length) {
        cancelling.incrementAndGet();
        long used = address;
        if (used != 0 && used >= from && used < from + length) {
            unwanted = true;
            // that it has ended just now is no error
            kernel.CancelIoEx(handle, overlapped());
        }
        cancelling.decrementAndGet();
    }

    /** Says whether it was cancelled; before it was handed over to Windows that had no effect. */
    boolean isUnwanted() {
        return unwanted;
    }

    long overlapped() {
        return memory.address();
    }

    long event() {
        return event;
    }

    /** Returns where {@code GetOverlappedResult} has to put the count. */
    long count() {
        return memory.address() + COUNT;
    }

    /** Returns the bytes that were transferred, once the request has ended. */
    int transferred() {
        return memory.bytes().getInt(COUNT);
    }

    /** Returns the bytes that came although the request failed ({@code InternalHigh}), because there are more. */
    int answered() {
        return (int) memory.bytes().getLong(INFORMATION);
    }

    void close() {
        kernel.CloseHandle(event);
        memory.keep();
    }
}
