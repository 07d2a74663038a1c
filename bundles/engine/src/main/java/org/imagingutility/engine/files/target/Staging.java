package org.imagingutility.engine.files.target;

import java.io.IOException;
import java.util.Optional;
import org.imagingutility.api.files.FileDetails;

/**
 * The folder in which files are made before they get their names: what has its name is complete. It lies in the folder that all is written
 * into, is this user's alone, and is taken away at the end; one that a run that was killed has left is used again. For one thread.
 */
public interface Staging extends AutoCloseable {
    /** Its name. Nothing of a volume gets it. */
    String NAME = ".imaging-unfinished";

    /** Returns what the system of the folder is like. */
    TargetTraits traits();

    /** Returns the folder that all is written into. It is closed with this. */
    TargetFolder root();

    /** Begins a file. */
    StagedFile file(Attributes attributes) throws IOException;

    /** Makes a symbolic link. */
    StagedFile link(String target, Attributes attributes) throws IOException;

    /**
     * Makes a device, a pipe or a socket.
     *
     * @throws UnsupportedOperationException if this system has none of them
     */
    StagedFile special(FileDetails details, Attributes attributes) throws IOException;

    /** Keeps what stands in a folder as the file that is called {@code id} (letters, digits, hyphens), so that it can get further names; does nothing if it is kept already. */
    void keep(TargetFolder folder, String name, String id) throws IOException;

    /** Returns what is kept as the file that is called {@code id} (letters, digits, hyphens). */
    Optional<Standing> kept(String id) throws IOException;

    /** Gives the kept file that is called {@code id} one more name, in place of what has it, if that is no folder. */
    void name(String id, TargetFolder folder, String name) throws IOException;

    /** Says whether an error of what is made here is one of all that would be made: the room is used up, the folder is gone. */
    boolean endsAll(IOException error);

    /** Takes the folder away with all that is in it. */
    void remove() throws IOException;

    /** Ends the use of it. What was begun stays, unless {@link #remove} was called. */
    @Override
    void close() throws IOException;
}
