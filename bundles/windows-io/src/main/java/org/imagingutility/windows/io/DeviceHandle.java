package org.imagingutility.windows.io;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An open device, or file, that several threads read, write and ask at once, each with a request of its own
 * ({@code FILE_FLAG_OVERLAPPED}). A call returns when its request has ended; no request outlives its call, so no memory that was
 * passed is written to later.
 */
public final class DeviceHandle implements AutoCloseable {
    /** {@code GENERIC_READ}. */
    public static final int READ = 0x80000000;
    /** {@code GENERIC_WRITE}. */
    public static final int WRITE = 0x40000000;
    /** Others may read and write: {@code FILE_SHARE_READ | FILE_SHARE_WRITE}. */
    public static final int SHARED = 3;
    /** {@code FILE_FLAG_NO_BUFFERING}: past the cache of Windows; offsets, lengths and addresses are multiples of the sector size. */
    public static final int UNBUFFERED = 0x20000000;
    static final int OVERLAPPED = 0x40000000;
    static final int OPEN_EXISTING = 3;
    static final int POLL_MILLIS = 200;
    static final int WAIT_TIMEOUT = 0x102;
    static final int WAIT_FAILED = -1;
    /** {@code MAX_PATH} and the 0. */
    private static final int NAME_CHARACTERS = 261;
    private static final long CLOSING_NANOS = 5_000_000_000L;
    private static final long CLOSING_POLL_NANOS = 1_000_000;

    private final Kernel32 kernel;
    private final long handle;
    private final Requests requests;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean closed;

    private DeviceHandle(Kernel32 kernel, long handle) {
        this.kernel = kernel;
        this.handle = handle;
        this.requests = new Requests(kernel);
    }

    /**
     * Opens what exists.
     *
     * @param path name that {@code CreateFileW} takes: {@code \\.\C:}, {@code \\?\Volume{…}} without a backslash at its end
     * @param access {@link #READ}, {@link #WRITE}, both, or 0 to ask for what every user may know
     * @param share {@link #SHARED}, or 0 to be alone
     * @param flags {@link #UNBUFFERED} or 0
     */
    public static DeviceHandle open(Kernel32 kernel, String path, int access, int share, int flags) throws WindowsException {
        long handle = kernel.CreateFileW(WideText.bytes(path), access, share, 0, OPEN_EXISTING, flags | OVERLAPPED, 0);
        if (handle == Kernel32.INVALID_HANDLE_VALUE) {
            throw WindowsException.last(kernel, "CreateFileW");
        }
        return new DeviceHandle(kernel, handle);
    }

    /** Returns the functions that it is used by. */
    public Kernel32 kernel() {
        return kernel;
    }

    /**
     * Reads from {@code offset} on.
     *
     * @param address where the bytes go; the memory stays where it is until the call returns
     * @return how many bytes were read, 0 at the end
     */
    public int read(long offset, long address, int length) throws WindowsException {
        Request request = begin();
        try {
            request.at(offset);
            request.uses(address);
            int started = kernel.ReadFile(handle, address, length, 0, request.overlapped());
            return await(request, started, "ReadFile");
        } catch (WindowsException e) {
            if (e.code() == ErrorCode.HANDLE_EOF) {
                return 0;
            }
            throw e;
        } finally {
            end(request);
        }
    }

    /** Writes at {@code offset}; returns how many bytes were written. Else as {@link #read}. */
    public int write(long offset, long address, int length) throws WindowsException {
        Request request = begin();
        try {
            request.at(offset);
            request.uses(address);
            int started = kernel.WriteFile(handle, address, length, 0, request.overlapped());
            return await(request, started, "WriteFile");
        } finally {
            end(request);
        }
    }

    /**
     * Asks driver or file system.
     *
     * @param in what is asked with, or null
     * @param out where the answer goes, or null
     * @return how many bytes were answered
     */
    public int control(ControlCode code, NativeBuffer in, NativeBuffer out) throws WindowsException {
        Answer answer = ask(code, in, out);
        if (answer.more()) {
            throw WindowsException.of(kernel, ErrorCode.MORE_DATA, code.toString());
        }
        return answer.length();
    }

    /**
     * An answer.
     *
     * @param length bytes
     * @param more whether it did not fit ({@code ERROR_MORE_DATA}): what is there is its beginning
     */
    public record Answer(int length, boolean more) {
    }

