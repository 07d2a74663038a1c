package org.imagingutility.shell.command;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.imagingutility.api.shell.CommandSet;
import org.imagingutility.api.shell.Completion;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Makes commands known to gogo: those of every {@link CommandSet} as long as it is there, the shell's own, and of the text and
 * control commands of gogo those that are of use here. Nothing of a command set is kept once it is gone.
 */
public final class GogoCommands implements ServiceTrackerCustomizer<CommandSet, List<ServiceRegistration<?>>>, AutoCloseable {
    private static final String[] CONTROL = {"each", "if", "not", "throw", "try", "until", "while", "break", "continue"};
    private static final String[] TEXT = {"cat", "echo", "grep", "head", "less", "ls", "pwd", "sleep", "sort", "tail", "wc", "date",
        "clear"};
    private static final String[] SESSION = {"history", "new", "set", "type"};
    /** Ranking of commands that stand before those of gogo in its own scope, which have 0. */
    private static final int OVER_GOGO = 1000;
    private final BundleContext context;
    private final Foreground foreground;
    private final ServiceTracker<CommandSet, List<ServiceRegistration<?>>> tracker;
    private final List<ServiceRegistration<?>> own = new ArrayList<>();

    public GogoCommands(BundleContext context, CommandProcessor processor, Foreground foreground) {
        this.context = context;
        this.foreground = foreground;
        register("gogo", new Procedural(), CONTROL);
        register("gogo", new Posix(processor), TEXT);
        register("gogo", new Builtin(), SESSION);
        own.add(register("exit", GogoCommands::exit, 0));
        own.add(register("shutdown", GogoCommands::exit, 0));
        new BundleCommands(context).all().forEach((name, command) -> {
            own.add(register(name, command, 0));
            // by its full name a command of gogo would stop the framework under running jobs
            own.add(register("felix", name, command, OVER_GOGO));
        });
        own.add(register("cd", GogoCommands::stay, 0));
        tracker = new ServiceTracker<>(context, CommandSet.class, this);
        tracker.open();
    }

    /** Returns how the last of {@code words} can be completed, or null if their first is no command of a set. */
    public List<Completion> complete(List<String> words) {
        for (ServiceReference<CommandSet> reference : tracker.getTracked().keySet()) {
            CommandSet set = context.getService(reference);
            if (set != null) { // else it just went
                try {
                    if (set.names().contains(words.get(0))) {
                        return set.complete(words);
                    }
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return null;
    }

    @Override
    public List<ServiceRegistration<?>> addingService(ServiceReference<CommandSet> reference) {
        List<ServiceRegistration<?>> functions = new ArrayList<>();
        CommandSet set = context.getService(reference);
        if (set != null) { // else it went at once
            int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
            for (String name : set.names()) {
                functions.add(register(name, new CommandFunction(context, reference, name, foreground), ranking));
            }
            context.ungetService(reference);
        }
        return functions;
    }

    @Override
    public void modifiedService(ServiceReference<CommandSet> reference, List<ServiceRegistration<?>> functions) {
        // names do not change
    }

    @Override
    public void removedService(ServiceReference<CommandSet> reference, List<ServiceRegistration<?>> functions) {
        functions.forEach(ServiceRegistration::unregister);
    }

    @Override
    public void close() {
        tracker.close();
        own.forEach(ServiceRegistration::unregister);
        own.clear();
    }

    private ServiceRegistration<Function> register(String name, Function function, int ranking) {
        return register("imaging", name, function, ranking);
    }

    private ServiceRegistration<Function> register(String scope, String name, Function function, int ranking) {
        Dictionary<String, Object> properties = properties(scope, name);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return context.registerService(Function.class, function, properties);
    }

    private void register(String scope, Object commands, String... names) {
        own.add(context.registerService(commands.getClass().getName(), commands, properties(scope, names)));
    }

    private static Dictionary<String, Object> properties(String scope, String... names) {
        return new Hashtable<>(Map.of(CommandProcessor.COMMAND_SCOPE, scope, CommandProcessor.COMMAND_FUNCTION, names));
    }

    private static Object exit(CommandSession session, List<Object> arguments) throws ExitException {
        if (arguments.isEmpty()) {
            throw new ExitException(ExitCodes.DONE);
        }
        String code = arguments.get(0).toString();
        if (!code.matches("\\d{1,3}") || Integer.parseInt(code) > 255) {
            throw new IllegalArgumentException("exit takes an exit code from 0 to 255, not \"" + code + "\"");
        }
        throw new ExitException(Integer.parseInt(code));
    }

    /** A process has one working folder, which Java cannot change: to pretend otherwise would write images to wrong places. */
    private static Object stay(CommandSession session, List<Object> arguments) {
        throw new IllegalArgumentException("the shell stays in \"" + System.getProperty("user.dir")
                + "\": name files by their whole path, or start it elsewhere");
    }
}
