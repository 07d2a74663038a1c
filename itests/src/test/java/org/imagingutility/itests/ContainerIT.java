package org.imagingutility.itests;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** All bundles of the distribution in one container. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ContainerIT {
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;

    @Configuration
    public Option[] configuration() {
        return ContainerOptions.distribution("container", name -> true);
    }

    @Test
    public void startsEveryBundle() {
        List<String> inactive = Arrays.stream(context.getBundles()).filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName).toList();
        assertEquals("the launcher does not start this one either", List.of("org.apache.felix.gogo.jline"), inactive);
        Set<String> names = Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName).collect(Collectors.toSet());
        assertTrue(names.toString(), names.containsAll(List.of("org.imagingutility.api", "org.imagingutility.engine",
                "org.imagingutility.command", "org.imagingutility.codec.zstd", "org.imagingutility.format.skz")));
    }

    @Test
    public void knowsEveryPlugin() {
        Set<String> plugins = new HashSet<>();
        for (PluginInfo plugin : service.plugins()) {
            plugins.add(plugin.kind() + " " + plugin.name());
            assertEquals(plugin.toString(), "ACTIVE", plugin.state());
            assertTrue(plugin.toString(), plugin.bundle().startsWith("org.imagingutility."));
        }
        assertTrue(plugins.toString(), plugins.containsAll(List.of("codec zstd", "container format skz",
                "image store file", "device provider file", "allocator ntfs", "allocator ext",
                "allocator fat", "allocator exfat", "allocator swap", "allocator btrfs", "allocator other", "container format img1", "codec stored",
                "allocator all", "partition table mbr-gpt", "virtual disk vhd", "virtual disk vhd-fixed",
                "virtual disk vhdx", "virtual disk qcow2")));
    }

    @Test
    public void publishesTheEntryForCommandLines() throws Exception {
        assertEquals(1, context.getServiceReferences(ToIntFunction.class, "(imaging.main=true)").size());
    }

    @Test
    public void imagesVerifiesAndRestoresAnNtfsVolume() throws Exception {
        Path volume = Path.of(System.getProperty(ContainerOptions.VOLUME));
        Path folder = Path.of(System.getProperty(ContainerOptions.FOLDER));
        String image = folder.resolve("volume.skzimg").toString();
        ImageResult made = service.image(ImageRequest.of(volume.toString(), image), JobMonitor.NONE);
        assertEquals("ntfs", made.allocator());
        assertTrue(made.image().usedBytes() < Files.size(volume));

        VerifyResult verified = service.verify(new VerifyRequest(image, false, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertEquals(List.of(), verified.damages());
        assertEquals(verified.coverage().frameCount(), verified.coverage().framesChecked());

        Path restored = folder.resolve("restored.img");
        service.restore(new RestoreRequest(image, restored.toString(), false, false, true, PipelineOptions.DEFAULT), JobMonitor.NONE);
        assertEquals(Files.size(volume), Files.size(restored));
        // where the restored volume is not zero it equals the original ...
        assertArrayEquals(Files.readAllBytes(restored), masked(Files.readAllBytes(volume), Files.readAllBytes(restored)));
        // ... and an image of it has the same content, as told by the allocator again
        ImageResult again = service.image(ImageRequest.of(restored.toString(), folder.resolve("again.skzimg").toString()),
                JobMonitor.NONE);
        assertEquals(made.image().digests().content(), again.image().digests().content());
    }

    private static byte[] masked(byte[] bytes, byte[] mask) {
        ByteBuffer result = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            result.put(i, mask[i] == 0 ? 0 : bytes[i]);
        }
        return result.array();
    }
}
