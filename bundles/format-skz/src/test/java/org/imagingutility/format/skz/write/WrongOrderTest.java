package org.imagingutility.format.skz.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.container.ImageWriter;
import org.imagingutility.api.container.UnfinishedImage;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.codec.zstd.ZstdCodec;
import org.imagingutility.format.skz.SkzFormat;
import org.imagingutility.format.skz.layout.IndexSlot;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.container.ContainerFormatContract;
import org.junit.jupiter.api.Test;

/**
 * The simulated power cuts find a writer that does not keep the order of writes and forces: each rule of the order is
 * broken here, one at a time.
 */
class WrongOrderTest {
    private static final String WRITING = "power cut while writing: ";
    /** States that are tried after each operation. */
    private static final int FEW = 8;
    /** Where it depends on how two threads meet which parts are pending. The first that is found ends the search. */
    private static final int MANY = 100;
    private static final String RESUMING = "power cut while resuming";

    @Test
    void findsASlotThatIsFilledBeforeItsChunkIsForced() {
        assertThat(broken(file -> new Obedient(file) {
            /** Who asked for a force that is still to be made. Chunks are committed by a thread of their own. */
            private Thread owed;

            @Override
            public synchronized void force() {
                owed = Thread.currentThread();
            }

            @Override
            public synchronized void write(long offset, ByteBuffer source) throws ImagingException {
                boolean committed = owed == Thread.currentThread();
                boolean slot = source.remaining() == IndexSlot.LENGTH;
                if (committed && !slot) {
                    super.force();
                    owed = null;
                }
                super.write(offset, source);
                if (committed && slot) {
                    super.force();
                    owed = null;
                }
            }
        }, WRITING, MANY)).isNotEmpty();
    }

    @Test
    void findsAFooterThatIsWrittenBeforeAllElseIsForced() {
        assertThat(broken(file -> new Obedient(file) {
            @Override
            public void force() throws ImagingException {
                // each force but the first, of header and index
                if (forces++ == 0) {
                    super.force();
                }
            }

            private int forces;
        }, WRITING, FEW)).isNotEmpty();
    }

    @Test
    void findsAResumeThatDoesNotForceWhatItCutOffAndEmptied() {
        assertThat(broken(file -> new Obedient(file) {
            private boolean resumed = true;

            @Override
            public void force() throws ImagingException {
                if (!resumed) {
                    super.force();
                }
                resumed = false;
            }
        }, RESUMING, FEW)).isNotEmpty();
    }

    @Test
    void findsAResumeThatLeavesTheSlotsOfWhatItCutOff() {
        assertThat(broken(file -> new Obedient(file) {
            @Override
            public void write(long offset, ByteBuffer source) throws ImagingException {
                boolean zeros = source.mismatch(ByteBuffer.allocate(source.remaining())) < 0;
                if (zeros && source.remaining() % IndexSlot.LENGTH == 0 && offset < length() - source.remaining()) {
                    source.position(source.limit());
                } else {
                    super.write(offset, source);
                }
            }
        }, RESUMING, FEW)).isNotEmpty();
    }

    @Test
    void findsAResumeThatDoesNotCutOffWhatItDoesNotKeep() {
        assertThat(broken(file -> new Obedient(file) {
            @Override
            public void truncate(long length) {
                // leaves the file as long as it was
            }
        }, "continues with other chunk sizes", FEW)).isNotEmpty();
    }

    /**
     * Returns the first check whose name begins with {@code prefix} that fails when files are what {@code disobedient}
     * makes of them.
     */
    private static List<String> broken(UnaryOperator<ImageFile> disobedient, String prefix, int samples) {
        List<String> broken = new ArrayList<>();
        for (ContractCheck check : new ContainerFormatContract(new Disobedient(disobedient), new ZstdCodec(), samples, 1)
                .checks()) {
            if (!check.name().startsWith(prefix) || !broken.isEmpty()) {
                continue;
            }
            try {
                check.action().run();
            } catch (AssertionError | Exception e) {
                broken.add(check.name() + ": " + e.getMessage());
            }
        }
        return broken;
    }

    /** Writes through files that do not do what they are told. */
    private static final class Disobedient implements ContainerFormat {
        private final SkzFormat format = new SkzFormat();
        private final UnaryOperator<ImageFile> files;

        Disobedient(UnaryOperator<ImageFile> files) {
            this.files = files;
        }

        @Override
        public String name() {
            return format.name();
        }

        @Override
        public boolean recognises(ImageFile file) throws ImagingException {
            return format.recognises(file);
        }

        @Override
        public ImageWriter create(ImageFile file, ImageSpec spec, CodecLookup codecs) throws ImagingException {
            return format.create(files.apply(file), spec, codecs);
        }

        @Override
        public ImageReader open(ImageFile file, CodecLookup codecs) throws ImagingException {
            return format.open(file, codecs);
        }

        @Override
        public UnfinishedImage reopen(ImageFile file, CodecLookup codecs) throws ImagingException {
            return format.reopen(files.apply(file), codecs);
        }
    }

    /** Does what it is told. */
    private static class Obedient implements ImageFile {
        private final ImageFile file;

        Obedient(ImageFile file) {
            this.file = file;
        }

        @Override
        public String reference() {
            return file.reference();
        }

        @Override
        public boolean seekable() {
            return file.seekable();
        }

        @Override
        public long length() throws ImagingException {
            return file.length();
        }

        @Override
        public void read(long offset, ByteBuffer target) throws ImagingException {
            file.read(offset, target);
        }

        @Override
        public void write(long offset, ByteBuffer source) throws ImagingException {
            file.write(offset, source);
        }

        @Override
        public void truncate(long length) throws ImagingException {
            file.truncate(length);
        }

        @Override
        public void force() throws ImagingException {
            file.force();
        }

        @Override
        public void publish() throws ImagingException {
            file.publish();
        }

        @Override
        public void discard() throws ImagingException {
            file.discard();
        }

        @Override
        public void close() throws ImagingException {
            file.close();
        }
    }
}
