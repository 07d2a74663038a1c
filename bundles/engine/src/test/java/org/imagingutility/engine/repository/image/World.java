package org.imagingutility.engine.repository.image;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.ImagingException;

/**
 * Programs that use one place, of which exactly one runs at a time: each stops before and after each call of the place, and is gone on with
 * when its time has come. So one seed is one order of all calls, in which the time is simulated.
 */
final class World {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;

    final Random random;
    final LaggingPlace place;
    private final List<Program> programs = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    /** One of so many calls is the last of its process. */
    private int deadly = 400;
    private volatile Throwable failure;

    World(long seed) {
        random = new Random(seed);
        place = new LaggingPlace(random);
        place.advanceTo(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli());
    }

    /** What a program does, again and again. */
    interface Life {
        void run(Program program) throws ImagingException;
    }

    /** The process is gone. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A program on a machine of its own, whose clock is off by up to an hour. */
    final class Program implements RepositoryClock {
        private final Semaphore go = new Semaphore(0);
        private final long skew = (long) ((random.nextDouble() * 2 - 1) * HOUR);
        private long wakes;
        private boolean over;

        private Program() {
            this.wakes = place.now();
        }

        @Override
        public Instant now() {
            return Instant.ofEpochMilli(place.now() + skew);
        }

        @Override
        public long nanos() {
            return place.now() * 1_000_000;
        }

        LaggingPlace place() {
            return place;
        }

        Random random() {
            return random;
        }

        /** Does nothing for a while. */
        void sleep(long millis) {
            wakes = place.now() + millis;
            back.release();
            go.acquireUninterruptibly();
        }

        private void latency() {
            int chance = deadly == Integer.MAX_VALUE ? 200 : random.nextInt(200);
            sleep((long) (random.nextDouble() * (chance == 0 ? 45 * MINUTE : chance < 10 ? 5 * MINUTE : MINUTE / 3)));
            if (random.nextInt(deadly) == 0) {
                throw new Killed();
            }
        }

        Repository open(java.util.function.UnaryOperator<BlobStore> fault) throws ImagingException {
            return Repository.open(fault.apply(new Calls(this)), this::sleep, this);
        }

        private void live(Life life, long end) {
            go.acquireUninterruptibly();
            try {
                while (place.now() < end) {
                    once(life);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                over = true;
                back.release();
            }
        }

        private void once(Life life) {
            try {
                life.run(this);
            } catch (ImagingException e) {
                // a run that failed: what matters is what it left
                sleep(MINUTE);
            } catch (Killed e) {
                sleep((long) (random.nextDouble() * 10 * HOUR));
            }
        }
    }

    /** Adds a program that begins its life anew for {@code lasts} ms. */
    void add(Life life, long lasts) {
        Program program = new Program();
        programs.add(program);
        Thread thread = new Thread(() -> program.live(life, place.now() + lasts), "simulated " + programs.size());
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes on until all programs have ended, or images have lost something. */
    void run() {
        while (failure == null) {
            Optional<Program> next = programs.stream().filter(program -> !program.over).min(Comparator.comparingLong(program -> program.wakes));
            if (next.isEmpty()) {
                programs.clear();
                return;
            }
            place.advanceTo(next.get().wakes);
            next.get().go.release();
            back.acquireUninterruptibly();
        }
        if (failure instanceof LaggingPlace.Lost lost) {
            throw lost;
        }
        throw new AssertionError(failure);
    }

    /** From now on no process dies and no call takes long. */
    void nobodyDies() {
        deadly = Integer.MAX_VALUE;
    }

    /** The place as one program sees it. */
    private record Calls(Program program, LaggingPlace place) implements BlobStore {
        Calls(Program program) {
            this(program, program.place());
        }

        @Override
        public String reference() {
            return LaggingPlace.NAME;
        }

        @Override
        public BlobTraits traits() {
            return new BlobTraits(true, true, false, 1);
        }

        @Override
        public Optional<BlobInfo> stat(String key) {
            program.latency();
            return place.stat(key);
        }

        @Override
        public void get(String key, long offset, ByteBuffer target) throws ImagingException {
            program.latency();
            place.get(key, offset, target);
        }

        @Override
        public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
            program.latency();
            place.putIfAbsent(key, content);
            program.latency();
        }

        @Override
        public List<BlobInfo> list(String prefix, String after, int limit) {
            program.latency();
            List<BlobInfo> page = place.list(prefix, after, limit);
            program.latency();
            return page;
        }

        @Override
        public void delete(String key) throws ImagingException {
            program.latency();
            place.delete(key);
            program.latency();
        }

        @Override
        public void close() {
            // the place goes on
        }
    }
}
