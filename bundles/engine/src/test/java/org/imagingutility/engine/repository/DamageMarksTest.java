package org.imagingutility.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.imagingutility.api.blobs.BlobInfo;
import org.imagingutility.api.blobs.BlobStore;
import org.imagingutility.api.blobs.BlobStoreProvider;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.blobs.HostileBlobStores;
import org.imagingutility.tck.blobs.MemoryBlobStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that a check notes as damaged, and how they become whole again. */
class DamageMarksTest {
    private static final int FRAME = 256 << 10;
    private static final int FRAMES = 5;
    private static final String PLACE = "memory:r";

    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private final MemoryBlobStore memory = new MemoryBlobStore(PLACE);
    private UnaryOperator<BlobStore> fault = UnaryOperator.identity();
    private Path device;

    @BeforeEach
    void begin() throws Exception {
        engine.installed().blobStores().add(new BlobStoreProvider() {
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
                return fault.apply(memory);
            }
        }, 1, () -> Origin.ofModule(this));
        engine.initRepository(PLACE);
        byte[] content = new byte[FRAMES * FRAME];
        new Random(1).nextBytes(content);
        device = Files.write(folder.resolve("device"), content);
        image(PLACE);
    }

    private void image(String repository) throws ImagingException {
        ImageRequest usual = TestEngine.request(device, folder, true, 2);
        engine.image(new ImageRequest(usual.device(), repository + "#a", usual.output(), usual.source(), usual.readErrors(), usual.layout(),
                usual.pipeline(), List.of()), JobMonitor.NONE);
    }

    private RepositoryCheckResult check(double share, boolean mark) throws ImagingException {
        return engine.checkRepository(new RepositoryCheckRequest(PLACE, share, mark, 2), JobMonitor.NONE);
    }

    private List<String> keys(String below) throws ImagingException {
        return memory.list(below, "", 1000).stream().map(BlobInfo::key).toList();
    }

    private byte[] content(String key) throws ImagingException {
        byte[] bytes = new byte[(int) memory.stat(key).orElseThrow().length()];
        memory.get(key, 0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Lets a frame rot and takes another one away; returns the bytes of the first as they were. */
    private byte[] damage() throws ImagingException {
        List<String> frames = keys("frames/");
        byte[] good = content(frames.get(0));
        byte[] bad = good.clone();
        bad[bad.length / 2] ^= 1;
        memory.rot(frames.get(0), bad);
        memory.delete(frames.get(1));
        return good;
    }

    private void allRestores() throws Exception {
        for (RepositoryImage image : engine.images(PLACE, RepositoryFilter.ALL)) {
            Path back = folder.resolve("back");
            Files.deleteIfExists(back);
            engine.restore(new RestoreRequest(image.reference(), back.toString(), false, false, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
            assertThat(Files.mismatch(back, device)).isEqualTo(-1);
        }
    }

    @Test
    void whatIsNotedIsStoredAnewByTheNextRunOfTheSameName() throws Exception {
        byte[] good = damage();
        String rotten = keys("frames/").get(0);
        RepositoryCheckResult found = check(1, true);
        assertThat(found.damageCount()).isEqualTo(2);
        assertThat(found.marked()).isEqualTo(2);
        assertThat(keys("damaged/")).hasSize(2).allMatch(key -> key.matches("damaged/[0-9a-f]{64}-[0-9a-f]{8}-[1-9][0-9]*\\.json"));
        assertThat(new String(content(keys("damaged/").get(0)))).matches("\\{\"damaged\":1,\"found\":\"[^\"]+Z\",\"reason\":\".+\"}");
        assertThat(content(rotten)).as("nothing is deleted or replaced by a check").isNotEqualTo(good);
        image(PLACE);
        assertThat(content(rotten)).isEqualTo(good);
        assertThat(keys("frames/")).hasSize(FRAMES);
        RepositoryCheckResult healed = check(0, true);
        assertThat(healed.intact()).isTrue();
        assertThat(healed.healed()).isEqualTo(2);
        assertThat(healed.framesRead()).as("those that are noted are read, whatever the share").isGreaterThanOrEqualTo(2);
        assertThat(keys("damaged/")).isEmpty();
        assertThat(check(1, false).intact()).isTrue();
        allRestores();
    }

    @Test
    void aRunThatIsNotToldRefersToWhatIsLost() throws Exception {
        damage();
        image(PLACE);
        assertThat(check(1, false).intact()).as("why frames are noted").isFalse();
        assertThat(keys("damaged/")).isEmpty();
    }

    @Test
    void whatIsNotedIsPutAgainByACopy() throws Exception {
        String other = folder.resolve("other").toString();
        engine.initRepository(other);
        image(other);
        damage();
        check(1, true);
        engine.copyImages(new RepositoryCopyRequest(other, PLACE, List.of(), 2), JobMonitor.NONE);
        assertThat(check(1, true).healed()).isEqualTo(2);
        assertThat(keys("damaged/")).isEmpty();
        allRestores();
    }

    @Test
    void whatIsWholeAndNotedCostsACompressionAndIsNotReplaced() throws Exception {
        byte[] good = damage();
        String rotten = keys("frames/").get(0);
        check(1, true);
        memory.rot(rotten, good);
        fault = HostileBlobStores::retaining;
        image(PLACE);
        fault = UnaryOperator.identity();
        assertThat(check(1, true).healed()).isEqualTo(2);
        allRestores();
    }

    @Test
    void aPlaceThatKeepsWhatIsDamagedSaysSo() throws Exception {
        damage();
        fault = HostileBlobStores::retaining;
        assertThat(check(1, true).marked()).isEqualTo(2);
        assertThatThrownBy(() -> image(PLACE)).isInstanceOfSatisfying(BlobException.class,
                e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.DENIED));
        assertThat(engine.images(PLACE, RepositoryFilter.ALL)).hasSize(1);
    }
}
