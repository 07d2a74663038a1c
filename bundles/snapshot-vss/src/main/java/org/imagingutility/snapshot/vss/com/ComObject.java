package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;

/**
 * A COM object by its address: methods are called by their place in its table. Arguments are numbers of the size that the method has
 * ({@code bool} of C++ is a byte), pointers, and {@link Guid}s. A class so that tests can play an object.
 */
class ComObject {
    private final Pointer object;
    private final ComThread thread;

    ComObject(Pointer object, ComThread thread) {
        this.object = object;
        this.thread = thread;
    }

    /** Calls a method that returns an HRESULT. */
    final void call(String method, int slot, Object... arguments) throws VssFailure {
        int result = invoke(slot, arguments);
        if (VssError.failed(result)) {
            throw new VssFailure(method, result);
        }
    }

    /** Calls {@code Release}, which returns the number of users that are left. */
    final void release() throws VssFailure {
        invoke(Slots.RELEASE);
    }

    /** Calls whatever stands at a place of the table. */
    int invoke(int slot, Object... arguments) throws VssFailure {
        return thread.call(() -> Function.getFunction(object.getPointer(0).getPointer((long) Native.POINTER_SIZE * slot)).invokeInt(all(arguments)));
    }

    /** Does something else on the thread that calls are made on. */
    void onItsThread(Runnable action) throws VssFailure {
        thread.call(() -> {
            action.run();
            return null;
        });
    }

    /** Returns another object, called on the same thread. */
    ComObject other(Pointer address) {
        return new ComObject(address, thread);
    }

    final long address() {
        return Pointer.nativeValue(object);
    }

    private Object[] all(Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }
}
