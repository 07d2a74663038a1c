package org.imagingutility.windows.io;

/** The functions of advapi32.dll that are called; as {@link Kernel32}. */
public interface Advapi32 {

    /** Opens the access token of a process. */
    int OpenProcessToken(long process, int access, long token);

    /** Reads a value of the registry; returns the error, 0 if there is none. */
    int RegGetValueW(long key, byte[] path, byte[] value, int flags, long type, long data, long size);

    /** Tells about an access token. */
    int GetTokenInformation(long token, int what, long information, int length, long returned);
}
