package org.imagingutility.windows.io;

import java.util.Locale;

/** The running system, where it is Windows: the libraries that are called, loaded when they are first asked for. */
public final class Windows {
    static final int TOKEN_QUERY = 0x8;
    static final int TOKEN_ELEVATION = 20;

    private Windows() {
    }

    /** Says whether the running system is Windows. Loads nothing. */
    public static boolean isRunning() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /**
     * Returns kernel32.
     *
     * @throws WindowsException if the system is not Windows of 64 bits, or native code cannot be loaded
     */
    public static Kernel32 kernel() throws WindowsException {
        require();
        try {
            return Libraries.KERNEL;
        } catch (LinkageError e) {
            throw unavailable(e);
        }
    }

    /**
     * Returns advapi32.
     *
     * @throws WindowsException as for {@link #kernel()}
     */
    public static Advapi32 advapi() throws WindowsException {
        require();
        try {
            return Libraries.ADVAPI;
        } catch (LinkageError e) {
            throw unavailable(e);
        }
    }

    private static void require() throws WindowsException {
        String processor = System.getProperty("os.arch", "");
        if (!isRunning()) {
            throw new WindowsException("this system is not Windows", null);
        }
        if (!processor.equals("amd64") && !processor.equals("aarch64")) {
            throw new WindowsException("a Java of 64 bits is needed (x64 or ARM64), this one is for " + processor, null);
        }
    }

    private static WindowsException unavailable(LinkageError e) {
        return new WindowsException("native code cannot be loaded: " + e, e);
    }

    /**
     * Says whether this process has the rights of an administrator, without which neither drives nor volumes can be read (the
     * {@code TokenElevation} of its token).
     */
    public static boolean isElevated(Kernel32 kernel, Advapi32 advapi) throws WindowsException {
        NativeBuffer memory = NativeBuffer.of(kernel, 16);
        if (advapi.OpenProcessToken(kernel.GetCurrentProcess(), TOKEN_QUERY, memory.address()) == 0) {
            throw WindowsException.last(kernel, "OpenProcessToken");
        }
        long token = memory.bytes().getLong(0);
        try {
            if (advapi.GetTokenInformation(token, TOKEN_ELEVATION, memory.address(), Integer.BYTES, memory.address() + 8) == 0) {
                throw WindowsException.last(kernel, "GetTokenInformation");
            }
            return memory.bytes().getInt(0) != 0;
        } finally {
            kernel.CloseHandle(token);
            memory.keep();
        }
    }

    private static final class Libraries {
        private static final Kernel32 KERNEL = new NativeKernel32();
        private static final Advapi32 ADVAPI = new NativeAdvapi32();

        private Libraries() {
        }
    }
}
