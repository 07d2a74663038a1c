package org.imagingutility.command.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The programs of the system. Used by several threads at once. */
interface Programs {

    /** Says whether there is a program of that name. */
    boolean has(String name);

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it fails: what it said, in one line
     */
    void run(List<String> command) throws IOException;

    /**
     * Begins a program that continues by itself, out of reach of Ctrl+C.
     *
     * @param output what it says goes there
     */
    Process begin(List<String> command, Path output) throws IOException;
}
