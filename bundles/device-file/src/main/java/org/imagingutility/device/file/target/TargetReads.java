package org.imagingutility.device.file.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.device.file.channel.IoErrors;
import org.imagingutility.file.io.FileReads;
import org.imagingutility.file.io.Handle;

/** The reads of a target: all bytes or an error with the place. {@link #read} may come from several threads at once. */
final class TargetReads implements Closeable {
    private final DeviceInfo info;
    private final Handle target;
    private final FileReads reads;

    /** {@code target} leads to the open target. */
    TargetReads(DeviceInfo info, FileChannel channel, Handle target) {
        this.info = info;
        this.target = target;
        this.reads = new FileReads(channel);
    }

    /** Chooses where reads come from; returns whether they come from the medium from now on. */
    boolean bypassCache(boolean bypass) throws DeviceException {
        try {
            return reads.bypassCache(bypass, target);
        } catch (IOException e) {
            throw IoErrors.reading(info.reference(), -1, e);
        }
    }

    void read(long offset, ByteBuffer target) throws DeviceException {
        int begin = target.position();
        boolean whole;
        try {
            whole = reads.fill(target, offset);
        } catch (IOException e) {
            throw IoErrors.reading(info.reference(), offset + (target.position() - begin), e);
        }
        if (!whole) {
            throw new DeviceException(info.reference(), offset + (target.position() - begin), "the target ends here, " + info.length()
                    + " bytes were expected: it shrank or was cut while it was being written", null, null);
        }
    }

    /** Closes what was opened here; the channel of the target is another's. */
    @Override
    public void close() throws IOException {
        reads.close();
    }
}
