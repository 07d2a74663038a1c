package org.imagingutility.command.repository;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import org.imagingutility.api.repository.ForgetRequest;
import org.imagingutility.api.repository.ForgetResult;
import org.imagingutility.api.repository.PruneRequest;
import org.imagingutility.api.repository.PruneResult;
import org.imagingutility.api.repository.RetainedImage;
import org.imagingutility.command.report.Lines;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** What is said of images that are forgotten, and of prunes. */
final class RetentionReport {
    private RetentionReport() {
    }

    /** Prints which images are kept, and why, and which go. */
    static void print(PrintStream out, ForgetRequest request, ForgetResult result) {
        String place = "\"" + TerminalText.safe(request.repository()) + "\"";
        if (result.images().isEmpty()) {
            out.println("no images in " + place);
            return;
        }
        Table table = new Table("IMAGE", "STATE", "WHY");
        for (RetainedImage image : result.images()) {
            table.add(image.reference().substring(image.reference().lastIndexOf('#') + 1),
                    image.kept() ? "kept" : result.dryRun() ? "would go" : "forgotten", String.join(", ", image.reasons()));
        }
        table.print(out);
        long forgotten = result.forgotten();
        if (forgotten == 0) {
            out.println("no image " + (result.dryRun() ? "would be " : "was ") + "forgotten");
        } else {
            out.println(forgotten + (forgotten == 1 ? " image" : " images") + (result.dryRun() ? " would be" : "") + " forgotten; the room is"
                    + " freed by repository prune");
        }
    }

    /** Writes which images are kept, and why, and which go. */
    static void write(Json.Node node, ForgetResult result) {
        node.put("dryRun", result.dryRun()).put("forgotten", result.forgotten()).objects("images", result.images(),
                (each, image) -> each.put("image", image.reference()).put("name", image.name()).put("kept", image.kept())
                        .put("reasons", String.join(", ", image.reasons())));
    }

    /** Prints what a prune did. */
    static void print(PrintStream out, PruneRequest request, PruneResult result) {
        String would = result.dryRun() ? "would be " : "";
        Lines lines = new Lines(out).title((result.dryRun() ? "Would prune repository \"" : "Pruned repository \"") + request.repository() + "\"");
        lines.fact("images", result.images() + ", all of which stay");
        lines.fact("deleted", would + result.deleted() + " objects, frames of " + ByteSizes.formatExactly(result.deletedBytes()));
        lines.fact("found now", result.condemned() + " objects that no image needs, " + ByteSizes.formatExactly(result.condemnedBytes()));
        if (result.left() > 0) {
            lines.fact("left", result.left() + " more, for the next run");
        }
        if (result.waiting() > 0) {
            lines.fact("waiting", result.waiting() + " objects found before");
        }
        if (result.next().isPresent()) {
            lines.fact("next", "prune again after " + result.next().get().truncatedTo(ChronoUnit.SECONDS) + " to delete what was found");
        }
    }

    /** Writes what a prune did. */
    static void write(Json.Node node, PruneResult result) {
        node.put("dryRun", result.dryRun()).put("images", result.images()).put("deleted", result.deleted()).put("deletedBytes", result.deletedBytes())
                .put("condemned", result.condemned()).put("condemnedBytes", result.condemnedBytes()).put("left", result.left())
                .put("waiting", result.waiting());
        if (result.next().isPresent()) {
            node.put("next", result.next().get().toString());
        }
    }
}
