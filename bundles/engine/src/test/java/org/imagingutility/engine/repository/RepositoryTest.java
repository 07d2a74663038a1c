package org.imagingutility.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.repository.RepositoryInfo;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.fixtures.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a repository in a folder, by the jobs that know files. */
class RepositoryTest {
    private static final int FRAME = 256 << 10;
    private static final int FRAMES = 12;

    @TempDir
    private Path folder;

    private final TestEngine engine = new TestEngine();
    private String repository;

    @BeforeEach
    void init() throws ImagingException {
        repository = folder.resolve("r #1").toString();
        engine.initRepository(repository);
    }

    private ImageResult image(Path device, String name, boolean allBlocks) throws ImagingException {
        return engine.image(TestEngine.request(device, Path.of(repository + "#" + name), allBlocks, 2), JobMonitor.NONE);
    }

    private void restoresAs(String image, Path device) throws Exception {
        Path back = folder.resolve("back");
        Files.deleteIfExists(back);
        engine.restore(new RestoreRequest(image, back.toString(), false, false, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertThat(Files.mismatch(back, device)).as(image).isEqualTo(-1);
    }

    private boolean verifies(String image) throws ImagingException {
        return engine.verify(new VerifyRequest(image, false, PipelineOptions.DEFAULT), JobMonitor.NONE).intact();
    }

    private RepositoryCheckResult check(double share) throws ImagingException {
        return engine.checkRepository(new RepositoryCheckRequest(repository, share), JobMonitor.NONE);
    }

    /** Returns a device of random frames but for two of zeros and two that are alike. */
    private Path device() throws IOException {
        byte[] content = new byte[FRAMES * FRAME - 512];
        new Random(5).nextBytes(content);
        java.util.Arrays.fill(content, 2 * FRAME, 4 * FRAME, (byte) 0);
        System.arraycopy(content, 0, content, 6 * FRAME, FRAME);
        return Files.write(folder.resolve("device.raw"), content);
    }

    private Set<String> objects(String below) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(repository).resolve(below))) {
            return all.filter(Files::isRegularFile).map(Path::toString).collect(Collectors.toSet());
        }
    }

    private Path only(String below) throws IOException {
        return Path.of(objects(below).stream().sorted().findFirst().orElseThrow());
    }

    @Test
    void anImageIsTheSameAsOneInAFile() throws Exception {
        Path device = Fixtures.unpack(Fixtures.ofKind("ntfs").get(0), folder);
        ImageResult file = engine.image(TestEngine.request(device, folder.resolve("i.skzimg"), false, 2), JobMonitor.NONE);
        ImageResult kept = image(device, "c", false);
        assertThat(kept.image().digests().content()).isEqualTo(file.image().digests().content());
        assertThat(kept.linearHashes()).isEqualTo(file.linearHashes());
        assertThat(kept.image().usedBytes()).isEqualTo(file.image().usedBytes());
        ImageInfo info = engine.info(repository + "#c");
        assertThat(info.digests()).isEqualTo(kept.image().digests());
        assertThat(info.spec().metadata().values()).isEqualTo(file.image().spec().metadata().values());
        assertThat(verifies(repository + "#c")).isTrue();
        Path fromFile = folder.resolve("from file");
        engine.restore(TestEngine.restore(folder.resolve("i.skzimg"), fromFile), JobMonitor.NONE);
        restoresAs(repository + "#c", fromFile);
    }

    @Test
    void framesThatAreAlikeAreStoredOnce() throws Exception {
        Path device = device();
        image(device, "a", true);
        // two of zeros and two of the same content are one each
        assertThat(objects("frames")).hasSize(FRAMES - 2);
        restoresAs(repository + "#a", device);
    }

    @Test
    void aSecondRunStoresWhatIsNew() throws Exception {
        Path device = device();
        image(device, "a", true);
        Set<String> before = objects("frames");
        Set<String> tables = objects("chunks");
        image(device, "b", true);
        assertThat(objects("frames")).isEqualTo(before);
        assertThat(objects("chunks")).isEqualTo(tables);
        byte[] content = Files.readAllBytes(device);
        content[5 * FRAME] ^= 1;
        Path changed = Files.write(folder.resolve("changed.raw"), content);
        image(changed, "b", true);
        assertThat(objects("frames")).hasSize(before.size() + 1).containsAll(before);
        restoresAs(repository + "#a", device);
        List<RepositoryImage> images = engine.images(repository, Optional.of("b"));
        assertThat(images).hasSize(2).allSatisfy(each -> assertThat(verifies(each.reference())).isTrue());
        assertThat(images.stream().map(each -> each.info().orElseThrow().digests().content()).distinct()).hasSize(2);
        RepositoryInfo info = engine.repository(repository);
        assertThat(info.images()).isEqualTo(3);
        assertThat(info.frames()).isEqualTo(before.size() + 1);
    }

    @Test
    void anImageMovesBetweenFileAndRepository() throws Exception {
        Path device = device();
        ImageResult file = engine.image(TestEngine.request(device, folder.resolve("i.skzimg"), true, 2), JobMonitor.NONE);
        for (String[] way : new String[][] {{folder.resolve("i.skzimg").toString(), repository + "#moved"},
            {repository + "#moved", folder.resolve("j.skzimg").toString()}}) {
            ImageRequest.Layout layout = new ImageRequest.Layout("skz", Optional.empty(), OptionalInt.empty(), OptionalInt.of(FRAME),
                    OptionalLong.of(4L << 20));
            assertThat(engine.convert(new ConvertRequest(way[0], way[1], false, false, true, layout, PipelineOptions.DEFAULT), JobMonitor.NONE)
                    .image().digests().content()).isEqualTo(file.image().digests().content());
        }
    }

    @Test
    void aLostFrameIsNamedByCheckAndStoredAnewByTheNextRun() throws Exception {
        Path device = device();
        image(device, "a", true);
        Path lost = only("frames");
        Files.delete(lost);
        RepositoryCheckResult result = check(0);
        assertThat(result.damages()).extracting(RepositoryDamage::object).allMatch(key -> lost.toString().endsWith(
                key.replace("/", lost.getFileSystem().getSeparator())));
        assertThat(result.intact()).isFalse();
        assertThat(verifies(repository + "#a")).isFalse();
        image(device, "other", true);
        assertThat(check(1).intact()).isTrue();
        restoresAs(repository + "#a", device);
    }

    @Test
    void aCutFrameIsStoredAnew() throws Exception {
        Path device = device();
        image(device, "a", true);
        Path cut = only("frames");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 10));
        assertThat(check(0).intact()).isFalse();
        image(device, "other", true);
        assertThat(check(1).intact()).isTrue();
        restoresAs(repository + "#other", device);
    }

    @Test
    void aFrameThatRottedIsFoundByReading() throws Exception {
        Path device = device();
        image(device, "a", true);
        Path rotten = only("frames");
        byte[] bytes = Files.readAllBytes(rotten);
        bytes[bytes.length / 2] ^= 4;
        Files.write(rotten, bytes);
        assertThat(check(0).intact()).isTrue();
        RepositoryCheckResult all = check(1);
        assertThat(all.damageCount()).isPositive();
        assertThat(all.framesRead()).isEqualTo(FRAMES);
        assertThat(verifies(repository + "#a")).isFalse();
    }

    @Test
    void damagedTablesAndManifestsAreNamed() throws Exception {
        image(device(), "a", true);
        Path table = only("chunks");
        Path manifest = only("images");
        for (Path object : List.of(table, manifest)) {
            byte[] good = Files.readAllBytes(object);
            byte[] bad = good.clone();
            bad[bad.length / 2] ^= 1;
            Files.write(object, bad);
            assertThat(check(0).damages()).as(object.toString()).extracting(RepositoryDamage::object).isNotEmpty()
                    .allMatch(key -> object.toString().endsWith(key.replace("/", object.getFileSystem().getSeparator())));
            Files.write(object, good);
        }
        assertThat(check(0).intact()).isTrue();
        Files.write(manifest, new byte[] {'{'});
        assertThatThrownBy(() -> engine.info(repository + "#a")).isInstanceOf(ImageDamagedException.class);
        assertThat(engine.images(repository, Optional.empty())).singleElement().satisfies(image -> assertThat(image.info()).isEmpty());
    }

    @Test
    void whatIsNotThereIsSaid() throws Exception {
        assertThatThrownBy(() -> engine.info(repository + "#no")).isInstanceOf(ImageReadException.class).hasMessageContaining("which has none");
        image(device(), "a", true);
        assertThatThrownBy(() -> engine.info(repository + "#no")).hasMessageContaining("images of a");
        assertThatThrownBy(() -> engine.info(repository + "#a@1999")).isInstanceOf(ImageReadException.class);
        assertThatThrownBy(() -> engine.repository(folder.toString())).isInstanceOf(UsageException.class).hasMessageContaining("is no repository");
        assertThatThrownBy(() -> engine.initRepository(repository)).isInstanceOf(UsageException.class).hasMessageContaining("already");
        Files.write(Files.createDirectory(folder.resolve("full")).resolve("file"), new byte[1]);
        assertThatThrownBy(() -> engine.initRepository(folder.resolve("full").toString())).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> engine.images(repository, Optional.of("A b"))).isInstanceOf(UsageException.class);
    }

    @Test
    void aFileWithSuchANameStaysAFile() throws Exception {
        Path device = device();
        Path file = folder.resolve("no repository#a");
        engine.image(TestEngine.request(device, file, true, 2), JobMonitor.NONE);
        assertThat(file).isRegularFile();
        assertThat(verifies(file.toString())).isTrue();
    }

    @Test
    void otherCodecsAreRefused() throws Exception {
        ImageRequest request = TestEngine.request(device(), Path.of(repository + "#a"), true, 2);
        ImageRequest.Layout layout = request.layout();
        assertThatThrownBy(() -> engine.image(new ImageRequest(request.device(), request.target(), request.output(), request.source(),
                request.readErrors(), new ImageRequest.Layout("skz", Optional.of("gzip"), OptionalInt.empty(), layout.frameSize(),
                        layout.chunkSize()), request.pipeline(), List.of()), JobMonitor.NONE)).isInstanceOf(UsageException.class)
                .hasMessageContaining("zstd");
    }
}
