package org.imagingutility.tck.blobs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;

/**
 * What every {@link BlobStoreProvider} and its {@link BlobStore}s keep: what was put is there at once and for others, as it was; nothing is
 * replaced; lists are in order and whole; errors say which of the few reasons it is.
 */
public final class BlobStoreContract implements Contract {
    private static final List<Integer> LENGTHS = List.of(1, 511, 4096, 65_537, (1 << 20) + 1);
    private static final List<String> NO_KEYS = List.of("", "/", "a/", "/a", "a//b", "a/../b", ".a", "-a", "A", "a b", "a\\b", "ä", "a\u0000",
            "a".repeat(201), "a/".repeat(256) + "a");
    private static final int MANY = 12;

    private final Fixture fixture;

    /** Creates the contract for the places of {@code fixture}. */
    public BlobStoreContract(Fixture fixture) {
        this.fixture = fixture;
    }

    /** What the contract needs of the one who tests a provider. */
    public interface Fixture {

        /** Returns the provider, always the same. */
        BlobStoreProvider provider();

        /** Returns the reference of a place without objects; each time another. */
        String newReference();
    }

    @Override
    public List<ContractCheck> checks() {
        return List.of(
                new ContractCheck("has a permanent name and accepts its references", this::identity),
                new ContractCheck("a place that nothing was put into has no objects", this::empty),
                new ContractCheck("objects of every length come back, whole and in part", this::roundTrips),
                new ContractCheck("puts buffers of every kind and leaves them as they were", this::buffers),
                new ContractCheck("replaces nothing", this::replacesNothing),
                new ContractCheck("others see at once what was put and what was deleted", this::others),
                new ContractCheck("reads beyond the end fail", this::beyondTheEnd),
                new ContractCheck("what is not there is absent", this::absent),
                new ContractCheck("lists in order, page by page", this::pages),
                new ContractCheck("lists by prefixes that end anywhere", this::prefixes),
                new ContractCheck("refuses what is no key", this::noKeys),
                new ContractCheck("of several that put one object one is first", this::oneIsFirst),
                new ContractCheck("several threads use it at once", this::threads));
    }

    private interface Use {
        void of(BlobStore store) throws Exception;
    }

    private void use(Use use) throws Exception {
        try (BlobStore store = fixture.provider().open(fixture.newReference())) {
            use.of(store);
        }
    }

    private static ByteBuffer content(int length, int seed) {
        return ByteBuffer.wrap(Content.random(length, seed));
    }

    private static byte[] whole(BlobStore store, String key) throws ImagingException {
        ByteBuffer bytes = ByteBuffer.allocate((int) store.stat(key).orElseThrow().length());
        store.get(key, 0, bytes);
        Expect.equal(0, bytes.remaining(), "bytes that get left out");
        return bytes.array();
    }

    private static void fails(Reason reason, String what, ContractCheck.Action action) {
        BlobException e = Expect.fails(BlobException.class, what, action);
        Expect.equal(reason, e.reason(), "reason of " + what);
    }

    private void identity() throws Exception {
        BlobStoreProvider provider = fixture.provider();
        Expect.permanentName(provider.name());
        String reference = fixture.newReference();
        Expect.that(provider.accepts(reference), "%s is not accepted", reference);
        BlobStore store = provider.open(reference);
        Expect.equal(reference, store.reference(), "reference");
        store.close();
        store.close();
    }

    private void empty() throws Exception {
        use(store -> {
            Expect.equal(List.of(), store.list("", "", 10), "list");
            Expect.equal(Optional.empty(), store.stat("a/b"), "stat");
            fails(Reason.ABSENT, "reading what is not there", () -> store.get("a/b", 0, ByteBuffer.allocate(1)));
        });
    }

    private void roundTrips() throws Exception {
        use(store -> {
            for (int length : LENGTHS) {
                byte[] bytes = Content.random(length, length);
                String key = "some/" + length;
                store.putIfAbsent(key, ByteBuffer.wrap(bytes));
                Expect.equal((long) length, store.stat(key).orElseThrow().length(), "length");
                Expect.equalBytes(bytes, whole(store, key), key);
                for (int from : new int[] {0, length / 3, length - 1}) {
                    ByteBuffer part = ByteBuffer.allocateDirect(length - from);
                    store.get(key, from, part);
                    part.flip();
                    Expect.equal(ByteBuffer.wrap(bytes, from, length - from), part, "bytes from " + from + " of " + length);
                }
            }
        });
    }

