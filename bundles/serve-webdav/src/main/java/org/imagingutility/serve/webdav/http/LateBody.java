package org.imagingutility.serve.webdav.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * The body of an answer whose length is not known before, which begins as late as possible: until then an error can be answered instead.
 * For one thread.
 */
public final class LateBody extends OutputStream {
    private static final int KEPT = 64 << 10;

    private final Exchange exchange;
    private final int status;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1 << 12);
    private OutputStream out;

    /** Creates the body of an answer with that status. */
    public LateBody(Exchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        kept.write(bytes, offset, length);
        if (kept.size() >= KEPT) {
            if (out == null) {
                out = exchange.begin(status, OptionalLong.empty());
            }
            kept.writeTo(out);
            kept.reset();
        }
    }

    /** All of it is there. */
    public void end() throws IOException {
        if (out == null) {
            out = exchange.begin(status, OptionalLong.of(kept.size()));
        }
        kept.writeTo(out);
        exchange.end();
    }

    /** Does nothing: only {@link #end} says that it is whole. */
    @Override
    public void close() {
        // see there
    }
}
