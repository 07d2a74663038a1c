package org.imagingutility.snapshot.vss.com;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.Callable;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssFailure;

/**
 * The thread that calls of COM are made on, in the multithreaded apartment: an object made on one thread of it may be used on any other,
 * so that one which this thread has made can be used by that of another version of this bundle. Begun when it is needed first, and ended
 * when it was not needed for a while. Calls of several threads are made one after the other.
 */
final class ComThread implements AutoCloseable {
    static final int COINIT_MULTITHREADED = 0;
    /** {@code RPC_C_AUTHN_LEVEL_PKT_PRIVACY}, {@code RPC_C_IMP_LEVEL_IMPERSONATE}, {@code EOAC_DYNAMIC_CLOAKING}: as requesters have it. */
    static final int PACKET_PRIVACY = 6;
    static final int IMPERSONATE = 3;
    static final int DYNAMIC_CLOAKING = 0x40;
    private static final int IDLE_SECONDS = 10;

    private final NativeLibrary ole;
    private final ThreadPoolExecutor executor;
    /** What CoInitializeEx said; written and read by the thread alone. */
    private int initialized;

    ComThread(NativeLibrary ole) {
        this.ole = ole;
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        executor.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable calls) {
        Thread thread = new Thread(() -> {
            initialized = function("CoInitializeEx").invokeInt(new Object[] {null, COINIT_MULTITHREADED});
            if (!VssError.failed(initialized)) {
                // best effort: what was called before in this process may have settled it, which is an error (RPC_E_TOO_LATE) without harm
                function("CoInitializeSecurity").invokeInt(new Object[] {null, -1, null, null, PACKET_PRIVACY, IMPERSONATE, null, DYNAMIC_CLOAKING,
                        null});
            }
            try {
                calls.run();
            } finally {
                if (!VssError.failed(initialized)) {
                    function("CoUninitialize").invokeVoid(new Object[0]);
                }
            }
        }, "snapshot-vss");
        thread.setDaemon(true);
        return thread;
    }

    private Function function(String name) {
        return ole.getFunction(name);
    }

    /** Makes a call and returns what it returns. Waits for it whatever happens: a call of COM cannot be broken off. */
    <T> T call(Callable<T> call) throws VssFailure {
        Future<T> made = executor.submit(() -> {
            if (VssError.failed(initialized)) {
                throw new VssFailure("CoInitializeEx", initialized);
            }
            return call.call();
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return made.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw carried(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static VssFailure carried(Throwable cause) {
        if (cause instanceof VssFailure failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Ends the thread when what was called for is done. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
