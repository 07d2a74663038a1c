package org.imagingutility.windows.io;

/** The {@code OVERLAPPED} of one request, its event, and where its count of bytes goes. For one thread at a time. */
final class Request {
    private static final int OFFSET = 16;
    private static final int EVENT = 24;
    private static final int COUNT = 32;
    private static final int SIZE = 40;

    private final Kernel32 kernel;
    private final NativeBuffer memory;
    private final long event;

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

    void close() {
        kernel.CloseHandle(event);
        memory.keep();
    }
}
