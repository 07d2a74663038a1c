package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.imagingutility.api.error.CancelledException;

/** Signs requests, sends them, and waits for the answers. Used by several threads at once. */
final class S3Client {
    /** A page of a list has at most 1000 keys of 1024 bytes, and what stands around them. */
    private static final int MAX_PAGE = 4 << 20;
    /** Of what an error says, the begin will do. */
    private static final int MAX_ERROR = 1 << 16;
    private static final int FIRST_ERROR = 300;
    private static final String EMPTY_SHA256 = Signature.sha256(ByteBuffer.allocate(0));

    private final HttpClient http;
    private final S3Place place;
    private final Signature signature;
    private final Duration timeout;
    private final Clock clock;

    S3Client(HttpClient http, S3Place place, Duration timeout, Clock clock) {
        this.http = http;
        this.place = place;
        this.signature = new Signature(place.credentials(), place.region());
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Returns an HTTP client for many places; it follows no redirections, since a signature is for one host. */
    static HttpClient http(Duration connect) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(connect).build();
    }

    S3Place place() {
        return place;
    }

    /** Sends a request without a body; what is answered fits into a page of a list. */
    Answer send(String method, URI uri) throws IOException, CancelledException {
        return send(method, uri, Map.of(), ByteBuffer.allocate(0), EMPTY_SHA256, null);
    }

    /** Puts what remains in {@code content}. */
    Answer put(URI uri, Map<String, String> headers, ByteBuffer content) throws IOException, CancelledException {
        return send("PUT", uri, headers, content, Signature.sha256(content), null);
    }

    /** Reads into {@code target} what of the object the request asks for, if the answer is just that; else there is an answer alone. */
    Answer get(URI uri, long offset, ByteBuffer target) throws IOException, CancelledException {
        String range = "bytes=" + offset + "-" + (offset + target.remaining() - 1);
        return send("GET", uri, Map.of("range", range), ByteBuffer.allocate(0), EMPTY_SHA256, new Wanted(offset, target));
    }

    /** Bytes of an object and where they belong. */
    private record Wanted(long offset, ByteBuffer target) {

        boolean isIn(int status, HttpHeaders headers) {
            return Answer.part(status, headers).filter(part -> part.first() == offset && part.length() == target.remaining()).isPresent();
        }
    }

    private Answer send(String method, URI uri, Map<String, String> headers, ByteBuffer content, String sha256, Wanted wanted)
            throws IOException, CancelledException {
        Progress progress = new Progress();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, content.hasRemaining()
                ? new RequestBody(content, progress) : BodyPublishers.noBody());
        signature.sign(method, uri, headers, sha256, clock.instant()).forEach(request::header);
        AtomicReference<AnswerBody> taken = new AtomicReference<>();
        CompletableFuture<HttpResponse<ByteBuffer>> answer = http.sendAsync(request.build(),
                info -> body(method, info, wanted, progress, taken));
        try {
            HttpResponse<ByteBuffer> came = await(answer, progress);
            boolean whole = wanted != null && came.body() == wanted.target();
            return new Answer(came.statusCode(), came.headers(), whole ? ByteBuffer.allocate(0) : came.body().flip());
        } finally {
            // a request that was given up may still run
            answer.cancel(true);
            AnswerBody body = taken.get();
            if (body != null) {
                body.release();
            }
        }
    }

    private static BodySubscriber<ByteBuffer> body(String method, ResponseInfo info, Wanted wanted, Progress progress,
            AtomicReference<AnswerBody> taken) {
        boolean asked = wanted != null && wanted.isIn(info.statusCode(), info.headers());
        boolean error = info.statusCode() >= FIRST_ERROR;
        // of an object that is not what was asked for, nothing is worth having
        boolean none = method.equals("HEAD") || wanted != null && !error;
        int most = none ? 0 : error ? MAX_ERROR : MAX_PAGE;
        long said = info.headers().firstValueAsLong("content-length").orElse(most);
        AnswerBody body = new AnswerBody(asked ? wanted.target() : ByteBuffer.allocate((int) Math.max(0, Math.min(said, most))), !asked && (error || none),
                progress);
        taken.set(body);
        return body;
    }

    /** Waits as long as there is progress within each {@link #timeout}. */
    private <T> T await(CompletableFuture<T> answer, Progress progress) throws IOException, CancelledException {
        long seen = 0;
        while (true) {
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (progress.steps() == seen) {
                    HttpTimeoutException late = new HttpTimeoutException("no answer within " + timeout.toSeconds() + " s");
                    late.initCause(e);
                    throw late;
                }
                seen = progress.steps();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException("waiting for \"" + place.reference().text() + "\"");
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
            }
        }
    }
}
