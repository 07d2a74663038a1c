package org.imagingutility.engine.files.target.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.imagingutility.engine.files.target.Attributes;
import org.imagingutility.engine.files.target.StagedFile;
import org.imagingutility.engine.files.target.TargetFolder;

/** A file in the staging folder that is open, or a link or device there, which is not. */
final class LinuxStagedFile implements StagedFile {
    private static final int NONE = -1;
    private final LinuxCalls calls;
    private final LinuxFacts facts;
    private final int staging;
    private final byte[] name;
    private final Attributes attributes;
    private int descriptor;
    private boolean placed;

    private LinuxStagedFile(LinuxCalls calls, LinuxFacts facts, int staging, byte[] name, Attributes attributes, int descriptor) {
        this.calls = calls;
        this.facts = facts;
        this.staging = staging;
        this.name = name;
        this.attributes = attributes;
        this.descriptor = descriptor;
    }

    static StagedFile file(LinuxCalls calls, LinuxFacts facts, int staging, byte[] name, Attributes attributes) throws IOException {
        // what the umask leaves where a volume has no permissions; it lies in a folder that nobody else can look into
        int mode = attributes.mode().isPresent() ? 0600 : attributes.readOnly() ? 0444 : 0666;
        return new LinuxStagedFile(calls, facts, staging, name, attributes, calls.createFile(staging, name, mode));
    }

    /** Returns something that stands in the staging folder and has all its attributes. */
    static StagedFile made(LinuxCalls calls, LinuxFacts facts, int staging, byte[] name, Attributes attributes) {
        return new LinuxStagedFile(calls, facts, staging, name, attributes, NONE);
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            long written = calls.callLong("pwrite", descriptor, bytes, (long) bytes.remaining(), at);
            bytes.position(bytes.position() + (int) written);
            at += written;
        }
    }

    @Override
    public void length(long bytes) throws IOException {
        calls.call("ftruncate", descriptor, bytes);
    }

    @Override
    public void attribute(String attribute, byte[] value) throws IOException {
        calls.call("fsetxattr", descriptor, LinuxCalls.bytes(attribute), value, (long) value.length, 0);
    }

    @Override
    public void place(TargetFolder folder, String finalName) throws IOException {
        if (descriptor != NONE) {
            facts.apply(descriptor, attributes);
            end();
        }
        calls.call("renameat", staging, name, ((LinuxFolder) folder).descriptor(), LinuxCalls.bytes(finalName));
        placed = true;
    }

    private void end() throws IOException {
        int open = descriptor;
        descriptor = NONE;
        calls.close(open);
    }

    @Override
    public void close() throws IOException {
        try {
            if (descriptor != NONE) {
                end();
            }
        } finally {
            if (!placed) {
                placed = true;
                calls.call("unlinkat", staging, name, 0);
            }
        }
    }
}
