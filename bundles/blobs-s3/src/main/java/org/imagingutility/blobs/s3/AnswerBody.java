package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * A body of at most so many bytes that is taken into a buffer. Once it was released nothing is written there any more, whatever may still
 * come: the buffer is the caller's again.
 */
final class AnswerBody implements BodySubscriber<ByteBuffer> {
    private final ByteBuffer target;
    private final boolean cut;
    private final Progress progress;
    private final CompletableFuture<ByteBuffer> body = new CompletableFuture<>();
    private Subscription subscription;
    private boolean released;

    /**
     * Creates the taker.
     *
     * @param cut whether what does not fit is left out; else it is an error
     */
    AnswerBody(ByteBuffer target, boolean cut, Progress progress) {
        this.target = target;
        this.cut = cut;
        this.progress = progress;
    }

    /** More came than fits. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int most) {
            super("the server sent more than the " + most + " bytes that there can be");
        }
    }

    @Override
    public CompletionStage<ByteBuffer> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            int length = piece.remaining();
            if (!take(piece)) {
                subscription.cancel();
                end();
                return;
            }
            progress.moved(length);
        }
    }

    private synchronized boolean take(ByteBuffer piece) {
        boolean fits = !released && piece.remaining() <= target.remaining();
        if (fits) {
            target.put(piece);
        } else if (!released && cut) {
            target.put(piece.slice(piece.position(), target.remaining()));
        }
        return fits;
    }

    private void end() {
        if (cut) {
            body.complete(target);
        } else {
            body.completeExceptionally(new TooLongException(target.capacity()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(target);
    }

    /** Has nothing more written into the buffer. */
    synchronized void release() {
        released = true;
    }
}
