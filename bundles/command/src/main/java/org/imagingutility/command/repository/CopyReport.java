package org.imagingutility.command.repository;

import java.io.PrintStream;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryCopyResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.command.report.Lines;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.TerminalText;

/** What a copy between repositories did, as text and as JSON. */
final class CopyReport {
    private CopyReport() {
    }

    /** Prints the summary. */
    static void print(PrintStream out, RepositoryCopyRequest request, RepositoryCopyResult result) {
        Lines lines = new Lines(out).title((result.isComplete() ? "Copied \"" : "NOT COMPLETE: copied \"") + request.from() + "\" to \""
                + request.to() + "\"");
        lines.fact("images", result.copied() + " new, " + result.there() + " were there");
        lines.fact("frames", result.framesSent() + " of " + result.frames() + " sent (" + ByteSizes.formatExactly(result.bytesSent()) + ")");
        if (!result.isComplete()) {
            lines.fact("not copied", Integer.toString(result.failures().size()));
            for (RepositoryDamage failure : result.failures()) {
                out.println("  " + TerminalText.safe(failure.image()) + ": " + TerminalText.safe(failure.reason()));
            }
        }
    }

    /** Writes every field of the record. */
    static void write(Json.Node node, RepositoryCopyResult result) {
        node.put("complete", result.isComplete()).put("copied", result.copied()).put("there", result.there()).put("frames", result.frames())
                .put("framesSent", result.framesSent()).put("bytesSent", result.bytesSent())
                .objects("failures", result.failures(), (each, failure) -> each.put("image", failure.image()).put("reason", failure.reason()));
    }
}
