package org.imagingutility.api.shell;

import java.io.PrintStream;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/** What a command of the shell talks to while it runs. For the thread that runs the command. */
@ProviderType
public interface ShellIo {

    /** Returns where results go: the terminal, a file or another command. */
    PrintStream out();

    /** Returns where progress, notices and errors go. */
    PrintStream err();

    /** Returns the characters of a line of the terminal that {@link #err} is now; empty if it is none. */
    OptionalInt columns();

    /** Returns the characters of a line of the terminal that {@link #out} is now; empty if it is none. */
    default OptionalInt outColumns() {
        return OptionalInt.empty();
    }

    /** Says whether {@link #out} is a terminal with colours, and the user wants them. */
    boolean colours();

    /** Says whether the user wants the command to stop (Ctrl+C). To be asked several times a second by what takes long. */
    boolean cancelled();

    /** Tells the shell that this command shows how that job ends, so that the shell need not. */
    void shows(String jobId);
}
