package org.imagingutility.tck.container;

import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.codec.Codec;
import org.imagingutility.api.container.CodecLookup;
import org.imagingutility.api.container.ContainerFormat;
import org.imagingutility.api.store.ImageFile;
import org.imagingutility.tck.Contract;
import org.imagingutility.tck.ContractCheck;
import org.imagingutility.tck.check.Expect;
import org.imagingutility.tck.codec.StoreCodec;

/**
 * What every {@link ContainerFormat} keeps: what was written is read; what is not complete never opens; every cut and
 * every changed byte is found out; calls in the wrong order are refused. For a format that continues with unfinished images:
 * whatever a kill or a power cut leaves becomes, when it is resumed, what it would have become.
 */
public final class ContainerFormatContract implements Contract {
    private static final int FRAME = SampleImage.FRAME;

    private final ContainerFormat format;
    private final Codec codec;
    private final int effort;
    private final long seed;

    /** Creates the contract for {@code format}, tried with {@link StoreCodec}. */
    public ContainerFormatContract(ContainerFormat format) {
        this(format, new StoreCodec());
    }

    /**
     * Creates the contract for {@code format}, tried with a codec, whose zero runs the format may write.
     *
     * @param format is given images that name the codec; frames are made up, not compressed
     */
    public ContainerFormatContract(ContainerFormat format, Codec codec) {
        this(format, codec, 16, 1);
    }

    /**
     * Creates the contract for {@code format}, tried with a codec.
     *
     * @param format is given images that name the codec; frames are made up, not compressed
     * @param effort how many of the states that a power cut could leave are tried at each moment
     * @param seed decides which
     */
    public ContainerFormatContract(ContainerFormat format, Codec codec, int effort, long seed) {
        this.format = format;
        this.codec = codec;
        this.effort = effort;
        this.seed = seed;
    }

    @Override
    public List<ContractCheck> checks() {
        List<ContractCheck> checks = new ArrayList<>();
        checks.add(new ContractCheck("has a permanent name", () -> Expect.permanentName(format.name())));
        checks.addAll(new ContainerRoundTrips(format, this::samples, this::gaps).checks());
        checks.addAll(new ContainerDamages(format, this::tiny, this::gaps, this::tinyUnreadable).checks());
        checks.addAll(new ContainerProtocol(format, this::gaps).checks());
        if (resumes()) {
            checks.addAll(new ContainerResumes(format, codec, this::unreadable).checks());
            checks.addAll(new ContainerPowerCuts(format, codec, this::unreadable, effort, seed).checks());
        }
        return List.copyOf(checks);
    }

    /** Says whether the format continues with unfinished images: it does if it has a {@code reopen} of its own. */
    private boolean resumes() {
        try {
            return format.getClass().getMethod("reopen", ImageFile.class, CodecLookup.class).getDeclaringClass()
                    != ContainerFormat.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every container format has it", e);
        }
    }

    /** Makes samples with different stored bytes. */
    interface SampleFactory {
        SampleImage make(int seed);
    }

    /** A sample and what is special about it. */
    record Sample(String name, SampleImage image) {
    }

    private List<Sample> samples() {
        return List.of(
                sample("a device of one byte", 1, 1, extents(0, 1)),
                sample("a device of one frame", FRAME, 1, extents(0, FRAME)),
                sample("a byte less than a frame", FRAME - 1, 4, extents(0, FRAME - 1)),
                sample("a byte more than a frame", FRAME + 1, 4, extents(0, FRAME + 1)),
                sample("a byte more than a chunk", 2 * FRAME + 1, 2, extents(0, 2 * FRAME + 1)),
                sample("nothing in use", 10 * FRAME, 2, ExtentList.empty()),
                sample("only the last byte in use", 10 * FRAME + 5, 2, extents(10 * FRAME + 4, 1)),
                sample("gaps inside and between chunks and at both ends", 40 * FRAME, 4, new ExtentList.Builder()
                        .add(3 * FRAME + 100, 200).add(6 * FRAME - 1, 2).add(21 * FRAME, 3 * FRAME).build()),
                sample("many extents in a frame", 2 * FRAME, 2, many(500)),
                sample("a gap of 100 GiB", (100L << 30) + 77, 16, new ExtentList.Builder().add(0, 1)
                        .add(100L << 30, 77).build()),
                sample("fifty chunks", 50 * FRAME, 1, extents(0, 50 * FRAME)),
                new Sample("unreadable ranges in and across frames and chunks", unreadable(1)),
                new Sample("more chunks than planned", new SampleImage(codec, 50 * FRAME, 1, extents(0, 50 * FRAME), 1, 1)),
                new Sample("fewer chunks than planned", new SampleImage(codec, 5 * FRAME, 1, extents(0, FRAME), 1, 5)));
    }

    private Sample sample(String name, long length, int framesPerChunk, ExtentList extents) {
        return new Sample(name, new SampleImage(codec, length, framesPerChunk, extents, 1));
    }

    /** Chunks with gaps, parts of which could not be read: sectors, all of a frame, up to the borders of frames and chunks. */
    private SampleImage unreadable(int seed) {
        ExtentList extents = new ExtentList.Builder().add(FRAME, 512).add(4 * FRAME, 4 * FRAME + 512).build();
        ExtentList unreadable = new ExtentList.Builder().add(FRAME, 512).add(4 * FRAME + 512, 512)
                .add(4 * FRAME + 4096, 4096).add(5 * FRAME - 512, FRAME + 1024).add(8 * FRAME, 512).build();
        return new SampleImage(codec, 9 * FRAME, 2, extents, unreadable, seed, 3);
    }

    /** One frame, two sectors of which could not be read. */
    private SampleImage tinyUnreadable(int seed) {
        ExtentList unreadable = new ExtentList.Builder().add(512, 512).add(4096, 512).build();
        return new SampleImage(codec, FRAME, 1, extents(0, FRAME), unreadable, seed, 1);
    }

    /** Two chunks, three frames, the last one short. */
    private SampleImage tiny(int seed) {
        return new SampleImage(codec, 3 * FRAME - 300, 2, extents(0, 3 * FRAME - 300), seed);
    }

    /** Three chunks with gaps. */
    private SampleImage gaps(int seed) {
        ExtentList extents = new ExtentList.Builder().add(FRAME, 512).add(5 * FRAME + 512, 2 * FRAME)
                .add(18 * FRAME, 1024).build();
        return new SampleImage(codec, 20 * FRAME + 512, 4, extents, seed);
    }

    private static ExtentList extents(long offset, long length) {
        return new ExtentList.Builder().add(offset, length).build();
    }

    private static ExtentList many(int count) {
        ExtentList.Builder builder = new ExtentList.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(i * 200L, 100);
        }
        return builder.build();
    }
}
