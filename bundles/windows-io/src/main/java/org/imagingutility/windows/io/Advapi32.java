package org.imagingutility.windows.io;

/** The functions of advapi32.dll that are called; as {@link Kernel32}. */
public interface Advapi32 {

    /** Opens the access token of a process. */
    int OpenProcessToken(long process, int access, long token);

    /** Tells about an access token. */
    int GetTokenInformation(long token, int what, long information, int length, long returned);
}
