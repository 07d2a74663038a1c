package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;

/** The libraries of Windows that are called, from its own folder alone. For several threads. */
final class VssLibraries implements Frees {
    /** {@code LOAD_LIBRARY_SEARCH_SYSTEM32}: no library of that name in a folder of the user is taken. */
    static final int FROM_SYSTEM_FOLDER = 0x800;
    /** {@code GET_MODULE_HANDLE_EX_FLAG_PIN}: it stays loaded until the process ends. */
    private static final int PIN = 1;

    private final NativeLibrary vss;
    private final NativeLibrary ole = load("ole32");
    private final NativeLibrary automation = load("oleaut32");

    private VssLibraries(NativeLibrary vss) {
        this.vss = vss;
    }

    /** Loads them. */
    static VssLibraries load() throws VssFailure {
        try {
            VssLibraries libraries = new VssLibraries(load("vssapi"));
            // an object outlives this bundle where the bundle is replaced, and then so must the code that it leads to
            Object[] pinned = {PIN, wide("vssapi.dll"), new PointerByReference()};
            if (load("kernel32").getFunction("GetModuleHandleExW").invokeInt(pinned) == 0) {
                throw new VssFailure("GetModuleHandleEx", VssError.MODULE_MISSING.code());
            }
            return libraries;
        } catch (UnsatisfiedLinkError e) {
            VssFailure failure = new VssFailure("LoadLibrary", VssError.MODULE_MISSING.code());
            failure.initCause(e);
            throw failure;
        }
    }

    private static NativeLibrary load(String name) {
        return NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, FROM_SYSTEM_FOLDER));
    }

    /** Returns ole32.dll. */
    NativeLibrary ole() {
        return ole;
    }

    /** {@code CreateVssBackupComponentsInternal}, which {@code CreateVssBackupComponents} of the header calls. */
    int createBackupComponents(PointerByReference to) {
        return vss.getFunction("CreateVssBackupComponentsInternal").invokeInt(new Object[] {to});
    }

    /** {@inheritDoc} By {@code VssFreeSnapshotPropertiesInternal}. */
    @Override
    public void freeProperties(Pointer properties) {
        vss.getFunction("VssFreeSnapshotPropertiesInternal").invokeVoid(new Object[] {properties});
    }

    /** {@inheritDoc} By {@code SysFreeString}. */
    @Override
    public void freeString(Pointer text) {
        automation.getFunction("SysFreeString").invokeVoid(new Object[] {text});
    }

    /** Returns a text as UTF-16 with a zero at the end. */
    static Memory wide(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_16LE);
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }
}
