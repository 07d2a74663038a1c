package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.imagingutility.snapshot.vss.requester.BackupComponents;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;
import org.imagingutility.snapshot.vss.requester.VssService;

/** The Volume Shadow Copy Service of this machine. */
public final class WindowsVss implements VssService, AutoCloseable {
    private final VssLibraries libraries;
    private final ComThread thread;

    private WindowsVss(VssLibraries libraries) {
        this.libraries = libraries;
        this.thread = new ComThread(libraries.ole());
    }

    /** Loads what is needed to call it. */
    public static WindowsVss load() throws VssFailure {
        return new WindowsVss(VssLibraries.load());
    }

    @Override
    public BackupComponents create() throws VssFailure {
        PointerByReference made = new PointerByReference();
        check("CreateVssBackupComponents", thread.call(() -> libraries.createBackupComponents(made)));
        return new ComBackupComponents(new ComObject(made.getValue(), thread), libraries);
    }

    @Override
    public BackupComponents at(long address) {
        return new ComBackupComponents(new ComObject(new Pointer(address), thread), libraries);
    }

    @Override
    public long keep() throws VssFailure {
        PointerByReference cookie = new PointerByReference();
        check("CoIncrementMTAUsage", thread.call(() -> libraries.ole().getFunction("CoIncrementMTAUsage").invokeInt(new Object[] {cookie})));
        return Pointer.nativeValue(cookie.getValue());
    }

    @Override
    public void letGo(long kept) throws VssFailure {
        check("CoDecrementMTAUsage", thread.call(() -> libraries.ole().getFunction("CoDecrementMTAUsage").invokeInt(new Object[] {new Pointer(kept)})));
    }

    private static void check(String method, int result) throws VssFailure {
        if (VssError.failed(result)) {
            throw new VssFailure(method, result);
        }
    }

    /** Ends the thread that calls are made on. Objects stay. */
    @Override
    public void close() {
        thread.close();
    }
}