    /** Asks as {@link #control} does, with an answer that need not fit. */
    public Answer ask(ControlCode code, NativeBuffer in, NativeBuffer out) throws WindowsException {
        Request request = begin();
        try {
            request.at(0);
            int started = kernel.DeviceIoControl(handle, code.value(), address(in), size(in), address(out), size(out), 0,
                    request.overlapped());
            return new Answer(await(request, started, code.toString()), false);
        } catch (WindowsException e) {
            if (e.code() == ErrorCode.MORE_DATA) {
                return new Answer(request.answered(), true);
            }
            throw e;
        } finally {
            end(request);
            keep(in);
            keep(out);
        }
    }

    private static long address(NativeBuffer buffer) {
        return buffer == null ? 0 : buffer.address();
    }

    private static int size(NativeBuffer buffer) {
        return buffer == null ? 0 : buffer.size();
    }

    private static void keep(NativeBuffer buffer) {
        if (buffer != null) {
            buffer.keep();
        }
    }

    /** Waits until what was written is on stable storage, the drive's own cache included. */
    public void flush() throws WindowsException {
        Request request = begin();
        try {
            if (kernel.FlushFileBuffers(handle) == 0) {
                throw WindowsException.last(kernel, "FlushFileBuffers");
            }
        } finally {
            end(request);
        }
    }

    /** Returns the name of the file system of an open volume, {@code NTFS}; empty where none is known. */
    public String fileSystem() throws WindowsException {
        Request request = begin();
        try {
            NativeBuffer name = NativeBuffer.ofText(kernel, NAME_CHARACTERS);
            int done = kernel.GetVolumeInformationByHandleW(handle, 0, 0, 0, 0, 0, name.address(), name.characters());
            String found = done == 0 ? "" : name.text().strip();
            name.keep();
            return found;
        } finally {
            end(request);
        }
    }

    private void cancelAll() {
        // that there was none to cancel is no error
        kernel.CancelIoEx(handle, 0);
    }

    /**
     * Has the reads and writes that use memory within {@code [address, address + length)} end soon, with
     * {@link ErrorKind#CANCELLED}, as far as the driver lets them.
     */
    public void cancel(long address, long length) {
        requests.cancel(handle, address, length);
    }

    private int await(Request request, int started, String function) throws WindowsException {
        if (started == 0) {
            int error = kernel.lastError();
            if (error != ErrorCode.IO_PENDING) {
                throw WindowsException.of(kernel, error, function);
            }
            waitFor(request);
        }
        if (kernel.GetOverlappedResult(handle, request.overlapped(), request.count(), 0) == 0) {
            throw WindowsException.last(kernel, function);
        }
        return request.transferred();
    }

    private void waitFor(Request request) throws WindowsException {
        int state = kernel.WaitForSingleObject(request.event(), POLL_MILLIS);
        while (state == WAIT_TIMEOUT) {
            if (closed || request.isUnwanted()) {
                kernel.CancelIoEx(handle, request.overlapped());
            }
            state = kernel.WaitForSingleObject(request.event(), POLL_MILLIS);
        }
        if (state == WAIT_FAILED) {
            throw WindowsException.last(kernel, "WaitForSingleObject");
        }
    }

    private Request begin() throws WindowsException {
        underWay.incrementAndGet();
        try {
            if (!closed) {
                return requests.take();
            }
        } catch (WindowsException e) {
            left();
            throw e;
        }
        left();
        throw WindowsException.of(kernel, ErrorCode.INVALID_HANDLE, "closed");
    }

    private void end(Request request) {
        request.ended();
        requests.giveBack(request);
        left();
    }

    private void left() {
        if (underWay.decrementAndGet() == 0 && closed) {
            release();
        }
    }

    private void release() {
        if (released.compareAndSet(false, true)) {
            kernel.CloseHandle(handle);
            requests.close();
        }
    }

    /**
     * Cancels what is under way and closes. Where a driver does not let its requests end within 5 seconds, the last of them closes.
     * May be called twice.
     */
    @Override
    public void close() {
        closed = true;
        long begin = System.nanoTime();
        while (underWay.get() > 0 && System.nanoTime() - begin < CLOSING_NANOS) {
            cancelAll();
            LockSupport.parkNanos(CLOSING_POLL_NANOS);
        }
        if (underWay.get() == 0) {
            release();
        }
    }
}
