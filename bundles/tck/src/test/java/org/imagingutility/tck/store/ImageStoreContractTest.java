package org.imagingutility.tck.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.api.store.ImageStore;
import org.imagingutility.tck.Verdict;
import org.junit.jupiter.api.Test;

class ImageStoreContractTest {

    /** A memory store to be broken. */
    private static class Store implements ImageStore {
        final MemoryImageStore good = new MemoryImageStore();

        @Override
        public String name() {
            return good.name();
        }

        @Override
        public boolean accepts(String reference) {
            return good.accepts(reference);
        }

        @Override
        public ImageFile create(String reference, CreateOptions options) throws ImagingException {
            return good.create(reference, options);
        }

        @Override
        public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
            return good.reopen(reference, options);
        }

        @Override
        public ImageFile open(String reference) throws ImagingException {
            return good.open(reference);
        }
    }

    private static ImageStoreContract contract(ImageStore store, boolean seekable) {
        return contract(store, seekable, seekable);
    }

    private static ImageStoreContract contract(ImageStore store, boolean seekable, boolean reopens) {
        AtomicInteger number = new AtomicInteger();
        return new ImageStoreContract(new ImageStoreContract.Fixture() {
            @Override
            public ImageStore store() {
                return store;
            }

            @Override
            public String newReference() {
                return "memory:" + number.incrementAndGet();
            }

            @Override
            public boolean seekable() {
                return seekable;
            }

            @Override
            public boolean reopens() {
                return reopens;
            }
        });
    }

    @Test
    void goodStoresKeepIt() {
        Verdict.keeps(contract(new MemoryImageStore(), true));
        Verdict.keeps(contract(new MemoryImageStore(false, 1 << 30), false));
    }

    @Test
    void findsANameThatAppearsTooEarly() {
        Verdict.breaks(contract(new Store() {
            @Override
            public ImageFile create(String reference, CreateOptions options) throws ImagingException {
                ImageFile file = super.create(reference, options);
                good.put(reference, new byte[0]);
                return file;
            }
        }, true), "an unpublished image does not open");
    }

    @Test
    void findsAStoreThatReplacesUnasked() {
        Verdict.breaks(contract(new Store() {
            @Override
            public ImageFile create(String reference, CreateOptions options) throws ImagingException {
                return super.create(reference, new CreateOptions(true, false));
            }
        }, true), "replaces nothing unasked");
    }

    @Test
    void findsAStoreThatOpensFilesOutsideOfTheFolder() {
        ImageStore store = new MemoryImageStore();
        AtomicInteger number = new AtomicInteger();
        Verdict.breaks(new ImageStoreContract(new ImageStoreContract.Fixture() {
            @Override
            public ImageStore store() {
                return store;
            }

            @Override
            public String newReference() {
                return "memory:" + number.incrementAndGet();
            }

            @Override
            public Optional<String> folderOf(String reference) {
                return Optional.of("memory:");
            }

            @Override
            public Optional<String> otherFolder() {
                return Optional.of("elsewhere:");
            }
        }), "opens a file within its folder");
    }

    @Test
    void aStoreThatCannotReopenKeepsItAsWell() {
        Verdict.keeps(contract(new Store() {
            @Override
            public Optional<ImageFile> reopen(String reference, CreateOptions options) {
                return Optional.empty();
            }
        }, true, false));
    }

    @Test
    void findsAStoreThatForgetsWhatWasNotPublished() {
        Verdict.breaks(contract(new Store() {
            @Override
            public Optional<ImageFile> reopen(String reference, CreateOptions options) {
                return Optional.empty();
            }
        }, true), "an unpublished image is resumed");
    }

    @Test
    void findsAStoreThatReplacesUnfinishedImages() {
        Verdict.breaks(contract(new Store() {
            @Override
            public ImageFile create(String reference, CreateOptions options) throws ImagingException {
                Optional<ImageFile> unfinished = good.reopen(reference, new CreateOptions(true, false));
                if (unfinished.isPresent() && !options.overwrite()) {
                    unfinished.get().discard();
                }
                return super.create(reference, options);
            }
        }, true), "an unpublished image is not replaced unasked");
    }

    @Test
    void findsAStoreThatLetsTwoJobsWrite() {
        Verdict.breaks(contract(new Store() {
            @Override
            public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
                try {
                    return super.reopen(reference, options);
                } catch (TargetException e) {
                    return Optional.of(new MemoryImageFile());
                }
            }
        }, true), "one job at a time writes an image");
    }

    @Test
    void findsAStoreThatCutsWhatItOpensAgain() {
        Verdict.breaks(contract(new Store() {
            @Override
            public Optional<ImageFile> reopen(String reference, CreateOptions options) throws ImagingException {
                Optional<ImageFile> file = super.reopen(reference, options);
                if (file.isPresent()) {
                    file.get().truncate(file.get().length() - 1);
                }
                return file;
            }
        }, true), "opening an unpublished image changes nothing");
    }

    @Test
    void findsAReadThatIsFilledUp() {
        Verdict.breaks(contract(new Store() {
            @Override
            public ImageFile open(String reference) throws ImagingException {
                MemoryImageFile file = new MemoryImageFile();
                ImageFile opened = super.open(reference);
                ByteBuffer content = ByteBuffer.allocate((int) opened.length());
                opened.read(0, content);
                file.write(0, content.flip());
                file.write(1 << 21, ByteBuffer.allocate(1));
                return file;
            }
        }, true), "a read beyond the end fails with the place");
    }
}
