package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageRequest.Layout;
import org.imagingutility.api.job.ImageRequest.ResumeCheck;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.tck.RandomSeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images whose values were changed by somebody who makes all checksums fit again: whatever they say, each command ends with
 * an {@link ImagingException} or does its work, all commands agree on what is whole, and work is bounded by what is there.
 */
class ForgedImageTest {
    private static final int FRAME = 64 << 10;
    private static final int IMAGES = Integer.getInteger("forged.images", 60);
    private static final int DEVICE_LENGTH_AT = 32;
    private static final int LEVEL_OF_HEADER_AT = 88;
    private static final int LEVEL_OF_CHUNK_AT = 48;
    private static final int USED_BYTES_OF_FOOTER_AT = 80;
    private static final int CONTENT_DIGEST_AT = 128;
    private static final int GAP_RUN_AT = 80;
    private static final long[] VALUES = {0, 1, 2, 3, 7, 511, 512, 513, 1 << 16, 1 << 20, 1L << 30, 1L << 31, 0xFFFF_FFFFL,
        1L << 32, 1L << 40, (1L << 40) + 512, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -1};

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private byte[] intact;
    private Path device;
    private Path image;

    @BeforeEach
    void makeImage() throws Exception {
        byte[] content = new byte[6 * FRAME + 4096];
        new Random(5).nextBytes(content);
        Arrays.fill(content, FRAME, 3 * FRAME, (byte) 'a');
        Arrays.fill(content, 4 * FRAME, 5 * FRAME, (byte) 0);
        device = Files.write(folder.resolve("device.raw"), content);
        image = folder.resolve("image.skzimg");
        engine.image(request(false, null), JobMonitor.NONE);
        intact = Files.readAllBytes(image);
        Files.delete(image);
    }

    @Test
    void noForgedValueCausesAnythingWorseThanAnImagingExceptionAndAllCommandsAgree() throws Exception {
        long seed = RandomSeed.get();
        Random random = new Random(seed);
        for (int i = 0; i < IMAGES; i++) {
            ForgedSkz forged = new ForgedSkz(intact);
            String what = "seed " + seed + ", image " + i + ": " + change(forged, random);
            Files.write(image, forged.bytes());
            try {
                agree(what);
                resumed(forged, random, what);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(what, e);
            }
        }
    }

