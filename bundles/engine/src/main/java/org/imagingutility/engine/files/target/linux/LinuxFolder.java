package org.imagingutility.engine.files.target.linux;

import com.sun.jna.Memory;
import java.io.IOException;
import java.util.Optional;
import org.imagingutility.api.files.FileName;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.Standing;
import org.imagingutility.engine.files.target.TargetFolder;

/** A folder that is open by a descriptor. */
final class LinuxFolder implements TargetFolder {
    /** Until it is complete, nobody else looks into it. */
    static final int PRIVATE = 0700;
    /** What the umask leaves of it, where a volume has no permissions. */
    private static final int COMMON = 0777;
    /** The longest target of a link: a page. */
    private static final int LINK_BYTES = 4096;

    private final LinuxCalls calls;
    private final LinuxFacts facts;
    private final int umask;
    private int descriptor;

    LinuxFolder(LinuxCalls calls, LinuxFacts facts, int umask, int descriptor) {
        this.calls = calls;
        this.facts = facts;
        this.umask = umask;
        this.descriptor = descriptor;
    }

    int descriptor() {
        if (descriptor < 0) {
            throw new IllegalStateException("the folder is closed");
        }
        return descriptor;
    }

    @Override
    public Optional<Standing> standing(String name) throws IOException {
        return facts.standing(descriptor(), LinuxCalls.bytes(name));
    }

    @Override
    public TargetFolder create(String name) throws IOException {
        byte[] bytes = LinuxCalls.bytes(name);
        calls.call("mkdirat", descriptor(), bytes, PRIVATE);
        return new LinuxFolder(calls, facts, umask, calls.openFolder(descriptor, bytes));
    }

    @Override
    public TargetFolder open(String name) throws IOException {
        return new LinuxFolder(calls, facts, umask, calls.openFolder(descriptor(), LinuxCalls.bytes(name)));
    }

    @Override
    public String target(String name) throws IOException {
        try (Memory text = new Memory(LINK_BYTES)) {
            long length = calls.callLong("readlinkat", descriptor(), LinuxCalls.bytes(name), text, (long) LINK_BYTES);
            return FileName.utf8(text.getByteArray(0, (int) length)).text();
        }
    }

    @Override
    public void attribute(String name, byte[] value) throws IOException {
        calls.call("fsetxattr", descriptor(), LinuxCalls.bytes(name), value, (long) value.length, 0);
    }

    @Override
    public void finish(Attributes attributes) throws IOException {
        if (attributes.mode().isEmpty()) {
            calls.call("fchmod", descriptor(), COMMON & ~umask);
        }
        facts.apply(descriptor(), attributes);
    }

    @Override
    public void close() throws IOException {
        if (descriptor >= 0) {
            int open = descriptor;
            descriptor = -1;
            calls.close(open);
        }
    }
}
