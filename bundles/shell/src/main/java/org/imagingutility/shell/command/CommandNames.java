package org.imagingutility.shell.command;

import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandSession;

/** The names of all commands that a session knows. */
public final class CommandNames {
    private CommandNames() {
    }

    /** Returns them without their scopes, sorted; those with a leading underscore are gogo's own business. */
    public static Set<String> plain(CommandSession session) {
        Set<String> names = new TreeSet<>();
        for (String command : Shell.getCommands(session)) {
            String name = command.substring(command.indexOf(':') + 1);
            if (!name.startsWith("_")) {
                names.add(name);
            }
        }
        return names;
    }
}
