package org.imagingutility.tck.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Verdict;
import org.junit.jupiter.api.Test;

class BlobStoreContractTest {

    private static BlobStoreContract contract(UnaryOperator<BlobStore> broken) {
        Map<String, BlobStore> places = new ConcurrentHashMap<>();
        AtomicInteger number = new AtomicInteger();
        BlobStoreProvider provider = new BlobStoreProvider() {
            @Override
            public String name() {
                return "memory";
            }

            @Override
            public boolean accepts(String reference) {
                return reference.startsWith("memory:");
            }

            @Override
            public BlobStore open(String reference) {
                return broken.apply(places.computeIfAbsent(reference, MemoryBlobStore::new));
            }
        };
        return new BlobStoreContract(new BlobStoreContract.Fixture() {
            @Override
            public BlobStoreProvider provider() {
                return provider;
            }

            @Override
            public String newReference() {
                return "memory:" + number.incrementAndGet();
            }
        });
    }

    @Test
    void goodPlacesKeepIt() {
        Verdict.keeps(contract(store -> store));
    }

    @Test
    void placesWhoseListsLagKeepIt() {
        Verdict.keeps(contract(store -> HostileBlobStores.lagging(store, Set.of())));
    }

    @Test
    void aPlaceThatReplacesBreaksIt() {
        Verdict.breaks(contract(store -> new BlobStoreWrapper(store) {
            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                if (stat(key).isPresent()) {
                    delete(key);
                }
                super.putIfAbsent(key, content);
            }
        }), "replaces nothing");
    }

    @Test
    void aPlaceThatListsOutOfOrderBreaksIt() {
        Verdict.breaks(contract(store -> new BlobStoreWrapper(store) {
            @Override
            public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
                List<BlobInfo> turned = new ArrayList<>(super.list(prefix, after, limit));
                java.util.Collections.reverse(turned);
                return turned;
            }
        }), "lists in order");
    }

    @Test
    void aPlaceThatCutsObjectsBreaksIt() {
        Verdict.breaks(contract(store -> new BlobStoreWrapper(store) {
            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                super.putIfAbsent(key, content.remaining() < 2 ? content : content.slice(content.position(), content.remaining() - 1));
            }
        }), "objects of every length");
    }

    @Test
    void aPlaceThatTakesABufferAlongBreaksIt() {
        Verdict.breaks(contract(store -> new BlobStoreWrapper(store) {
            @Override
            public void putIfAbsent(String key, ByteBuffer content) throws ImagingException {
                super.putIfAbsent(key, content);
                content.position(content.limit());
            }
        }), "puts buffers of every kind");
    }

    @Test
    void aPlaceThatListsByFoldersOnlyBreaksIt() {
        Verdict.breaks(contract(store -> new BlobStoreWrapper(store) {
            @Override
            public List<BlobInfo> list(String prefix, String after, int limit) throws ImagingException {
                return super.list(prefix.substring(0, prefix.lastIndexOf('/') + 1), after, limit);
            }
        }), "lists by prefixes");
    }

    @Test
    void hostilePlacesDoWhatTheySay() throws Exception {
        ByteBuffer ten = ByteBuffer.allocate(10);
        BlobStore memory = new MemoryBlobStore("memory:");
        assertThatThrownBy(() -> HostileBlobStores.full(memory, 9).putIfAbsent("a", ten)).isInstanceOfSatisfying(BlobException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
        assertThat(memory.stat("a")).isEmpty();
        assertThatThrownBy(() -> HostileBlobStores.tearing(memory, 1).putIfAbsent("b", ten)).isInstanceOf(BlobException.class);
        assertThat(memory.stat("b").orElseThrow().length()).isEqualTo(5);
        assertThatThrownBy(() -> HostileBlobStores.retaining(memory).delete("b")).isInstanceOfSatisfying(BlobException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
        BlobStore flaky = HostileBlobStores.flaky(memory, 1);
        assertThatThrownBy(() -> flaky.putIfAbsent("c", ten)).isInstanceOf(BlobException.class);
        assertThatThrownBy(() -> flaky.putIfAbsent("d", ten)).isInstanceOf(BlobException.class);
        assertThat(memory.list("", "", 10)).extracting(BlobInfo::key).containsExactly("b", "d");
    }
}
