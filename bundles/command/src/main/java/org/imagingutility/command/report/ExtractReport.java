package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.imagingutility.api.job.ExtractRequest;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.Json;

/** What was extracted, as text and as JSON. Names that were changed and what is missing has been told by then, line by line. */
public final class ExtractReport {
    private ExtractReport() {
    }

    /** Prints the summary. */
    public static void print(PrintStream out, ExtractRequest request, ExtractResult result) {
        ExtractResult.Counts counts = result.counts();
        Lines lines = new Lines(out).title((result.isComplete() ? "Extracted \"" : "Extracted, but not all: \"") + request.subject() + "\" to \""
                + request.folder() + "\"");
        List<String> kinds = new ArrayList<>();
        add(kinds, counts.files(), "file", "files");
        add(kinds, counts.directories(), "folder", "folders");
        add(kinds, counts.links(), "link", "links");
        add(kinds, counts.special(), "device or pipe", "devices and pipes");
        lines.fact("made", kinds.isEmpty() ? "nothing" : String.join(", ", kinds));
        if (counts.kept() > 0) {
            lines.fact("were there", counts.kept() + " of them");
        }
        lines.fact("written", ByteSizes.formatExactly(counts.bytesWritten()));
        if (counts.changed() > 0) {
            lines.fact("names changed", counts.changed() + ", listed above");
        }
        if (!result.isComplete()) {
            lines.fact("missing", counts.unreadable() + " not readable, " + counts.notMade() + " not made, listed above");
        }
        lines.fact("took", Durations.format(result.elapsed()));
    }

    private static void add(List<String> kinds, long count, String one, String several) {
        if (count > 0) {
            kinds.add(count + " " + (count == 1 ? one : several));
        }
    }

    /** Writes every field of the record. */
    public static void write(Json.Node node, ExtractResult result) {
        ExtractResult.Counts counts = result.counts();
        node.put("complete", result.isComplete());
        node.put("directories", counts.directories()).put("files", counts.files()).put("links", counts.links()).put("special", counts.special());
        node.put("kept", counts.kept()).put("bytesWritten", counts.bytesWritten());
        node.put("changedNames", counts.changed()).put("unreadable", counts.unreadable()).put("notMade", counts.notMade());
        node.objects("changed", result.changed(), (each, change) -> each.put("path", change.path()).put("name", change.name()));
        node.objects("missing", result.missing(), (each, missing) -> each.put("path", missing.path()).put("reason", missing.reason()));
        node.put("elapsedMillis", result.elapsed().toMillis());
    }

    /** Returns the exit code: 0 only if nothing is missing. */
    public static int exitCode(ExtractResult result) {
        return result.isComplete() ? ExitCodes.DONE : result.counts().unreadable() > 0 ? ExitCodes.INPUT_OUTPUT : ExitCodes.TARGET;
    }
}
