package org.imagingutility.serve.webdav.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request and its answer. An answer that does not come to its end is cut off with its connection, so that nobody takes it for whole: the JDK's
 * server would end an answer of unknown length in order when it is closed. For one thread; {@link #abort} for any.
 */
public final class Exchange {
    /** What a request may bring along: more than any PROPFIND needs. */
    private static final int LONGEST_BODY = 64 << 10;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int SUCCESS_END = 400;

    private final HttpExchange http;
    private final Traffic traffic;
    private volatile Body body;
    private int status;
    private boolean whole;

    /** Begins with a request. */
    public Exchange(HttpExchange http, Traffic traffic) {
        this.http = http;
        this.traffic = traffic;
        traffic.begun(this, http.getRemoteAddress());
    }

    /** The body of an answer, which knows how long its client takes, and is closed in order only when all of it is there. */
    private final class Body extends OutputStream {
        private final OutputStream out;
        private volatile boolean complete;
        private volatile boolean writing;
        private volatile long since;

        Body(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            since = System.nanoTime();
            writing = true;
            try {
                out.write(bytes, offset, length);
            } finally {
                writing = false;
            }
            traffic.sent(length);
        }

        @Override
        public void flush() throws IOException {
            since = System.nanoTime();
            writing = true;
            try {
                out.flush();
            } finally {
                writing = false;
            }
        }

        @Override
        public void close() throws IOException {
            if (!complete) {
                // the server closes the connection then
                throw new IOException("the answer is not complete");
            }
            since = System.nanoTime();
            writing = true;
            out.close();
            writing = false;
        }
    }

    /** Returns the method. */
    public String method() {
        return http.getRequestMethod();
    }

    /** Says whether the answer has no body because none is asked for. */
    public boolean isHead() {
        return method().equals("HEAD");
    }

    /** Returns the path as it stands in the request. */
    public String rawPath() {
        return http.getRequestURI().getRawPath();
    }

    /** Returns the query as it stands in the request; empty if there is none. */
    public String query() {
        String query = http.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    /** Says whether the client speaks HTTP/1.1, which demands a Host. */
    public boolean needsHost() {
        return !http.getProtocol().equals("HTTP/1.0");
    }

    /** Returns a header of the request, the first of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
    }

    /** Says whether a header stands in the request more than once. */
    public boolean isRepeated(String name) {
        return http.getRequestHeaders().getOrDefault(name, java.util.List.of()).size() > 1;
    }

    /** Sets a header of the answer; characters that would end it are passed over. */
    public void set(String name, String value) {
        http.getResponseHeaders().set(name, value.replaceAll("[\r\n]", " "));
    }

    /** Returns what the request brings along. */
    public byte[] readBody() throws IOException, HttpError {
        InputStream in = http.getRequestBody();
        byte[] read = in.readNBytes(LONGEST_BODY + 1);
        if (read.length > LONGEST_BODY) {
            throw new HttpError(HttpError.TOO_LARGE, "the request has a body of more than " + LONGEST_BODY + " bytes");
        }
        return read;
    }

    /** Writes a line to the log, with what was asked for. */
    public void log(String line) {
        traffic.log(this + ": " + line);
    }

    /** Says whether the answer has begun, so that nothing else can be answered. */
    public boolean hasBegun() {
        return status != 0;
    }

    /** Answers without a body. */
    public void answer(int code) throws IOException {
        begin(code, OptionalLong.of(0));
        end();
    }

    /**
     * Begins the answer.
     *
     * @param length bytes of its body; empty if that is not known
     * @return where the body goes; what a HEAD is answered goes nowhere
     */
    public OutputStream begin(int code, OptionalLong length) throws IOException {
        Headers headers = http.getResponseHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        http.getRequestBody();
        OutputStream out = http.getResponseBody();
        status = code;
        boolean none = isHead() || code == NO_CONTENT || code == NOT_MODIFIED || length.isPresent() && length.getAsLong() == 0;
        if (isHead() && length.isPresent()) {
            headers.set("Content-Length", Long.toString(length.getAsLong()));
        }
        http.sendResponseHeaders(code, none ? -1 : length.orElse(0));
        if (none) {
            return OutputStream.nullOutputStream();
        }
        Body begun = new Body(out);
        http.setStreams(null, begun);
        body = begun;
        return begun;
    }

    /** All of the answer is there. */
    public void end() throws IOException {
        Body current = body;
        if (current != null) {
            current.complete = true;
            current.close();
        }
        whole = true;
    }

    /** Answers an error in words. */
    public void error(int code, String text) throws IOException {
        set("Content-Type", "text/plain; charset=utf-8");
        set("Content-Security-Policy", "sandbox; default-src 'none'");
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        begin(code, OptionalLong.of(bytes.length)).write(bytes);
        end();
    }

    boolean isStuck(long now, long nanos) {
        Body current = body;
        return current != null && current.writing && now - current.since > nanos;
    }

    /** Ends the connection. */
    void abort() {
        http.close();
    }

    /** Ends the exchange; the connection too, unless all of the answer is there. */
    public void close() {
        traffic.ended(this, status >= SUCCESS_END || !whole);
        http.close();
    }

    @Override
    public String toString() {
        return method() + " " + http.getRequestURI().getRawPath() + " of " + http.getRemoteAddress().getAddress().getHostAddress();
    }
}
