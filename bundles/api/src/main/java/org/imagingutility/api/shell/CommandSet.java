package org.imagingutility.api.shell;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Commands for the shell. Registered as a service; the shell asks it again for each line, so that it can be replaced while the
 * shell runs. Used by several threads at once.
 */
@ConsumerType
public interface CommandSet {

    /** Returns the names of the commands, in the order of the help. A name has lower-case letters, digits and hyphens. */
    List<String> names();

    /**
     * Runs a command. What goes wrong is told on {@link ShellIo#err}, not thrown.
     *
     * @param words the name, and what follows it
     * @return the exit code, 0 to 255; 0 if all went well
     */
    int run(List<String> words, ShellIo io);

    /**
     * Returns what the last word could become, best first. Asked while the user types, so it must answer soon.
     *
     * @param words the name, and what follows it up to the cursor; the last word is empty if none was started. At least two
     */
    List<Completion> complete(List<String> words);
}
