package org.imagingutility.windows.io;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** advapi32.dll itself; as {@link NativeKernel32}. */
final class NativeAdvapi32 implements Advapi32 {
    static {
        Native.register(NativeAdvapi32.class, NativeLibrary.getInstance("advapi32"));
    }

    NativeAdvapi32() {
    }

    @Override
    public native int OpenProcessToken(long process, int access, long token);

    @Override
    public native int RegGetValueW(long key, byte[] path, byte[] value, int flags, long type, long data, long size);

    @Override
    public native int GetTokenInformation(long token, int what, long information, int length, long returned);
}