    private void buffers() throws Exception {
        use(store -> {
            byte[] bytes = Content.random(5000, 7);
            ByteBuffer direct = ByteBuffer.allocateDirect(6000);
            direct.position(500).put(bytes).position(500).limit(5500);
            store.putIfAbsent("direct", direct);
            Expect.equal(500, direct.position(), "position after a put");
            Expect.equal(5500, direct.limit(), "limit after a put");
            Expect.equalBytes(bytes, whole(store, "direct"), "of a direct buffer");
            store.putIfAbsent("read-only", ByteBuffer.wrap(bytes).asReadOnlyBuffer());
            Expect.equalBytes(bytes, whole(store, "read-only"), "of a read-only buffer");
            ByteBuffer target = ByteBuffer.allocate(300);
            target.position(100).limit(200);
            store.get("direct", 10, target);
            Expect.equal(200, target.position(), "position after a get");
            Expect.equal(ByteBuffer.wrap(bytes, 10, 100), target.position(100), "bytes in the middle");
            Expect.failsSomehow("a put of no byte", () -> store.putIfAbsent("none", ByteBuffer.allocate(0)));
        });
    }

    private void replacesNothing() throws Exception {
        use(store -> {
            byte[] bytes = Content.random(100, 1);
            store.putIfAbsent("a/b", ByteBuffer.wrap(bytes));
            fails(Reason.EXISTS, "a second put", () -> store.putIfAbsent("a/b", content(200, 2)));
            fails(Reason.EXISTS, "a second put of the same", () -> store.putIfAbsent("a/b", ByteBuffer.wrap(bytes)));
            Expect.equalBytes(bytes, whole(store, "a/b"), "the first one");
            store.delete("a/b");
            store.putIfAbsent("a/b", content(200, 2));
            Expect.equal(200L, store.stat("a/b").orElseThrow().length(), "length of what was put after a deletion");
        });
    }

    private void others() throws Exception {
        String reference = fixture.newReference();
        try (BlobStore one = fixture.provider().open(reference); BlobStore other = fixture.provider().open(reference)) {
            one.putIfAbsent("x/y", content(10, 1));
            Expect.equal(10L, other.stat("x/y").orElseThrow().length(), "length that others see");
            fails(Reason.EXISTS, "a put by another", () -> other.putIfAbsent("x/y", content(10, 1)));
            if (one.traits().listsAtOnce()) {
                Expect.equal(1, other.list("x/", "", 10).size(), "objects that others list");
            }
            other.delete("x/y");
            Expect.equal(Optional.empty(), one.stat("x/y"), "what another deleted");
        }
    }

    private void beyondTheEnd() throws Exception {
        use(store -> {
            store.putIfAbsent("short", content(10, 1));
            fails(Reason.FAILED, "reading one byte too many", () -> store.get("short", 0, ByteBuffer.allocate(11)));
            fails(Reason.FAILED, "reading behind the end", () -> store.get("short", 11, ByteBuffer.allocate(1)));
            Expect.failsSomehow("reading before the begin", () -> store.get("short", -1, ByteBuffer.allocate(1)));
        });
    }

    private void absent() throws Exception {
        use(store -> {
            store.putIfAbsent("a/b/c", content(10, 1));
            for (String key : List.of("a", "a/b", "a/b/c/d", "a/b/d", "b")) {
                Expect.equal(Optional.empty(), store.stat(key), "stat of " + key);
                fails(Reason.ABSENT, "deleting " + key, () -> store.delete(key));
            }
        });
    }

