package org.imagingutility.engine.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.imagingutility.api.container.Salvaged;

/**
 * A fault of a plug-in: one method of one interface misbehaves, all else is passed on to a plug-in that is sound. What that
 * makes (devices, cursors, compressors) is wrapped as well, so that the fault can lie in any interface.
 *
 * @param method the method that misbehaves, as its interface declares it
 * @param kind in which way
 * @param from from which call on, counted from 0
 * @param calls how often the method was called
 * @param watched the methods that were called, if nothing misbehaves and the calls are only watched
 * @param made what the sound plug-in made and has to close
 */
public record Faults(Method method, Kind kind, int from, AtomicInteger calls, Set<Method> watched, List<AutoCloseable> made) {

    /** A way to misbehave. */
    public enum Kind {
        /** Throws an unchecked exception. */
        THROWS_EXCEPTION,
        /** Throws what a class loader throws when a library is missing. */
        THROWS_LINKAGE_ERROR,
        /** Answers null. */
        RETURNS_NULL,
        /** Answers -2, which is no length, count, place or index. */
        RETURNS_NEGATIVE,
        /** Answers with the largest number there is. */
        RETURNS_HUGE,
        /** Leaves the first buffer it is given as it is, and says that all is done. */
        LEAVES_FIRST_BUFFER,
        /** Leaves the last buffer it is given as it is, and says that all is done. */
        LEAVES_LAST_BUFFER,
        /** Moves the last buffer half of the way. */
        HALF_OF_LAST_BUFFER,
        /** Does what it should, and changes the limit of the last buffer. */
        CHANGES_LIMIT
    }

    /** Creates the fault of a method. */
    public static Faults of(Method method, Kind kind, int from) {
        return new Faults(method, kind, from, new AtomicInteger(), null, Collections.synchronizedList(new ArrayList<>()));
    }

    /** Creates what is no fault: the methods that are called are added to {@code watched}. */
    public static Faults watching(Set<Method> watched) {
        return new Faults(null, null, 0, new AtomicInteger(), Collections.synchronizedSet(watched),
                Collections.synchronizedList(new ArrayList<>()));
    }

    /** Returns the ways in which a method can misbehave. */
    public static List<Kind> kindsFor(Method method) {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.THROWS_EXCEPTION, Kind.THROWS_LINKAGE_ERROR));
        Class<?> answer = method.getReturnType();
        if (answer == Salvaged.class) {
            // null is what ends a pass: nobody can tell that from a damaged image of which nothing more is left
            return kinds;
        }
        if (!answer.isPrimitive()) {
            kinds.add(Kind.RETURNS_NULL);
        } else if (answer == int.class || answer == long.class) {
            kinds.add(Kind.RETURNS_NEGATIVE);
            kinds.add(Kind.RETURNS_HUGE);
        }
        if (buffers(method.getParameterTypes()).size() > 0 && answer == void.class) {
            kinds.add(Kind.LEAVES_LAST_BUFFER);
            kinds.add(Kind.HALF_OF_LAST_BUFFER);
            kinds.add(Kind.CHANGES_LIMIT);
        }
        if (buffers(method.getParameterTypes()).size() > 1) {
            kinds.add(Kind.LEAVES_FIRST_BUFFER);
        }
        return kinds;
    }

    private static List<Integer> buffers(Class<?>[] types) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == ByteBuffer.class) {
                found.add(i);
            }
        }
        return found;
    }

    /** Returns {@code plugin} with this fault. */
    public <P> P in(Class<P> type, P plugin) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler(plugin)));
    }

    private InvocationHandler handler(Object plugin) {
        return (proxy, called, arguments) -> {
            if (called.getDeclaringClass() == Object.class) {
                return called.invoke(plugin, arguments);
            }
            if (watched != null) {
                watched.add(called);
            } else if (called.getName().equals(method.getName()) && method.getDeclaringClass().isInstance(plugin)
                    && List.of(called.getParameterTypes()).equals(List.of(method.getParameterTypes()))
                    && calls.getAndIncrement() >= from) {
                return misbehave(plugin, called, arguments);
            }
            return wrapped(called, invoke(plugin, called, arguments));
        };
    }

    private static Object invoke(Object plugin, Method called, Object[] arguments) throws Throwable {
        try {
            called.setAccessible(true);
            return called.invoke(plugin, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object misbehave(Object plugin, Method called, Object[] arguments) throws Throwable {
        boolean isLong = called.getReturnType() == long.class;
        List<Integer> buffers = buffers(called.getParameterTypes());
        switch (kind) {
            case THROWS_EXCEPTION -> throw new IllegalStateException("injected");
            case THROWS_LINKAGE_ERROR -> throw new NoClassDefFoundError("injected/Missing");
            case RETURNS_NULL -> {
                return null;
            }
            case RETURNS_NEGATIVE -> {
                // not one of two branches of a conditional: that would make a long of both
                if (isLong) {
                    return -2L;
                }
                return -2;
            }
            case RETURNS_HUGE -> {
                if (isLong) {
                    return Long.MAX_VALUE;
                }
                return Integer.MAX_VALUE;
            }
            default -> {
                int last = buffers.get(buffers.size() - 1);
                int damaged = kind == Kind.LEAVES_FIRST_BUFFER ? buffers.get(0) : last;
                ByteBuffer buffer = (ByteBuffer) arguments[damaged];
                int position = buffer.position();
                int limit = buffer.limit();
                invoke(plugin, called, arguments);
                switch (kind) {
                    case HALF_OF_LAST_BUFFER -> buffer.position(position + (buffer.position() - position) / 2);
                    case CHANGES_LIMIT -> buffer.limit(Math.max(buffer.position(), limit - 1)).position(buffer.limit())
                            .limit(limit == buffer.capacity() ? limit - 1 : limit + 1);
                    default -> buffer.position(position);
                }
                return null;
            }
        }
    }

    /** What plug-ins make is part of the plug-in. */
    private Object wrapped(Method called, Object answer) {
        if (answer instanceof Optional<?> optional && optional.isPresent() && isSpi(optional.get().getClass())) {
            return Optional.of(wrap(optional.get()));
        }
        return answer != null && called.getReturnType().isInterface() && isSpi(answer.getClass()) ? wrap(answer) : answer;
    }

    private Object wrap(Object answer) {
        if (answer instanceof AutoCloseable closeable) {
            made.add(closeable);
        }
        Class<?>[] types = interfaces(answer.getClass()).toArray(Class<?>[]::new);
        return Proxy.newProxyInstance(types[0].getClassLoader(), types, handler(answer));
    }

    /** Closes what a fault left open, the last first: else Windows would remove no file of it. */
    public void closeAll() throws Exception {
        List<AutoCloseable> open = new ArrayList<>(made);
        Collections.reverse(open);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static boolean isSpi(Class<?> type) {
        return !interfaces(type).isEmpty() && !type.isRecord();
    }

    /** Returns the interfaces of the API that a class has, directly or from a class it extends. */
    private static List<Class<?>> interfaces(Class<?> type) {
        Function<Class<?>, List<Class<?>>> own = each -> List.of(each.getInterfaces());
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            own.apply(each).stream().filter(one -> one.getName().startsWith("org.imagingutility.api.") && !one.isSealed())
                    .forEach(found::add);
        }
        return found;
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + " " + kind + (from > 0 ? " from call " + from : "");
    }
}
