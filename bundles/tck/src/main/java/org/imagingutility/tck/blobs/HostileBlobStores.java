package org.imagingutility.tck.blobs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobTraits;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;

/** Places that do what breaks backups elsewhere, each within the contract: callers have to live with all of them. */
public final class HostileBlobStores {
    private HostileBlobStores() {
    }

    /**
     * Returns a place each {@code n}-th call of which fails with an error that may pass. Half of the puts that fail have put the
     * object: the answer was lost.
     */
    public static BlobStore flaky(BlobStore store, int n) {
        AtomicLong calls = new AtomicLong();
        return new BlobStoreWrapper(store) {
            private boolean fails() {
                return calls.incrementAndGet() % n == 0;
            }

            private BlobException lost(String key) {
                return new BlobException(reference(), key, Reason.TRANSIENT, "the connection broke", null, null);
            }

            @Override
            public Optional<BlobInfo> stat(String key) throws ImagingException {
                if (fails()) {
                    throw lost(key);
                }
                return super.stat(key);
            }

            @Override
            public void get(String key, long offset, ByteBuffer target) throws ImagingException {
                if (fails()) {
                    // what came before the connection broke is in the buffer
                    target.put(target.position(), (byte) ~0);
                    throw lost(key);
                }
                super.get(key, offset, target);
            }

            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                if (!fails()) {
                    super.putIfAbsent(key, content);
                    return;
                }
                if (calls.get() / n % 2 == 0) {
                    super.putIfAbsent(key, content);
                }
                throw lost(key);
            }

            @Override
            public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
                if (fails()) {
                    throw lost("");
                }
                return super.list(prefix, after, limit);
            }

            @Override
            public void delete(String key) throws ImagingException {
                if (fails()) {
                    throw lost(key);
                }
                super.delete(key);
            }
        };
    }

    /** Returns a place whose lists show nothing that was put through it but what is in {@code shown}. */
    public static BlobStore lagging(BlobStore store, Set<String> shown) {
        Set<String> put = ConcurrentHashMap.newKeySet();
        return new BlobStoreWrapper(store) {
            @Override
            public BlobTraits traits() {
                BlobTraits traits = super.traits();
                return new BlobTraits(traits.conditionalPut(), traits.atomicPut(), false, traits.requestsAtOnce());
            }

            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                super.putIfAbsent(key, content);
                put.add(key);
            }

            @Override
            public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
                List<BlobInfo> seen = new ArrayList<>();
                String from = after;
                do {
                    List<BlobInfo> all = super.list(prefix, from, limit);
                    for (BlobInfo one : all) {
                        if (seen.size() < limit && (!put.contains(one.key()) || shown.contains(one.key()))) {
                            seen.add(one);
                        }
                    }
                    if (all.size() < limit) {
                        break;
                    }
                    from = all.get(all.size() - 1).key();
                } while (seen.size() < limit);
                return List.copyOf(seen);
            }
        };
    }

    /** Returns a place that deletes nothing: a lock keeps all for a time. */
    public static BlobStore retaining(BlobStore store) {
        return new BlobStoreWrapper(store) {
            @Override
            public void delete(String key) throws ImagingException {
                if (super.stat(key).isPresent()) {
                    throw new BlobException(reference(), key, Reason.DENIED, "may not be deleted before its time", null, null);
                }
                super.delete(key);
            }
        };
    }

    /** Returns a place that has room for {@code bytes} more. */
    public static BlobStore full(BlobStore store, long bytes) {
        AtomicLong room = new AtomicLong(bytes);
        return new BlobStoreWrapper(store) {
            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                if (super.stat(key).isEmpty() && room.addAndGet(-content.remaining()) < 0) {
                    throw new BlobException(reference(), key, Reason.FULL, "no room is left", null, null);
                }
                super.putIfAbsent(key, content);
            }
        };
    }

    /** Returns a place each {@code n}-th put of which leaves the first half of the object under its key, and fails. */
    public static BlobStore tearing(BlobStore store, int n) {
        AtomicLong puts = new AtomicLong();
        return new BlobStoreWrapper(store) {
            @Override
            public BlobTraits traits() {
                BlobTraits traits = super.traits();
                return new BlobTraits(traits.conditionalPut(), false, traits.listsAtOnce(), traits.requestsAtOnce());
            }

            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                if (puts.incrementAndGet() % n == 0 && content.remaining() > 1) {
                    super.putIfAbsent(key, content.slice(content.position(), content.remaining() / 2));
                    throw new BlobException(reference(), key, Reason.TRANSIENT, "the connection broke", null, null);
                }
                super.putIfAbsent(key, content);
            }
        };
    }
}
