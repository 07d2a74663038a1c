package org.imagingutility.store.file;

import java.io.IOException;
import java.nio.file.Path;
import org.imagingutility.file.io.LockedFile;

/** The file an image is written to, and how it comes to its name. For one thread. */
sealed interface TargetFile permits PartialFile, NamedFile {

    /** Returns the open file. */
    LockedFile file();

    /** Returns the name it has now. */
    Path path();

    /** Gives the file its final name for good. Its content is on stable storage before. */
    void publish() throws IOException;

    /** Removes the file if it has not its final name, and closes it. */
    void discard() throws IOException;

    /** Closes the file, which gives up the lock, and keeps it under the name it has. May be called twice. */
    void close() throws IOException;
}
