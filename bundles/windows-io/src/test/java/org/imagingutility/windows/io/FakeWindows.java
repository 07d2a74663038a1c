package org.imagingutility.windows.io;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Windows for tests: devices with content that depends on the offset alone, answers to control codes, volumes. Its methods have the
 * names of the functions they play; functions that are not here fail.
 */
final class FakeWindows {
    /** What a device does when it is read or asked. */
    final Map<String, FakeDevice> devices = new ConcurrentHashMap<>();
    final List<String> volumes = new ArrayList<>();
    final Map<String, List<String>> mountPoints = new ConcurrentHashMap<>();
    final List<String> dosNames = new ArrayList<>();
    final AtomicLong closed = new AtomicLong();
    final AtomicLong made = new AtomicLong();
    String words = "Words.\r\n";
    /** Mount points of which Windows does not say which paths are below them. */
    final Set<String> notReady = new HashSet<>();
    boolean knowsEnglish = true;
    private final Map<Long, FakeDevice> handles = new ConcurrentHashMap<>();
    private final Map<Long, CountDownLatch> pending = new ConcurrentHashMap<>();
    private final ThreadLocal<Integer> error = ThreadLocal.withInitial(() -> 0);
    private int next;

    /** A device. */
    static class FakeDevice {
        long length = 1L << 40;
        int openError;
        /** What is on it, if it can be written; else what it has depends on the offset alone. */
        byte[] content;
        int writeError;
        int flushes;
        final List<Integer> asked = new ArrayList<>();
        boolean pends;
        boolean hangs;
        int most = Integer.MAX_VALUE;
        long badFrom = -1;
        int badCode = ErrorCode.CRC;
        final Map<Integer, byte[]> answers = new ConcurrentHashMap<>();
        final Map<Integer, Integer> errors = new ConcurrentHashMap<>();
        final CountDownLatch hanging = new CountDownLatch(1);

        /** Says what stands at a byte. */
        static byte at(long offset) {
            return (byte) (offset * 31 ^ offset >>> 13 ^ offset >>> 33);
        }
    }

