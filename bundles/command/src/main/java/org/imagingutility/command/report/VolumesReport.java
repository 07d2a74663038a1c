package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageVolumesRequest;
import org.imagingutility.api.job.ImageVolumesResult;
import org.imagingutility.api.job.ImageVolumesResult.Volume;
import org.imagingutility.command.console.Branding;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.ProgramName;
import org.imagingutility.command.text.TerminalText;

/** What became of a job that images several volumes. */
public final class VolumesReport {
    private VolumesReport() {
    }

    /** Prints the summary of each image there is, in the order of the request. */
    public static void print(PrintStream out, ImageVolumesRequest request, ImageVolumesResult result) {
        List<ImageRequest> requests = request.images();
        for (int i = 0; i < requests.size(); i++) {
            ImageRequest image = requests.get(i);
            result.volumes().get(i).image().ifPresent(made -> ImageReport.print(out, image, made));
        }
    }

    /** Prints which volumes have no image, why, and what to do, as a command does that failed. */
    public static void printFailures(PrintStream err, ImageVolumesResult result) {
        for (Volume volume : result.failed()) {
            ImagingException failure = volume.failure().orElseThrow();
            err.println(ProgramName.ofProcess() + ": no image of \"" + TerminalText.safe(volume.device()) + "\": "
                    + TerminalText.safe(failure.getMessage()));
            failure.remedy().ifPresent(remedy -> err.println("remedy: " + TerminalText.safe(Branding.ofProcess().renamed(remedy))));
        }
        if (!result.isComplete()) {
            err.println(ProgramName.ofProcess() + ": " + result.images().size() + " of " + result.volumes().size()
                    + " images were made; the same command with --resume keeps these and makes the others");
        }
    }

    /** Writes all of it as JSON: the images there are, and what failed. */
    public static void write(Json.Node node, ImageVolumesResult result) {
        node.objects("images", result.volumes().stream().filter(volume -> volume.image().isPresent()).toList(), (fields, volume) -> {
            fields.put("device", volume.device());
            ResultJson.write(fields, volume.image().orElseThrow());
        });
        node.objects("failed", result.failed(), (fields, volume) -> {
            ImagingException failure = volume.failure().orElseThrow();
            fields.put("device", volume.device()).put("exitCode", ExitCodes.of(failure)).put("message", failure.getMessage())
                    .put("remedy", failure.remedy().map(Branding.ofProcess()::renamed));
        });
    }
}
