package org.imagingutility.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileSystemReader;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.api.job.BrowseRequest;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.TestEngine;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.tck.files.PlainFileSystem;
import org.imagingutility.tck.files.TreeContents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowseTest {
    @TempDir
    private Path folder;
    private final TestEngine engine = new TestEngine();
    private final List<String> notices = new ArrayList<>();
    private Path volume;

    @BeforeEach
    void makeVolume() throws IOException {
        PlainFileSystem.Builder builder = new PlainFileSystem.Builder();
        int directory = builder.directory(0, "directory");
        builder.file(directory, "long", "0123456789".repeat(100_000));
        builder.file(0, "short", "content");
        volume = Files.write(folder.resolve("volume.raw"), builder.volume());
        add(new PlainFileSystem());
    }

    private void add(FileSystemReader reader) {
        engine.installed().fileSystemReaders().add(reader, 0, () -> Origin.ofModule(this));
    }

    private Map<String, String> contents(String source) throws ImagingException {
        return engine.browse(new BrowseRequest(source), TreeContents::of, new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
    }

    @Test
    void anImageHasTheFilesOfItsVolume() throws ImagingException {
        Map<String, String> files = contents(volume.toString());
        assertThat(files).containsOnlyKeys("directory/long", "short");
        Path image = folder.resolve("volume.skzimg");
        engine.image(TestEngine.request(volume, image, true, 2), JobMonitor.NONE);
        assertThat(contents(image.toString())).isEqualTo(files);
        assertThat(notices).isEmpty();
    }

    @Test
    void whatNoReaderKnowsIsAnErrorThatNamesThem() throws IOException {
        Path other = Files.write(folder.resolve("other.raw"), new byte[1 << 20]);
        assertThatThrownBy(() -> contents(other.toString())).isInstanceOf(FileSystemException.class).hasMessageContaining("plain");
    }

    @Test
    void ofTwoReadersTheUserNamesOne() throws ImagingException {
        add(new PlainFileSystem("other"));
        assertThatThrownBy(() -> contents(volume.toString())).isInstanceOf(UsageException.class).hasMessageContaining("other")
                .hasMessageContaining("plain");
        BrowseRequest named = new BrowseRequest(volume.toString(), Optional.of("other"), "IBM437", 1 << 20);
        assertThat(engine.browse(named, TreeContents::of, JobMonitor.NONE)).hasSize(2);
    }

    @Test
    void aReaderThatFailsHindersNobody() throws ImagingException {
        FileSystemReader bad = new FileSystemReader() {
            @Override
            public String name() {
                return "bad";
            }

            @Override
            public Optional<FileTree> open(VolumeDevice device, ReadingOptions options) {
                throw new IllegalStateException("oops");
            }
        };
        add(bad);
        assertThat(contents(volume.toString())).hasSize(2);
        BrowseRequest named = new BrowseRequest(volume.toString(), Optional.of("bad"), "IBM437", 1 << 20);
        assertThatThrownBy(() -> engine.browse(named, TreeContents::of, JobMonitor.NONE)).isInstanceOf(PluginException.class)
                .hasMessageContaining("\"bad\"");
    }

    @Test
    void aCodePageThatIsNoneIsRefused() {
        assertThatThrownBy(() -> engine.browse(new BrowseRequest(volume.toString(), Optional.empty(), "no such page", 1 << 20),
                TreeContents::of, JobMonitor.NONE)).isInstanceOf(UsageException.class).hasMessageContaining("no such page");
    }
}
