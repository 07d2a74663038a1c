package org.imagingutility.command.console;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.imagingutility.command.text.ProgramName;

/**
 * Turns Ctrl+C (and SIGTERM) into a question that the job answers at the next frame border. The process lives on until
 * the job has cleaned up, at most 30 seconds; a second Ctrl+C ends it at once.
 */
public final class Cancellation implements AutoCloseable {
    private static final long GRACE_SECONDS = 30;
    private final PrintStream err;
    private final boolean processEndsWithCommand;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "imaging-cancel");
    private volatile boolean asked;

    /** Begins to listen. {@code processEndsWithCommand} says whether the caller halts the process when the command is over. */
    public Cancellation(PrintStream err, boolean processEndsWithCommand) {
        this.err = err;
        this.processEndsWithCommand = processEndsWithCommand;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            asked = true; // the process is about to end already
        }
    }

    public boolean asked() {
        return asked;
    }

    /** Stops listening. */
    @Override
    public void close() {
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                asked = true; // too late: the hook runs
            }
        }
        if (!(asked && processEndsWithCommand)) {
            ended.countDown();
        } // else the hook holds the process until the caller halts it with the exit code that the command gave
    }

    private void onShutdown() {
        asked = true;
        err.println();
        err.println(ProgramName.ofProcess() + ": stopping (once more: stop at once)");
        err.flush();
        haltOnSecondSignal();
        try {
            if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                err.println(ProgramName.ofProcess() + ": the job did not stop within " + GRACE_SECONDS + " seconds");
                err.flush();
                Runtime.getRuntime().halt(ExitCodes.CANCELLED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Once the JVM shuts down it takes no notice of further signals; only sun.misc.Signal can change that. By
     * reflection, because javac warns of that class whatever one does, and because not every JVM has it.
     */
    private static void haltOnSecondSignal() {
        try {
            ClassLoader loader = ClassLoader.getSystemClassLoader();
            Class<?> signal = Class.forName("sun.misc.Signal", true, loader);
            Class<?> handler = Class.forName("sun.misc.SignalHandler", true, loader);
            InvocationHandler halt = (proxy, method, arguments) -> {
                Runtime.getRuntime().halt(ExitCodes.CANCELLED);
                return null;
            };
            Object halting = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, halt);
            for (String name : new String[] {"INT", "TERM"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            err(e);
        }
    }

    private static void err(Exception e) {
        System.getLogger(Cancellation.class.getName()).log(System.Logger.Level.DEBUG, "no handler for a second signal", e);
    }
}