    private static String change(ForgedSkz forged, Random random) {
        StringBuilder what = new StringBuilder();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            ForgedSkz.Part part;
            do {
                part = forged.parts().get(random.nextInt(forged.parts().size()));
            } while (part.tag().equals("stored"));
            boolean wide = random.nextBoolean();
            int at = 16 + (random.nextInt(part.length() - 24) & ~3);
            long value = VALUES[random.nextInt(VALUES.length)] + random.nextInt(3) - 1;
            put(forged, part, at, wide, value);
            what.append(' ').append(part.tag()).append(" at ").append(at).append(wide ? " u64 " : " u32 ").append(value);
            if (part.tag().startsWith("SKZF") && random.nextBoolean()) {
                twin(forged, part).ifPresent(other -> put(forged, other, at, wide, value));
                what.append(" twice");
            }
            forged.seal(part);
        }
        if (random.nextInt(4) > 0) {
            forged.sealAll();
            what.append(", all sealed");
        }
        return what.toString();
    }

    private static void put(ForgedSkz forged, ForgedSkz.Part part, int at, boolean wide, long value) {
        ByteBuffer bytes = forged.view();
        if (wide) {
            bytes.putLong(part.offset() + at, value);
        } else {
            bytes.putInt(part.offset() + at, (int) value);
        }
    }

    private static Optional<ForgedSkz.Part> twin(ForgedSkz forged, ForgedSkz.Part part) {
        return part.tag().equals(ForgedSkz.FOOTER) ? Optional.of(forged.part(ForgedSkz.FOOTER_COPY, 0))
                : part.tag().equals(ForgedSkz.FOOTER_COPY) ? Optional.of(forged.part(ForgedSkz.FOOTER, 0)) : Optional.empty();
    }

    /** Something that a user asks for. */
    @FunctionalInterface
    private interface Command {
        boolean run() throws ImagingException;
    }

    /** Runs a command; false if it says that the image is not whole, or ends with an error that a user can be told. */
    private static boolean holds(Command command) {
        try {
            return command.run();
        } catch (ImagingException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private void agree(String what) throws Exception {
        boolean verifies = verifies(image);
        assertThat(holds(() -> repair(false).intact())).as("repair agrees with verify (%s), %s", verifies, what)
                .isEqualTo(verifies);
        Path raw = folder.resolve("restored.raw");
        boolean restores = holds(() -> engine.restore(TestEngine.restore(image, raw), JobMonitor.NONE) != null);
        boolean tells = holds(() -> engine.info(image.toString()) != null);
        if (verifies) {
            assertThat(restores && tells).as("what verifies can be looked at and restored, %s", what).isTrue();
        }
        Path saved = folder.resolve("saved");
        if (holds(() -> repair(true).written().isPresent())) {
            assertThat(verifies(saved)).as("what repair wrote verifies, %s", what).isTrue();
            assertThat(Files.size(saved)).as("size of what repair wrote, %s", what).isLessThan(40 << 20);
        }
        Path converted = folder.resolve("converted");
        if (holds(() -> engine.convert(new ConvertRequest(image.toString(), converted.toString(), true, false, false,
                layout(), PipelineOptions.DEFAULT), JobMonitor.NONE) != null)) {
            assertThat(verifies(converted)).as("what convert wrote verifies, %s", what).isTrue();
        }
        for (Path made : List.of(raw, saved, converted)) {
            Files.deleteIfExists(made);
            assertThat(Path.of(made + ".partial")).as(what).doesNotExist();
        }
    }

    /** Resumes what there is of the image behind a cut. */
    private void resumed(ForgedSkz forged, Random random, String what) throws Exception {
        Files.delete(image);
        Path partial = folder.resolve("image.skzimg.partial");
        int from = forged.part(ForgedSkz.CHUNK_HEAD, 0).offset();
        int cut = from + random.nextInt(forged.part(ForgedSkz.FOOTER_COPY, 0).offset() - from);
        Files.write(partial, Arrays.copyOf(forged.bytes(), cut));
        ResumeCheck check = ResumeCheck.values()[random.nextInt(ResumeCheck.values().length)];
        if (holds(() -> engine.image(request(false, check), JobMonitor.NONE) != null)) {
            assertThat(verifies(image)).as("what was resumed at %d with %s verifies, %s", cut, check, what).isTrue();
        }
        Files.deleteIfExists(image);
        Files.deleteIfExists(partial);
    }

    private boolean verifies(Path file) {
        return holds(() -> engine.verify(TestEngine.verify(file), JobMonitor.NONE).damages().isEmpty());
    }

    private RepairResult repair(boolean save) throws ImagingException {
        return engine.repair(new RepairRequest(image.toString(),
                save ? Optional.of(folder.resolve("saved").toString()) : Optional.empty(), save, false, PipelineOptions.DEFAULT),
                JobMonitor.NONE);
    }

    private ImageRequest request(boolean overwrite, ResumeCheck resume) {
        return new ImageRequest(device.toString(), image.toString(),
                new ImageRequest.Output(overwrite, false, false, Optional.ofNullable(resume), Duration.ZERO),
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, layout(), PipelineOptions.DEFAULT,
                List.of());
    }

    private static Layout layout() {
        return new Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME), OptionalLong.of(2 * FRAME));
    }

    @Test
    void aFooterThatContradictsTheIndexIsDamageForRepairAsForVerify() throws Exception {
        ForgedSkz forged = new ForgedSkz(intact);
        forged.footers(USED_BYTES_OF_FOOTER_AT, 513);
        forged.sealAll();
        Files.write(image, forged.bytes());
        assertThatThrownBy(() -> engine.verify(TestEngine.verify(image), JobMonitor.NONE))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("513");
        assertThat(repair(false).damages()).anySatisfy(damage -> assertThat(damage.reason()).contains("513"));
        assertThatThrownBy(() -> engine.repair(new RepairRequest(image.toString(), Optional.empty(), false, true,
                PipelineOptions.DEFAULT), JobMonitor.NONE)).isInstanceOf(ImageDamagedException.class).hasMessageContaining("513");
        assertThat(image).hasBinaryContent(forged.bytes());
        repair(true);
        assertThat(verifies(folder.resolve("saved"))).isTrue();
    }

    @Test
    void aContentDigestThatIsNotTheContentsIsDamageForVerifyRepairAndConvert() throws Exception {
        ForgedSkz forged = new ForgedSkz(intact);
        forged.footers(CONTENT_DIGEST_AT, 42);
        forged.sealAll();
        Files.write(image, forged.bytes());
        assertThat(verifies(image)).isFalse();
        assertThat(repair(false).damages()).anySatisfy(damage -> assertThat(damage.reason()).contains("content digest"));
        assertThatThrownBy(() -> engine.convert(new ConvertRequest(image.toString(), folder.resolve("new").toString(), false,
                false, false, layout(), PipelineOptions.DEFAULT), JobMonitor.NONE))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("content digest");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("new.partial")).doesNotExist();
    }

    @Test
    void aLinearHashThatIsNotTheContentsEndsAConversion() throws Exception {
        engine.image(new ImageRequest(device.toString(), image.toString(), ImageRequest.Output.DEFAULT,
                new ImageRequest.Source(true, true, 0, 0), ImageRequest.ReadErrors.DEFAULT, layout(), PipelineOptions.DEFAULT,
                List.of("sha256")), JobMonitor.NONE);
        ForgedSkz forged = new ForgedSkz(Files.readAllBytes(image));
        for (String tag : List.of(ForgedSkz.FOOTER, ForgedSkz.FOOTER_COPY)) {
            ForgedSkz.Part footer = forged.part(tag, 0);
            String text = new String(forged.bytes(), footer.offset(), footer.length(), StandardCharsets.ISO_8859_1);
            int digit = footer.offset() + text.indexOf("hash.sha256") + 14;
            forged.bytes()[digit] = (byte) (forged.bytes()[digit] == '0' ? '1' : '0');
        }
        forged.sealAll();
        Files.write(image, forged.bytes());
        assertThatThrownBy(() -> engine.convert(new ConvertRequest(image.toString(), folder.resolve("new").toString(), false,
                false, false, layout(), PipelineOptions.DEFAULT), JobMonitor.NONE))
                .isInstanceOf(ImageDamagedException.class).hasMessageContaining("hash.sha256");
        repair(true);
        assertThat(engine.info(folder.resolve("saved").toString()).statistics().values())
                .containsKey("origin.hash.sha256").doesNotContainKey("hash.sha256");
    }

    @Test
    void aFewBytesThatClaimAHugeDeviceMakeNoHugeImageWhenTheyAreSaved() throws Exception {
        ForgedSkz forged = new ForgedSkz(intact);
        forged.view().putLong(DEVICE_LENGTH_AT, 1L << 40);
        forged.sealAll();
        // its end is lost: what follows the chunks may have been in use or not
        Files.write(image, Arrays.copyOf(forged.bytes(), forged.part(ForgedSkz.TABLE, 1).end()));
        RepairResult result = repair(true);
        assertThat(result.framesKept()).isPositive();
        assertThat(result.lost().totalLength()).isGreaterThan((1L << 40) - 16 * FRAME);
        assertThat(Files.size(folder.resolve("saved"))).isLessThan(8L << 20);
        assertThat(verifies(folder.resolve("saved"))).isTrue();
        assertThat(engine.info(folder.resolve("saved").toString()).statistics().number("repaired.leftOutBytes"))
                .hasValueSatisfying(bytes -> assertThat(bytes).isGreaterThan(1L << 39));
    }

    @Test
    void aLevelThatTheCodecDoesNotHaveInABegunChunkIsDamageOfThatChunk() throws Exception {
        ForgedSkz forged = new ForgedSkz(intact);
        ForgedSkz.Part head = forged.part(ForgedSkz.CHUNK_HEAD, 1);
        forged.view().putInt(head.offset() + LEVEL_OF_CHUNK_AT, 65535);
        forged.seal(head);
        Path partial = folder.resolve("image.skzimg.partial");
        Files.write(partial, Arrays.copyOf(forged.bytes(), forged.part("stored", 2).end()));
        engine.image(request(false, ResumeCheck.QUICK), JobMonitor.NONE);
        assertThat(image).satisfies(file -> assertThat(verifies(file)).isTrue());
    }

    @Test
    void aLevelThatTheCodecDoesNotHaveInTheHeaderIsNamed() throws Exception {
        ForgedSkz forged = new ForgedSkz(intact);
        forged.view().putInt(LEVEL_OF_HEADER_AT, 65535);
        forged.sealAll();
        Files.write(folder.resolve("image.skzimg.partial"), Arrays.copyOf(forged.bytes(), forged.part("stored", 2).end()));
        assertThatThrownBy(() -> engine.image(request(false, ResumeCheck.QUICK), JobMonitor.NONE))
                .isInstanceOf(ImageFormatException.class).hasMessageContaining("65535");
    }

    @Test
    void gapFramesOfAHeaderThatMakesThemTinyAreNotWrittenWithoutEnd() throws Exception {
        byte[] sparse = new byte[64 << 20];
        new Random(6).nextBytes(sparse);
        Arrays.fill(sparse, 2 * FRAME, sparse.length, (byte) 0);
        Files.write(device, sparse);
        engine.image(request(true, null), JobMonitor.NONE);
        ForgedSkz forged = new ForgedSkz(Files.readAllBytes(image));
        forged.view().putLong(GAP_RUN_AT, 1);
        forged.sealAll();
        Files.write(image, forged.bytes());
        agree("gap run of 1");
    }

    @Test
    void metadataThatIsNoneOfOursEndsInAnErrorWithThePlace() throws Exception {
        for (String json : List.of("[", "{\"a\":", "{\"a\":{", "{\"a\":1e999",
                "{\"device.fullLength\":\"x\",", "{\"a\":99999999999999999999,")) {
            ForgedSkz forged = new ForgedSkz(intact);
            ForgedSkz.Part header = forged.part(ForgedSkz.HEADER, 0);
            int at = 100 + forged.view().getShort(94);
            byte[] text = json.repeat(200).getBytes(StandardCharsets.US_ASCII);
            forged.view().put(at, text, 0, Math.min(text.length, header.length() - at - 4));
            forged.sealAll();
            Files.write(image, forged.bytes());
            assertThatThrownBy(() -> engine.info(image.toString())).as(json).isInstanceOf(ImageDamagedException.class)
                    .hasMessageContaining("JSON");
            agree(json);
        }
    }
}
