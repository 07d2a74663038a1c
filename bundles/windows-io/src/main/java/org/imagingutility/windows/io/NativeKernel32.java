package org.imagingutility.windows.io;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * kernel32.dll itself, by JNA's direct mapping: with numbers and byte arrays only it makes no objects for a call. What is registered
 * belongs to this class and refers to it weakly, so it goes with its class loader when the bundle is replaced.
 */
final class NativeKernel32 implements Kernel32 {
    static {
        Native.register(NativeKernel32.class, NativeLibrary.getInstance("kernel32"));
    }

    NativeKernel32() {
    }

    /** {@inheritDoc} JNA keeps it right after the call, before the JVM can change it. */
    @Override
    public int lastError() {
        return Native.getLastError();
    }

    @Override
    public long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public native long CreateFileW(byte[] name, int access, int share, long security, int disposition, int flags, long template);

    @Override
    public native int CloseHandle(long handle);

    @Override
    public native int ReadFile(long handle, long buffer, int length, long transferred, long overlapped);

    @Override
    public native int WriteFile(long handle, long buffer, int length, long transferred, long overlapped);

    @Override
    public native int DeviceIoControl(long handle, int code, long in, int inLength, long out, int outLength, long returned, long overlapped);

    @Override
    public native int GetOverlappedResult(long handle, long overlapped, long transferred, int wait);

    @Override
    public native int CancelIoEx(long handle, long overlapped);

    @Override
    public native int FlushFileBuffers(long handle);

    @Override
    public native long CreateEventW(long security, int manualReset, int initialState, long name);

    @Override
    public native int WaitForSingleObject(long handle, int milliseconds);

    @Override
    public native int FormatMessageW(int flags, long source, int id, int language, long text, int characters, long arguments);

    @Override
    public native int GetVolumeNameForVolumeMountPointW(byte[] mountPoint, long name, int characters);

    @Override
    public native int GetVolumePathNameW(byte[] path, long mountPoint, int characters);

    @Override
    public native int GetVolumePathNamesForVolumeNameW(byte[] volume, long paths, int characters, long needed);

    @Override
    public native long FindFirstVolumeW(long name, int characters);

    @Override
    public native int FindNextVolumeW(long search, long name, int characters);

    @Override
    public native int FindVolumeClose(long search);

    @Override
    public native int QueryDosDeviceW(byte[] name, long target, int characters);

    @Override
    public native int GetLogicalDrives();

    @Override
    public native int GetDriveTypeW(byte[] mountPoint);

    @Override
    public native int GetVolumeInformationW(byte[] mountPoint, long label, int labelCharacters, long serial, long longestName, long flags,
            long fileSystem, int fileSystemCharacters);

    @Override
    public native int GetVolumeInformationByHandleW(long handle, long label, int labelCharacters, long serial, long longestName, long flags,
            long fileSystem, int fileSystemCharacters);

    @Override
    public native int GetDiskFreeSpaceW(byte[] mountPoint, long sectorsPerCluster, long bytesPerSector, long freeClusters, long clusters);

    @Override
    public native int GetSystemWindowsDirectoryW(long path, int characters);

    @Override
    public native int GetSystemDirectoryW(long path, int characters);

    @Override
    public native int GetFileAttributesW(byte[] path);

    @Override
    public native long GetCurrentProcess();
}
