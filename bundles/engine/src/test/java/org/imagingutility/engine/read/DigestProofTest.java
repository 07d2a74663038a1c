package org.imagingutility.engine.read;

import java.util.Arrays;
import java.util.Random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.engine.TestEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs that read images say of digests: only what they computed; and that they take the image that is expected only. */
class DigestProofTest {
    private static final byte[] OTHER = new byte[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7};

    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private Path device;
    private Path image;
    private Path target;
    private ImageDigests digests;

    @BeforeEach
    void makeAnImage() throws Exception {
        byte[] content = new byte[8 << 20];
        new Random(3).nextBytes(content);
        Arrays.fill(content, 1 << 20, 2 << 20, (byte) 0);
        device = Files.write(folder.resolve("device"), content);
        image = folder.resolve("image.skzimg");
        target = folder.resolve("target");
        ImageResult made = engine.image(TestEngine.request(device, image, true, 2), JobMonitor.NONE);
        digests = made.image().digests();
    }

    /** Something that reads an image, and writes {@link #target} unless it refuses. */
    private interface Job {
        Optional<ImageDigests> run(Optional<Digest> expected) throws ImagingException;
    }

    private Job restore() {
        return expected -> engine.restore(new RestoreRequest(image.toString(), target.toString(), false, false, false, true,
                PipelineOptions.DEFAULT, expected), JobMonitor.NONE).proven();
    }

    private Job export(long offset, long length) {
        return expected -> engine.export(new ExportRequest(image.toString(), target.toString(), offset, length, false,
                PipelineOptions.DEFAULT, expected), JobMonitor.NONE).proven();
    }

    private Job exportDisk() {
        return expected -> engine.exportDisk(new DiskExportRequest(image.toString(), target.toString(), "qcow2", false,
                PipelineOptions.DEFAULT, expected), JobMonitor.NONE).proven();
    }

    private Job convert() {
        return expected -> {
            engine.convert(new ConvertRequest(image.toString(), target.toString(), false, false, false,
                    ImageRequest.Layout.DEFAULT, PipelineOptions.DEFAULT), JobMonitor.NONE);
            return Optional.empty();
        };
    }

    private VerifyResult verify(boolean quick, Optional<Digest> expected) throws ImagingException {
        return engine.verify(new VerifyRequest(image.toString(), quick, false, false, PipelineOptions.DEFAULT, expected),
                JobMonitor.NONE);
    }

    @Test
    void jobsThatReadAllOfAnImageProveItsDigests() throws Exception {
        assertThat(verify(false, Optional.empty()).proven()).contains(digests);
        for (Job job : new Job[] {restore(), export(0, -1), exportDisk()}) {
            assertThat(job.run(Optional.empty())).contains(digests);
            Files.delete(target);
        }
    }

    @Test
    void aPartProvesNoDigestOfTheWhole() throws Exception {
        VerifyResult quick = verify(true, Optional.empty());
        assertThat(quick.coverage().complete()).isFalse();
        assertThat(quick.proven()).isEmpty();
        assertThat(export(4096, 8192).run(Optional.empty())).isEmpty();
    }

    @Test
    void aDamagedImageProvesNothing() throws Exception {
        byte[] content = Files.readAllBytes(image);
        content[content.length / 2] ^= 1;
        Files.write(image, content);
        assertThat(verify(false, Optional.empty()).intact()).isFalse();
        assertThat(verify(false, Optional.empty()).proven()).isEmpty();
    }

    @Test
    void anImageThatStatesAnotherContentIsRefusedBeforeAnythingIsWritten() throws Exception {
        FooterForgery.contentDigest(image, OTHER);
        for (Job job : new Job[] {restore(), export(0, -1), exportDisk(), convert()}) {
            assertThatThrownBy(() -> job.run(Optional.empty())).isInstanceOf(ImageDamagedException.class)
                    .hasMessageContaining("states the content digest " + Digest.of(OTHER)).hasMessageContaining(
                            digests.content().toHex());
            assertThat(target).doesNotExist();
            assertThat(folder.resolve("target.partial")).doesNotExist();
        }
        assertThat(verify(false, Optional.empty()).intact()).isFalse();
        assertThat(verify(true, Optional.empty()).intact()).isFalse();
        // what there is of it can be saved
        assertThat(export(4096, 8192).run(Optional.empty())).isEmpty();
    }

    @Test
    void theDigestThatIsForgedIsNoExpectedOne() throws Exception {
        FooterForgery.contentDigest(image, OTHER);
        for (Job job : new Job[] {restore(), export(0, -1), exportDisk(), export(4096, 8192)}) {
            assertThatThrownBy(() -> job.run(Optional.of(Digest.of(OTHER)))).isInstanceOf(ImageDamagedException.class);
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void anExpectedImageIsTakenByEitherDigest() throws Exception {
        for (Digest expected : new Digest[] {digests.image(), digests.content()}) {
            assertThat(verify(false, Optional.of(expected)).proven()).contains(digests);
            for (Job job : new Job[] {restore(), export(0, -1), exportDisk(), export(4096, 8192)}) {
                job.run(Optional.of(expected));
                Files.delete(target);
            }
        }
    }

    @Test
    void anotherImageIsRefusedBeforeAnythingIsWritten() {
        Optional<Digest> other = Optional.of(Digest.of(OTHER));
        for (Job job : new Job[] {restore(), export(0, -1), exportDisk(), export(4096, 8192)}) {
            assertThatThrownBy(() -> job.run(other)).isInstanceOf(ImageDamagedException.class)
                    .hasMessageContaining("is not the image that is expected");
            assertThat(target).doesNotExist();
        }
        assertThatThrownBy(() -> verify(false, other)).isInstanceOf(ImageDamagedException.class);
    }

    @Test
    void theSha256OfTheWholeDeviceIsComputedWhereItIsExpected() throws Exception {
        Digest whole = Digest.of(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(device)));
        assertThat(engine.restore(new RestoreRequest(image.toString(), target.toString(), false, false, false, false,
                PipelineOptions.DEFAULT, Optional.of(whole)), JobMonitor.NONE).wholeSha256()).contains(whole);
        Files.delete(target);
        export(0, -1).run(Optional.of(whole));
        Files.delete(target);
        exportDisk().run(Optional.of(whole));
        Files.delete(target);
        assertThatThrownBy(() -> verify(false, Optional.of(whole))).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> export(4096, 8192).run(Optional.of(whole))).isInstanceOf(UsageException.class);
    }

    @Test
    void aNotedSha256OfTheWholeDeviceIsNotTakenForAComputedOne() throws Exception {
        String noted = engine.info(image.toString()).statistics().text("hash.sha256").orElseThrow();
        FooterForgery.statistics(image, noted, Digest.of(OTHER).toHex());
        assertThat(verify(false, Optional.empty()).intact()).isTrue();
        for (Job job : new Job[] {export(0, -1), exportDisk()}) {
            assertThatThrownBy(() -> job.run(Optional.of(Digest.of(OTHER)))).isInstanceOf(ImageDamagedException.class)
                    .hasMessageContaining("the SHA-256 of the whole device is " + noted);
            assertThat(target).doesNotExist();
        }
        assertThatThrownBy(() -> restore().run(Optional.of(Digest.of(OTHER)))).isInstanceOf(ImageDamagedException.class)
                .hasMessageContaining("the SHA-256 of the whole device is " + noted);
        assertThat(target).doesNotExist();
    }
}
