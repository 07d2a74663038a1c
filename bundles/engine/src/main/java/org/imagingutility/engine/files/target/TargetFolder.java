package org.imagingutility.engine.files.target;

import java.io.IOException;
import java.util.Optional;

/**
 * An open folder. Names are single ones, never paths, and links are never followed. A method that fails throws an {@link IOException} with the
 * words of the system. For one thread.
 */
public interface TargetFolder extends AutoCloseable {

    /** Returns what stands under a name; empty if nothing does. */
    Optional<Standing> standing(String name) throws IOException;

    /**
     * Makes a folder that only this user can look into for now, and opens it. Nothing may stand under the name.
     */
    TargetFolder create(String name) throws IOException;

    /** Opens a folder that stands there; fails if that is anything else, a link to a folder included. */
    TargetFolder open(String name) throws IOException;

    /** Returns where a link leads. */
    String target(String name) throws IOException;

    /** Sets an extended attribute of this folder. */
    void attribute(String name, byte[] value) throws IOException;

    /** Gives this folder what it has beside name and content; nothing is written into it afterwards. */
    void finish(Attributes attributes) throws IOException;

    @Override
    void close() throws IOException;
}
