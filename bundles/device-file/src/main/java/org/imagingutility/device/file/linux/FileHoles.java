package org.imagingutility.device.file.linux;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.imagingutility.file.io.FileIdentity;
import org.imagingutility.file.io.Handle;

/**
 * The holes of a raw file, which are zeros that nobody has to read: Linux is asked for them through JNA when the first question comes.
 * Where that cannot be done (no JNA, a file system that does not tell, another operating system) all counts as data. For several
 * threads at once.
 */
public final class FileHoles implements AutoCloseable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private final Handle file;
    private boolean asked;
    private NativeCalls calls;
    private int descriptor;

    /** Creates it without opening anything. */
    public FileHoles(Handle file) {
        this.file = file;
    }

    /** Returns where data begins from {@code offset} on, at most {@code length}; {@code offset} where nobody knows. */
    public synchronized long nextData(long offset, long length) {
        if (!asked) {
            asked = true;
            open();
        }
        if (calls == null) {
            return offset;
        }
        try {
            OptionalLong data = calls.nextData(descriptor, offset);
            return data.isEmpty() ? length : Math.max(offset, Math.min(length, data.getAsLong()));
        } catch (IOException e) {
            unknown(e);
            close();
            return offset;
        }
    }

    private void open() {
        try {
            NativeCalls loaded = NativeCalls.load();
            // an open file of its own: lseek moves the position of whoever shares it
            descriptor = loaded.open(file.path(), NativeCalls.O_RDONLY);
            calls = loaded;
            if (!file.identity().equals(FileIdentity.ofFollowed(DESCRIPTORS.resolve(Integer.toString(descriptor))))) {
                close();
            }
        } catch (IOException | LinkageError e) {
            unknown(e);
            close();
        }
    }

    private static void unknown(Throwable why) {
        System.getLogger(FileHoles.class.getName()).log(Level.DEBUG, "where a file has holes is not known", why);
    }

    @Override
    public synchronized void close() {
        NativeCalls opened = calls;
        calls = null;
        asked = true;
        if (opened != null) {
            try {
                opened.close(descriptor);
            } catch (IOException e) {
                unknown(e);
            }
        }
    }
}
