package org.imagingutility.engine.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;

/**
 * Stands between the engine and the plug-ins that read and write files and devices, counts the calls that may fail, and lets
 * one of them fail, as SQLite's tests do with memory and I/O. Used by several threads at once.
 */
final class FaultInjector {
    /** How a call fails. */
    enum Fault {
        /** By the exception that its contract names. */
        ERROR,
        /** For want of memory. */
        OUT_OF_MEMORY
    }

    private static final int NONE = 0;
    private static final Supplier<Throwable> TARGET = () -> new TargetException("injected", -1, "injected fault of the target", null, null);
    private static final Supplier<Throwable> IMAGE = () -> new ImageReadException("injected", 0, "injected fault of the image", null);
    private static final Supplier<Throwable> SOURCE = () -> new DeviceException("injected", 0, "injected fault of the device", null, null);
    /** The calls that may fail, by interface and method, and as what. */
    private static final Map<Class<?>, Map<String, Supplier<Throwable>>> FALLIBLE = Map.of(
            ImageStore.class, Map.of("create", TARGET, "reopen", TARGET, "openInPlace", TARGET, "open", IMAGE, "openWithin", IMAGE),
            ImageFile.class, Map.of("read", IMAGE, "length", IMAGE, "write", TARGET, "truncate", TARGET, "force", TARGET,
                    "publish", TARGET, "discard", TARGET, "bypassCache", IMAGE, "usableSpace", TARGET, "close", TARGET),
            DeviceProvider.class, Map.of("open", SOURCE, "openTarget", TARGET, "reopenTarget", TARGET),
            Device.class, Map.of("read", SOURCE, "close", SOURCE),
            WritableDevice.class, Map.of("read", SOURCE, "write", TARGET, "clear", TARGET, "bypassCache", TARGET, "complete", TARGET,
                    "park", TARGET, "close", TARGET));

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile int failing = NONE;
    private volatile Fault fault = Fault.ERROR;
    private volatile String failed;

    /** Puts itself in front of the stores and device providers of {@code engine}. */
    void install(TestEngine engine) {
        ImageStore store = engine.installed().stores().all().get(0);
        engine.installed().stores().add(around(ImageStore.class, store), Integer.MAX_VALUE, () -> Origin.ofModule(store));
        DeviceProvider provider = engine.installed().deviceProviders().all().get(0);
        engine.installed().deviceProviders().add(around(DeviceProvider.class, provider), Integer.MAX_VALUE, () -> Origin.ofModule(provider));
    }

    /** Lets the call with this number, from 1 on, fail and begins to count again. */
    void arm(int call, Fault how) {
        calls.set(0);
        failed = null;
        fault = how;
        failing = call;
    }

    /** Lets nothing fail any more. */
    void disarm() {
        failing = NONE;
    }

    /** Returns which call failed, empty if there were not so many. */
    Optional<String> failed() {
        return Optional.ofNullable(failed);
    }

    /** Returns how many files and devices are open. */
    int open() {
        return open.get();
    }

    private <T> T around(Class<T> type, T real) {
        Map<String, Supplier<Throwable>> fallible = FALLIBLE.get(type);
        boolean[] closed = new boolean[1];
        if (real instanceof AutoCloseable) {
            open.incrementAndGet();
        }
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                called(real, method, arguments, fallible.get(method.getName()), closed)));
    }

    private Object called(Object real, Method method, Object[] arguments, Supplier<Throwable> error, boolean[] closed) throws Throwable {
        boolean ends = real instanceof AutoCloseable && (method.getName().equals("close") || method.getName().equals("discard"));
        if (ends) {
            synchronized (closed) {
                if (!closed[0]) {
                    closed[0] = true;
                    open.decrementAndGet();
                }
            }
        }
        boolean fails = error != null && calls.incrementAndGet() == failing;
        if (fails && !ends) {
            throw injected(method, error);
        }
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (fails) {
            throw injected(method, error); // what is closed is closed, but somebody hears that it went wrong
        }
        return wrapped(result);
    }

    private Throwable injected(Method method, Supplier<Throwable> error) {
        failed = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return fault == Fault.OUT_OF_MEMORY ? new OutOfMemoryError("injected") : error.get();
    }

    private Object wrapped(Object result) {
        if (result instanceof Optional<?> optional) {
            return optional.map(this::wrapped);
        }
        if (result instanceof ImageFile file) {
            return around(ImageFile.class, file);
        }
        if (result instanceof WritableDevice device) {
            return around(WritableDevice.class, device);
        }
        return result instanceof Device device ? around(Device.class, device) : result;
    }
}
