package org.imagingutility.blobs.s3;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** A body that is sent piece by piece out of the buffer it is in, without a copy. */
final class RequestBody implements BodyPublisher {
    private static final int PIECE = 1 << 16;

    private final ByteBuffer content;
    private final Progress progress;

    RequestBody(ByteBuffer content, Progress progress) {
        this.content = content.asReadOnlyBuffer();
        this.progress = progress;
    }

    @Override
    public long contentLength() {
        return content.remaining();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(subscriber));
    }

    /** Hands out pieces as they are asked for; a subscriber may ask for the next while it takes one. */
    private final class Pieces implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private int at = content.position();
        private long asked;
        private boolean handing;
        private boolean ended;

        Pieces(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                asked = count > Long.MAX_VALUE - asked ? Long.MAX_VALUE : asked + count;
                if (handing) {
                    return;
                }
                handing = true;
            }
            for (ByteBuffer piece = next(); piece != null; piece = next()) {
                progress.moved(piece.remaining());
                subscriber.onNext(piece);
            }
            if (ends()) {
                subscriber.onComplete();
            }
        }

        /** Returns the next piece, or null if none is asked for or left; then nobody hands out any more. */
        private synchronized ByteBuffer next() {
            if (ended || asked == 0 || at == content.limit()) {
                handing = false;
                return null;
            }
            int length = Math.min(PIECE, content.limit() - at);
            ByteBuffer piece = content.slice(at, length);
            at += length;
            asked--;
            return piece;
        }

        private synchronized boolean ends() {
            boolean last = !ended && at == content.limit();
            ended |= last;
            return last;
        }

        @Override
        public synchronized void cancel() {
            ended = true;
        }
    }
}
