package org.imagingutility.engine.guard;

import java.util.List;
import java.util.function.Supplier;
import org.imagingutility.api.error.PluginException;

/**
 * The plug-in that a guard stands before, as errors name it. Immutable.
 */
public final class GuardedPlugin {
    private final String kind;
    private final String name;
    private final Supplier<String> bundle;

    /**
     * Creates it.
     *
     * @param kind {@code codec}, {@code device provider}, ...
     * @param name its permanent name
     * @param bundle returns name and version of the bundle or module it comes from; asked when there is an error
     */
    public GuardedPlugin(String kind, String name, Supplier<String> bundle) {
        this.kind = kind;
        this.name = name;
        this.bundle = bundle;
    }

    /** Returns its permanent name. */
    public String name() {
        return name;
    }

    /**
     * Returns the error of a call that threw what it may not throw.
     *
     * @param call interface and method
     * @throws CarriedException {@code thrown}, if that is an error of the engine or of another plug-in on its way through
     */
    public PluginException failed(String call, Throwable thrown) {
        if (thrown instanceof CarriedException passing) {
            throw passing;
        }
        if (thrown instanceof OutOfMemoryError error) {
            return PluginException.outOfMemory(kind, name, bundle.get(), call, error);
        }
        return new PluginException(kind, name, bundle.get(), call + " threw " + thrown, thrown);
    }

    /** Returns the same for a call out of which no checked error is thrown; {@code thrown} may be one of this class's own. */
    public CarriedException carried(String call, Throwable thrown) {
        return new CarriedException(thrown instanceof PluginException known ? known : failed(call, thrown));
    }

    /** Returns the error of a call that did or answered what the contract rules out. */
    public PluginException violated(String call, String what) {
        return new PluginException(kind, name, bundle.get(), call + " " + what, null);
    }

    /** Returns {@code answer}, which must be there. */
    public <T> T present(String call, T answer) throws PluginException {
        if (answer == null) {
            throw violated(call, "returned null");
        }
        return answer;
    }

    /** Returns a copy of {@code answer}, which must be there and lack no element. */
    public <T> List<T> complete(String call, List<T> answer) throws PluginException {
        for (T element : present(call, answer)) {
            if (element == null) {
                throw violated(call, "returned a list with null in it");
            }
        }
        return List.copyOf(answer);
    }

    /** Returns {@code answer}, which must be a number from {@code least} to {@code most}. */
    public long inRange(String call, long answer, long least, long most) throws PluginException {
        if (answer < least || answer > most) {
            throw violated(call, "returned " + answer + (most == Long.MAX_VALUE ? ", expected " + least + " or more"
                    : ", expected " + least + " to " + most));
        }
        return answer;
    }
}