    private void pages() throws Exception {
        use(store -> {
            List<String> keys = new ArrayList<>(List.of("a", "b-c", "b.c", "b/c", "b/c2", "b0/c", "b_", "c/d/e", "c/d0"));
            for (int i = 0; i < MANY; i++) {
                keys.add("m/" + i);
            }
            for (String key : keys) {
                store.putIfAbsent(key, content(key.length(), 1));
            }
            keys.sort(null);
            if (!store.traits().listsAtOnce()) {
                return;
            }
            for (int limit : new int[] {1, 4, keys.size(), 10_000}) {
                List<String> found = new ArrayList<>();
                List<BlobInfo> page;
                do {
                    page = store.list("", found.isEmpty() ? "" : found.get(found.size() - 1), limit);
                    page.forEach(one -> found.add(one.key()));
                    page.forEach(one -> Expect.equal((long) one.key().length(), one.length(), "length of " + one.key()));
                } while (page.size() == limit);
                Expect.equal(keys, found, "keys in pages of " + limit);
            }
        });
    }

    private void prefixes() throws Exception {
        use(store -> {
            List<String> keys = List.of("a/bc/d", "a/bcd", "a/c", "ab/c");
            for (String key : keys) {
                store.putIfAbsent(key, content(1, 1));
            }
            if (!store.traits().listsAtOnce()) {
                return;
            }
            for (String prefix : List.of("a", "a/", "a/b", "a/bc", "a/bc/", "a/bc/d", "a/x", "x/", "ab", "ab/c", "ab/cd")) {
                Expect.equal(keys.stream().filter(key -> key.startsWith(prefix)).toList(),
                        store.list(prefix, "", 10).stream().map(BlobInfo::key).toList(), "keys that begin with " + prefix);
            }
            Expect.equal(List.of("a/c"), store.list("a/", "a/bcd", 10).stream().map(BlobInfo::key).toList(), "keys behind a/bcd");
            Expect.equal(List.of("a/bcd"), store.list("a/", "a/bc0", 1).stream().map(BlobInfo::key).toList(), "keys behind no key");
        });
    }

    private void noKeys() throws Exception {
        use(store -> {
            for (String key : NO_KEYS) {
                Expect.fails(IllegalArgumentException.class, "stat of " + key, () -> store.stat(key));
                Expect.fails(IllegalArgumentException.class, "put of " + key, () -> store.putIfAbsent(key, content(1, 1)));
                Expect.fails(IllegalArgumentException.class, "get of " + key, () -> store.get(key, 0, ByteBuffer.allocate(1)));
                Expect.fails(IllegalArgumentException.class, "deletion of " + key, () -> store.delete(key));
            }
            for (String prefix : List.of("../", "A", "a//")) {
                Expect.fails(IllegalArgumentException.class, "list of " + prefix, () -> store.list(prefix, "", 1));
            }
            for (int limit : new int[] {0, -1, 10_001}) {
                Expect.fails(IllegalArgumentException.class, "list of " + limit, () -> store.list("", "", limit));
            }
        });
    }

    private void oneIsFirst() throws Exception {
        use(store -> {
            for (int round = 0; round < MANY; round++) {
                String key = "once/" + round;
                AtomicInteger first = new AtomicInteger();
                AtomicInteger winner = new AtomicInteger();
                Threads.together(thread -> {
                    try {
                        store.putIfAbsent(key, content(1000 + thread, thread));
                        first.incrementAndGet();
                        winner.set(thread);
                    } catch (BlobException e) {
                        Expect.that(e.reason() == Reason.EXISTS || e.reason() == Reason.TRANSIENT, "a put at once: %s", e);
                    }
                });
                if (store.traits().conditionalPut()) {
                    Expect.equal(1, first.get(), "puts that were first");
                    Expect.equalBytes(Content.random(1000 + winner.get(), winner.get()), whole(store, key), "what was put first");
                }
            }
        });
    }

    private void threads() throws Exception {
        use(store -> {
            Threads.together(thread -> {
                for (int i = 0; i < MANY; i++) {
                    String key = "t" + thread + "/" + i;
                    byte[] bytes = Content.random(1 + 100 * i, thread);
                    store.putIfAbsent(key, ByteBuffer.wrap(bytes));
                    Expect.equalBytes(bytes, whole(store, key), key);
                    if (i % 2 == 0) {
                        store.delete(key);
                    }
                }
            });
            if (store.traits().listsAtOnce()) {
                Expect.equal(Threads.COUNT * (MANY / 2), store.list("t", "", 10_000).size(), "objects that are left");
            }
        });
    }
}
