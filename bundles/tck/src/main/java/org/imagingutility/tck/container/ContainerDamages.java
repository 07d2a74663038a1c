package org.imagingutility.tck.container;

import java.util.Arrays;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkInfo;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.codec.StoreCodec;
import org.imagingutility.tck.store.MemoryImageFile;

/** Every cut and every changed byte is found out. */
final class ContainerDamages {
    private final ContainerFormat format;
    private final ContainerFormatContract.SampleFactory tiny;
    private final ContainerFormatContract.SampleFactory gaps;
    private final ContainerFormatContract.SampleFactory unreadable;

    ContainerDamages(ContainerFormat format, ContainerFormatContract.SampleFactory tiny,
            ContainerFormatContract.SampleFactory gaps, ContainerFormatContract.SampleFactory unreadable) {
        this.unreadable = unreadable;
        this.format = format;
        this.tiny = tiny;
        this.gaps = gaps;
    }

    List<ContractCheck> checks() {
        return List.of(
                new ContractCheck("no cut image opens", this::truncations),
                new ContractCheck("every changed byte is found out", this::flips),
                new ContractCheck("zeroed stretches are found out", this::zeroed),
                new ContractCheck("bytes put in, taken out or behind are found out", this::shifted),
                new ContractCheck("a chunk of another image is found out", this::foreignChunk),
                new ContractCheck("two swapped chunks are found out", this::swappedChunks),
                new ContractCheck("random files do no harm", this::random),
                new ContractCheck("read errors of the store come through", this::readErrors));
    }

    private void truncations() throws Exception {
        SampleImage sample = tiny.make(1);
        byte[] image = sample.written(format);
        for (int length = 0; length < image.length; length++) {
            MemoryImageFile file = MemoryImageFile.of(Arrays.copyOf(image, length));
            Expect.fails(ImagingException.class, "open of an image cut to " + length + " of " + image.length + " bytes",
                    () -> format.open(file, sample.codecs()).close());
        }
    }

    private void flips() throws Exception {
        for (SampleImage sample : List.of(tiny.make(1), gaps.make(1), unreadable.make(1))) {
            ImageCheck check = new ImageCheck(format, sample);
            byte[] image = sample.written(format);
            for (int at = 0; at < image.length; at++) {
                byte[] damaged = image.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                check.expectDetected(damaged, "of " + image.length + " bytes with byte " + at + " changed");
            }
        }
    }

    private void zeroed() throws Exception {
        SampleImage sample = gaps.make(1);
        ImageCheck check = new ImageCheck(format, sample);
        byte[] image = sample.written(format);
        for (int length : List.of(16, 128, 512, 4096)) {
            for (int at = 0; at < image.length; at += Math.max(1, length / 4)) {
                byte[] damaged = image.clone();
                Arrays.fill(damaged, at, Math.min(image.length, at + length), (byte) 0);
                if (!Arrays.equals(image, damaged)) {
                    check.expectDetected(damaged, "with " + length + " bytes from " + at + " on zeroed");
                }
            }
        }
    }

    private void shifted() throws Exception {
        SampleImage sample = gaps.make(1);
        ImageCheck check = new ImageCheck(format, sample);
        byte[] image = sample.written(format);
        for (int count : List.of(1, 512, image.length)) {
            byte[] longer = Arrays.copyOf(image, image.length + count);
            System.arraycopy(image, 0, longer, image.length, count);
            check.expectDetected(longer, "with its own first " + count + " bytes behind");
        }
        for (int at = 1; at < image.length; at += 37) {
            byte[] longer = Arrays.copyOf(image, image.length + 1);
            System.arraycopy(image, at, longer, at + 1, image.length - at);
            check.expectDetected(longer, "with a byte put in at " + at);
            byte[] shorter = Arrays.copyOf(image, image.length - 1);
            System.arraycopy(image, at + 1, shorter, at, image.length - at - 1);
            check.expectDetected(shorter, "with the byte at " + at + " taken out");
        }
    }

    private void foreignChunk() throws Exception {
        SampleImage sample = gaps.make(1);
        byte[] image = sample.written(format);
        byte[] other = gaps.make(2).written(format);
        Expect.equal(image.length, other.length, "length of two images that differ in stored bytes only");
        for (int i = 0; i < sample.chunks().size(); i++) {
            ChunkInfo place = chunk(sample, image, i);
            byte[] mixed = image.clone();
            System.arraycopy(other, (int) place.fileOffset(), mixed, (int) place.fileOffset(), (int) place.fileLength());
            // a chunk of zeros may be the same in both
            if (!Arrays.equals(image, mixed)) {
                new ImageCheck(format, sample).expectDetected(mixed, "with chunk " + i + " of another image");
            }
        }
    }

    private void swappedChunks() throws Exception {
        SampleImage sample = new SampleImage(new StoreCodec(), 2L * SampleImage.FRAME, 1,
                new ExtentList.Builder().add(0, 2L * SampleImage.FRAME).build(), 1);
        byte[] image = sample.written(format);
        ChunkInfo first = chunk(sample, image, 0);
        ChunkInfo second = chunk(sample, image, 1);
        int length = (int) Math.min(first.fileLength(), second.fileLength());
        byte[] swapped = image.clone();
        System.arraycopy(image, (int) first.fileOffset(), swapped, (int) second.fileOffset(), length);
        System.arraycopy(image, (int) second.fileOffset(), swapped, (int) first.fileOffset(), length);
        new ImageCheck(format, sample).expectDetected(swapped, "with two chunks swapped");
    }

    private ChunkInfo chunk(SampleImage sample, byte[] image, int index) throws ImagingException {
        try (ImageReader reader = format.open(MemoryImageFile.of(image), sample.codecs())) {
            ChunkInfo chunk = reader.chunk(index);
            Expect.that(chunk.fileOffset() >= 0 && chunk.fileLength() > 0
                    && chunk.fileOffset() + chunk.fileLength() <= image.length, "chunk outside the file: %s", chunk);
            return chunk;
        }
    }

    private void random() throws Exception {
        SampleImage sample = tiny.make(1);
        byte[] image = sample.written(format);
        for (int seed = 0; seed < 300; seed++) {
            byte[] bytes = Content.random(image.length, seed);
            // begin and end as a real one does, to get past the first checks
            int kept = seed * image.length / 300;
            System.arraycopy(image, 0, bytes, 0, kept);
            int keptEnd = seed % 3 == 0 ? 0 : Math.min(image.length - kept, 200);
            System.arraycopy(image, image.length - keptEnd, bytes, image.length - keptEnd, keptEnd);
            if (!Arrays.equals(image, bytes)) {
                new ImageCheck(format, sample).expectDetected(bytes, "with random bytes, seed " + seed);
            }
        }
    }

    /** Reads that begin to fail at any moment: an error must come of it, or what was written. */
    private void readErrors() throws Exception {
        SampleImage sample = gaps.make(1);
        byte[] image = sample.written(format);
        for (int reads = 0; reads < 20; reads++) {
            MemoryImageFile file = MemoryImageFile.of(image);
            file.failReadsAfter(reads);
            try (ImageReader reader = format.open(file, sample.codecs())) {
                Expect.that(reads > 0, "opened a file that cannot be read");
                for (int i = 0; i < reader.chunkCount(); i++) {
                    Expect.equal(sample.chunks().get(i).extents(), reader.table(i).extents(), "extents of chunk " + i
                            + " when the store fails after " + reads + " reads");
                }
            } catch (ImagingException e) {
                Expect.that(e.getMessage() != null, "a read error says nothing: %s", e);
            }
        }
    }
}
