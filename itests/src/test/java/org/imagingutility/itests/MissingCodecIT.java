package org.imagingutility.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.inject.Inject;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.VerifyRequest;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerMethod;
import org.ops4j.pax.exam.CoreOptions;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution without its codec bundle: a clear answer, and work as soon as the bundle is there. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerMethod.class)
public class MissingCodecIT {
    private static final String CODEC = "itests.codec";
    @Inject
    private BundleContext context;
    @Inject
    private ImagingService service;

    @Configuration
    public Option[] configuration() {
        String codec = "org.imagingutility.codec-zstd";
        return CoreOptions.options(
                CoreOptions.composite(ContainerOptions.distribution("codec", name -> !name.startsWith(codec))),
                CoreOptions.systemProperty(CODEC).value(Built.bundle(codec).toUri().toString()));
    }

    @Test
    public void saysWhichCodecIsMissingAndLeavesNothingBehind() {
        Path image = image();
        ImagingException refusal = assertThrows(ImagingException.class, () -> make(image));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("\"zstd\""));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("available: bzip2, gzip, lz4, none, stored, xz"));
        assertFalse(Files.exists(image));
    }

    @Test
    public void worksOnceTheCodecIsInstalled() throws Exception {
        Path image = image();
        assertThrows(ImagingException.class, () -> make(image));
        Bundle codec = context.installBundle(System.getProperty(CODEC));
        codec.start();
        ImageResult result = make(image);
        assertEquals("zstd", result.image().spec().codecName());

        codec.uninstall();
        ImagingException refusal = assertThrows(ImagingException.class, () -> service.verify(
                new VerifyRequest(image.toString(), false, PipelineOptions.DEFAULT), JobMonitor.NONE));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("codec"));
    }

    private ImageResult make(Path image) throws ImagingException {
        return service.image(ImageRequest.of(System.getProperty(ContainerOptions.VOLUME), image.toString()), JobMonitor.NONE);
    }

    private static Path image() {
        return Path.of(System.getProperty(ContainerOptions.FOLDER), "volume.skzimg");
    }
}
