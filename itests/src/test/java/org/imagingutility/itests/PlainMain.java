package org.imagingutility.itests;

import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.ImagingService;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.VerifyRequest;

/** A program that embeds the engine; run by {@link PlainModulePathIT} in a JVM of its own. */
final class PlainMain {
    private PlainMain() {
    }

    public static void main(String[] args) throws ImagingException {
        ImagingService service = ServiceLoader.load(ImagingService.class).findFirst().orElseThrow();
        System.out.println("module " + service.getClass().getModule().getName());
        ImageResult result = service.image(ImageRequest.of(args[0], args[1]), JobMonitor.NONE);
        System.out.println("allocator " + result.allocator());
        System.out.println("intact " + service.verify(new VerifyRequest(args[1], false, PipelineOptions.DEFAULT),
                JobMonitor.NONE).intact());
        System.out.println("codecs " + service.plugins().stream().filter(plugin -> plugin.kind().equals("codec"))
                .map(PluginInfo::name).collect(Collectors.joining(" ")));
    }
}
