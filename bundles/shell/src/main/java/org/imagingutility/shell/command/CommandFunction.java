package org.imagingutility.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.imagingutility.api.shell.CommandSet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A command of a {@link CommandSet} as gogo calls it. (As a {@code Function} it gets each word as it was typed; a method that
 * gogo finds by reflection gets {@code 1e5} as 100000.0 and {@code null} as nothing.)
 */
final class CommandFunction implements Function {
    private final BundleContext context;
    private final ServiceReference<CommandSet> reference;
    private final String name;
    private final Foreground foreground;

    CommandFunction(BundleContext context, ServiceReference<CommandSet> reference, String name, Foreground foreground) {
        this.context = context;
        this.reference = reference;
        this.name = name;
        this.foreground = foreground;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws CommandFailedException {
        CommandSet set = context.getService(reference);
        if (set == null) {
            throw new IllegalArgumentException("\"" + name + "\" was just taken away; try again when its bundle is back");
        }
        foreground.enter();
        try {
            List<String> words = new ArrayList<>();
            words.add(name);
            arguments.forEach(argument -> words.add(String.valueOf(argument)));
            int exitCode = set.run(words, new ProcessIo(session, foreground));
            if (exitCode != ExitCodes.DONE) {
                throw new CommandFailedException(name, exitCode);
            }
            return null;
        } finally {
            foreground.leave();
            unget();
        }
    }

    private void unget() {
        try {
            context.ungetService(reference);
        } catch (IllegalStateException e) {
            // the shell's own bundle was stopped while the command ran, and with it all that it had got
            System.getLogger(CommandFunction.class.getName()).log(System.Logger.Level.DEBUG, "nothing to give back", e);
        }
    }
}
