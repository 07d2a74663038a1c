package org.imagingutility.windows.io;

/**
 * The functions of kernel32.dll that are called, under their own names and with their own parameters (Windows SDK,
 * {@code fileapi.h}, {@code ioapiset.h}, {@code handleapi.h}, {@code synchapi.h}, {@code winbase.h}): a {@code BOOL} is an int that
 * is not 0, a handle or address a long, a text that is passed a byte array ({@link WideText#bytes}). Every function may be called by
 * several threads at once. An interface so that tests can play Windows.
 */
public interface Kernel32 {
    /** What functions return that make handles when they fail. */
    long INVALID_HANDLE_VALUE = -1;

    /** Returns the error of the last call of this thread that failed; after one that did not it says nothing. */
    int lastError();

    /** Returns where the bytes of a direct buffer begin, whatever its position. */
    long address(java.nio.ByteBuffer direct);

    /** Opens a file or device. */
    long CreateFileW(byte[] name, int access, int share, long security, int disposition, int flags, long template);

    /** Closes a handle. */
    int CloseHandle(long handle);

    /** Reads; {@code overlapped} says where, and is in use until the request has ended. */
    int ReadFile(long handle, long buffer, int length, long transferred, long overlapped);

    /** Writes; as {@link #ReadFile}. */
    int WriteFile(long handle, long buffer, int length, long transferred, long overlapped);

    /** Asks a driver or file system. */
    int DeviceIoControl(long handle, int code, long in, int inLength, long out, int outLength, long returned, long overlapped);

    /** Tells how a request ended. */
    int GetOverlappedResult(long handle, long overlapped, long transferred, int wait);

    /** Cancels one request of a handle, or all of them where {@code overlapped} is 0. */
    int CancelIoEx(long handle, long overlapped);

    /** Waits until what was written is on stable storage. */
    int FlushFileBuffers(long handle);

    /** Makes an event; 0 if that fails. */
    long CreateEventW(long security, int manualReset, int initialState, long name);

    /** Waits for an event. */
    int WaitForSingleObject(long handle, int milliseconds);

    /** Returns the words for an error; {@code characters} in length, 0 if there are none. */
    int FormatMessageW(int flags, long source, int id, int language, long text, int characters, long arguments);

    /** Returns the volume that is mounted at a folder or drive letter. */
    int GetVolumeNameForVolumeMountPointW(byte[] mountPoint, long name, int characters);

    /** Returns the mount point of the volume that a path is on. */
    int GetVolumePathNameW(byte[] path, long mountPoint, int characters);

    /** Returns the mount points of a volume. */
    int GetVolumePathNamesForVolumeNameW(byte[] volume, long paths, int characters, long needed);

    /** Begins to list volumes. */
    long FindFirstVolumeW(long name, int characters);

    /** Returns the next volume. */
    int FindNextVolumeW(long search, long name, int characters);

    /** Ends the list of volumes. */
    int FindVolumeClose(long search);

    /** Returns what a name below {@code \\.\} stands for. */
    int QueryDosDeviceW(byte[] name, long target, int characters);

    /** Returns a bit for each drive letter, A: the lowest. */
    int GetLogicalDrives();

    /** Returns the kind of drive behind a mount point. */
    int GetDriveTypeW(byte[] mountPoint);

    /** Returns label and file system of a volume. */
    int GetVolumeInformationW(byte[] mountPoint, long label, int labelCharacters, long serial, long longestName, long flags,
            long fileSystem, int fileSystemCharacters);

    /** Returns label and file system of the volume that an open handle belongs to. */
    int GetVolumeInformationByHandleW(long handle, long label, int labelCharacters, long serial, long longestName, long flags,
            long fileSystem, int fileSystemCharacters);

    /** Returns cluster and sector sizes of a volume's file system. */
    int GetDiskFreeSpaceW(byte[] mountPoint, long sectorsPerCluster, long bytesPerSector, long freeClusters, long clusters);

    /** Returns {@code C:\Windows}, that of the system and not of a user of a terminal server. */
    int GetSystemWindowsDirectoryW(long path, int characters);

    /** Returns {@code C:\Windows\System32}. */
    int GetSystemDirectoryW(long path, int characters);

    /** Returns the attributes of a file, -1 if there is none. */
    int GetFileAttributesW(byte[] path);

    /** Returns the pseudo handle of this process. */
    long GetCurrentProcess();
}
