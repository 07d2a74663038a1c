package org.imagingutility.tck.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.check.Threads;
import org.imagingutility.tck.codec.StoreCodec;
import org.imagingutility.tck.store.MemoryImageFile;

/** What was written is read. */
final class ContainerRoundTrips {
    private final ContainerFormat format;
    private final Supplier<List<ContainerFormatContract.Sample>> samples;
    private final ContainerFormatContract.SampleFactory gaps;

    ContainerRoundTrips(ContainerFormat format, Supplier<List<ContainerFormatContract.Sample>> samples,
            ContainerFormatContract.SampleFactory gaps) {
        this.format = format;
        this.samples = samples;
        this.gaps = gaps;
    }

    List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        for (ContainerFormatContract.Sample sample : samples.get()) {
            checks.add(new ContractCheck("comes back: " + sample.name(), () -> comesBack(sample.image(), new MemoryImageFile())));
        }
        checks.add(new ContractCheck("comes back from a file that does not seek", this::notSeekable));
        checks.add(new ContractCheck("same image, same bytes and digests", this::deterministic));
        checks.add(new ContractCheck("content digest does not depend on the chunk size", this::otherChunks));
        checks.add(new ContractCheck("digests change with content and extents", this::otherContent));
        checks.add(new ContractCheck("recognises its images only", this::recognises));
        checks.add(new ContractCheck("serves several reading threads", this::threads));
        return checks;
    }

    private void comesBack(SampleImage sample, MemoryImageFile file) throws Exception {
        ImageDigests digests = sample.write(format, file);
        new ImageCheck(format, sample).expectIntact(MemoryImageFile.of(file.content()), digests);
    }

    private void notSeekable() throws Exception {
        for (ContainerFormatContract.Sample sample : samples.get()) {
            comesBack(sample.image(), MemoryImageFile.notSeekable());
            Expect.equal(sample.image().write(format, new MemoryImageFile()).content(),
                    sample.image().write(format, MemoryImageFile.notSeekable()).content(),
                    "content digest, written to a file that does not seek: " + sample.name());
        }
    }

    private void deterministic() throws Exception {
        SampleImage sample = gaps.make(1);
        Expect.equalBytes(sample.written(format), gaps.make(1).written(format), "the same image, written again");
        Expect.equal(sample.write(format, new MemoryImageFile()), sample.write(format, new MemoryImageFile()), "digests");
    }

    private void otherChunks() throws Exception {
        ExtentList extents = new ExtentList.Builder().add(100, 10L * SampleImage.FRAME).build();
        List<ImageDigests> digests = new ArrayList<>();
        for (int framesPerChunk : List.of(1, 3, 16)) {
            SampleImage sample = new SampleImage(new StoreCodec(), 11L * SampleImage.FRAME, framesPerChunk, extents, 1);
            digests.add(sample.write(format, new MemoryImageFile()));
        }
        Expect.equal(digests.get(0).content(), digests.get(1).content(), "content digest with 3 frames a chunk");
        Expect.equal(digests.get(0).content(), digests.get(2).content(), "content digest with 16 frames a chunk");
        Expect.that(!digests.get(0).image().equals(digests.get(1).image()),
                "the image digest does not depend on the division into chunks");
    }

    private void otherContent() throws Exception {
        ImageDigests first = gaps.make(1).write(format, new MemoryImageFile());
        ImageDigests second = gaps.make(2).write(format, new MemoryImageFile());
        expectDifferent(first, second, "content");
        long device = 2L * SampleImage.FRAME;
        ImageDigests whole = write(device, 0, 1000);
        expectDifferent(whole, write(device, 0, 999), "length of an extent");
        expectDifferent(whole, write(device, 1, 1000), "offset of an extent");
        expectDifferent(whole, write(device + 1, 0, 1000), "length of the device");
        expectDifferent(whole, unreadable(device, 0, 512), "unreadable ranges");
        expectDifferent(unreadable(device, 0, 512), unreadable(device, 0, 511), "length of an unreadable range");
        expectDifferent(unreadable(device, 0, 512), unreadable(device, 1, 512), "offset of an unreadable range");
    }

    private ImageDigests write(long device, long offset, long length) throws Exception {
        ExtentList extents = new ExtentList.Builder().add(offset, length).build();
        return new SampleImage(new StoreCodec(), device, 2, extents, 1).write(format, new MemoryImageFile());
    }

    private ImageDigests unreadable(long device, long offset, long length) throws Exception {
        ExtentList extents = new ExtentList.Builder().add(0, 1000).build();
        ExtentList ranges = new ExtentList.Builder().add(offset, length).build();
        return new SampleImage(new StoreCodec(), device, 2, extents, ranges, 1, -1).write(format, new MemoryImageFile());
    }

    private static void expectDifferent(ImageDigests first, ImageDigests second, String what) {
        Expect.that(!first.image().equals(second.image()), "the image digest does not depend on: %s", what);
        Expect.that(!first.content().equals(second.content()), "the content digest does not depend on: %s", what);
    }

    private void recognises() throws Exception {
        byte[] image = gaps.make(1).written(format);
        Expect.that(format.recognises(MemoryImageFile.of(image)), "a complete image is not recognised");
        byte[] unfinished = Arrays.copyOf(image, image.length - 1);
        Expect.that(format.recognises(MemoryImageFile.of(unfinished)), "an image without its last byte is not recognised");
        for (int length : List.of(0, 1, 100, 10_000)) {
            Expect.that(!format.recognises(MemoryImageFile.of(new byte[length])), "%d zeros are recognised", length);
            Expect.that(!format.recognises(MemoryImageFile.of(Content.random(length, 1))), "%d random bytes are recognised",
                    length);
        }
    }

    private void threads() throws Exception {
        SampleImage sample = gaps.make(1);
        MemoryImageFile file = MemoryImageFile.of(sample.written(format));
        try (ImageReader reader = format.open(file, sample.codecs())) {
            Threads.together(thread -> {
                for (int i = 0; i < 100; i++) {
                    int chunk = (thread + i) % reader.chunkCount();
                    Expect.equal(sample.chunks().get(chunk).extents(), reader.table(chunk).extents(),
                            "extents of chunk " + chunk);
                    Expect.equal(chunk, reader.findChunk(sample.chunks().get(chunk).deviceOffset()), "chunk found");
                }
            });
        }
    }
}