    Kernel32 kernel() {
        return (Kernel32) Proxy.newProxyInstance(Kernel32.class.getClassLoader(), new Class<?>[] {Kernel32.class}, (proxy, method, arguments) -> {
            try {
                Method own = FakeWindows.class.getDeclaredMethod(method.getName(), method.getParameterTypes());
                return own.invoke(this, arguments);
            } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.getName(), e);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    int lastError() {
        return error.get();
    }

    long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    private int fail(int code) {
        error.set(code);
        return 0;
    }

    static String text(byte[] wide) {
        return new String(wide, 0, wide.length - 2, StandardCharsets.UTF_16LE);
    }

    private static void put(long address, String text) {
        byte[] bytes = WideText.bytes(text);
        new Pointer(address).write(0, bytes, 0, bytes.length);
    }

    long CreateFileW(byte[] name, int access, int share, long security, int disposition, int flags, long template) {
        FakeDevice device = devices.get(text(name));
        int code = device == null ? ErrorCode.FILE_NOT_FOUND : device.openError;
        if (code != 0) {
            error.set(code);
            return -1;
        }
        long handle = made.incrementAndGet();
        handles.put(handle, device);
        return handle;
    }

    long CreateEventW(long security, int manualReset, int initialState, long name) {
        return made.incrementAndGet();
    }

    int CloseHandle(long handle) {
        closed.incrementAndGet();
        return 1;
    }

    int ReadFile(long handle, long buffer, int length, long transferred, long overlapped) {
        FakeDevice device = handles.get(handle);
        Pointer request = new Pointer(overlapped);
        long offset = request.getLong(16);
        if (device.badFrom >= 0 && offset + length > device.badFrom && offset <= device.badFrom) {
            return fail(device.badCode);
        }
        if (offset >= device.length) {
            return fail(ErrorCode.HANDLE_EOF);
        }
        int count = (int) Math.min(Math.min(length, device.most), device.length - offset);
        for (int i = 0; i < count; i++) {
            new Pointer(buffer).setByte(i, device.content == null ? FakeDevice.at(offset + i) : device.content[(int) offset + i]);
        }
        request.setLong(8, count);
        request.setLong(0, 0);
        if (device.pends || device.hangs) {
            pending.put(request.getLong(24), new CountDownLatch(device.hangs ? 1 : 0));
            device.hanging.countDown();
            return fail(ErrorCode.IO_PENDING);
        }
        return 1;
    }

    int WriteFile(long handle, long buffer, int length, long transferred, long overlapped) {
        FakeDevice device = handles.get(handle);
        Pointer request = new Pointer(overlapped);
        long offset = request.getLong(16);
        int count = Math.min(length, device.most);
        if (device.writeError != 0) {
            return fail(device.writeError);
        }
        if (offset % 512 != 0 || count % 512 != 0) {
            return fail(ErrorCode.INVALID_PARAMETER);
        }
        new Pointer(buffer).read(0, device.content, (int) offset, count);
        request.setLong(8, count);
        request.setLong(0, 0);
        return 1;
    }

    int FlushFileBuffers(long handle) {
        handles.get(handle).flushes++;
        return 1;
    }

    int GetVolumeNameForVolumeMountPointW(byte[] mountPoint, long name, int characters) {
        for (Map.Entry<String, List<String>> each : mountPoints.entrySet()) {
            if (each.getValue().contains(text(mountPoint))) {
                put(name, each.getKey());
                return 1;
            }
        }
        return fail(ErrorCode.PATH_NOT_FOUND);
    }

    int GetVolumePathNameW(byte[] path, long mountPoint, int characters) {
        if (notReady.contains(text(path).substring(0, 3))) {
            return fail(ErrorCode.FILE_NOT_FOUND);
        }
        put(mountPoint, text(path).substring(0, 3));
        return 1;
    }

    int GetSystemWindowsDirectoryW(long path, int characters) {
        put(path, "C:\\Windows");
        return 10;
    }

    int DeviceIoControl(long handle, int code, long in, int inLength, long out, int outLength, long returned, long overlapped) {
        FakeDevice device = handles.get(handle);
        device.asked.add(code);
        Integer failure = device.errors.get(code);
        byte[] answer = device.answers.get(code);
        if (failure != null || answer == null) {
            return fail(failure != null ? failure : ErrorCode.INVALID_FUNCTION);
        }
        int count = Math.min(answer.length, outLength);
        if (count > 0) {
            new Pointer(out).write(0, answer, 0, count);
        }
        new Pointer(overlapped).setLong(8, count);
        new Pointer(overlapped).setLong(0, 0);
        // as Windows and Wine do: without a word of how much it is, but in the request
        return answer.length > outLength ? fail(ErrorCode.MORE_DATA) : 1;
    }

    int WaitForSingleObject(long event, int milliseconds) throws InterruptedException {
        CountDownLatch latch = pending.get(event);
        return latch == null || latch.await(milliseconds, TimeUnit.MILLISECONDS) ? 0 : DeviceHandle.WAIT_TIMEOUT;
    }

    int GetOverlappedResult(long handle, long overlapped, long transferred, int wait) {
        Pointer request = new Pointer(overlapped);
        new Pointer(transferred).setInt(0, (int) request.getLong(8));
        return request.getLong(0) == 0 ? 1 : fail((int) request.getLong(0));
    }

    int CancelIoEx(long handle, long overlapped) {
        for (Map.Entry<Long, CountDownLatch> each : pending.entrySet()) {
            boolean meant = overlapped == 0 || new Pointer(overlapped).getLong(24) == each.getKey();
            if (meant && each.getValue().getCount() > 0 && overlapped != 0) {
                new Pointer(overlapped).setLong(0, ErrorCode.OPERATION_ABORTED);
                each.getValue().countDown();
            }
        }
        return 1;
    }

    int FormatMessageW(int flags, long source, int id, int language, long text, int characters, long arguments) {
        if (language != 0 && !knowsEnglish) {
            return fail(1815);
        }
        String said = language == 0 ? "Worte.\r\n" : words;
        put(text, said);
        return said.length();
    }

    long FindFirstVolumeW(long name, int characters) {
        next = 0;
        if (volumes.isEmpty()) {
            error.set(ErrorCode.NO_MORE_FILES);
            return -1;
        }
        put(name, volumes.get(next++));
        return 7;
    }

    int FindNextVolumeW(long search, long name, int characters) {
        if (next >= volumes.size()) {
            return fail(ErrorCode.NO_MORE_FILES);
        }
        put(name, volumes.get(next++));
        return 1;
    }

    int FindVolumeClose(long search) {
        return 1;
    }

    int GetVolumePathNamesForVolumeNameW(byte[] volume, long paths, int characters, long needed) {
        String all = String.join("\0", mountPoints.getOrDefault(text(volume), List.of())) + "\0";
        new Pointer(needed).setInt(0, all.length() + 1);
        if (all.length() + 1 > characters) {
            return fail(ErrorCode.MORE_DATA);
        }
        put(paths, all);
        return 1;
    }

    int QueryDosDeviceW(byte[] name, long target, int characters) {
        String all = name == null ? String.join("\0", dosNames) + "\0" : "\\Device\\" + text(name);
        if (all.length() + 1 > characters) {
            return fail(ErrorCode.INSUFFICIENT_BUFFER);
        }
        put(target, all);
        return all.length();
    }
}
