package org.imagingutility.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.allocator.AllocationBasis;
import org.imagingutility.api.allocator.Allocator;
import org.imagingutility.api.allocator.ExtentCursor;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.allocator.VolumeCondition;
import org.imagingutility.api.allocator.VolumeState;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Origin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an allocator finds worth a word reaches the user, where its word counts. */
class WarningsTest {
    private static final List<String> WARNINGS = List.of("it was not unmounted", "it has errors");

    @TempDir
    private Path folder;
    private Path device;
    private final Warned engine = new Warned();
    private final List<String> notices = new ArrayList<>();

    /** An engine with an allocator more, which knows every device, takes all of it and warns. */
    private static final class Warned extends StandaloneEngine {
        Warned() {
            Allocator all = plugins.allocators().all().stream().filter(Allocator::catchAll).findFirst().orElseThrow();
            Allocator warning = new WarningAllocator(all);
            plugins.allocators().add(warning, 1, () -> Origin.ofModule(warning));
        }
    }

    private record WarningAllocator(Allocator all) implements Allocator {
        @Override
        public String name() {
            return "warning";
        }

        @Override
        public Optional<Allocation> recognise(Device device) throws ImagingException {
            return all.recognise(device).map(WarningAllocation::new);
        }
    }

    private record WarningAllocation(Allocation all) implements Allocation {
        @Override
        public VolumeState state() {
            return new VolumeState(List.of(new VolumeState.Finding(VolumeCondition.DIRTY, "was not unmounted"),
                    new VolumeState.Finding(VolumeCondition.ERRORS, "has errors")), AllocationBasis.UNION);
        }

        @Override
        public FileSystemInfo info() {
            return all.info();
        }

        @Override
        public ExtentCursor extents() throws ImagingException {
            return all.extents();
        }

        @Override
        public List<String> warnings() {
            return WARNINGS;
        }
    }

    @BeforeEach
    void write() throws Exception {
        device = Files.write(folder.resolve("v.raw"), new byte[100_000]);
    }

    @Test
    void warningsOfTheAllocatorThatIsAskedAreTold() throws ImagingException {
        image(false);
        assertThat(notices).containsExactlyElementsOf(WARNINGS);
    }

    @Test
    void theStateOfTheVolumeIsAFactOfTheImage() throws ImagingException {
        Metadata facts = image(false).image().spec().metadata();
        assertThat(facts.text("fileSystem.state")).hasValue("dirty, errors");
        assertThat(facts.text("fileSystem.stateEvidence")).hasValue("was not unmounted, and has errors");
        assertThat(facts.text("allocation.basis")).hasValue("union");
    }

    @Test
    void aVolumeInOrderHasNoSuchFact() throws ImagingException {
        assertThat(image(true).image().spec().metadata().values()).doesNotContainKeys("fileSystem.state",
                "fileSystem.stateEvidence", "allocation.basis");
    }

    @Test
    void warningsOfAnAllocatorThatIsNotAskedAreNot() throws ImagingException {
        image(true);
        assertThat(notices).isEmpty();
    }

    private ImageResult image(boolean allBlocks) throws ImagingException {
        return engine.image(TestEngine.request(device, folder.resolve("i.skz"), allBlocks, 1), new JobMonitor() {
            @Override
            public void notice(String line) {
                notices.add(line);
            }
        });
    }
}
