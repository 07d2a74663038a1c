package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.Json;

/** What a server did, as text and as JSON. */
public final class ServeReport {
    private ServeReport() {
    }

    /** Prints the summary. */
    public static void print(PrintStream out, ServeRequest request, ServeResult result) {
        ServeStatistics done = result.statistics();
        Lines lines = new Lines(out).title("Served \"" + request.subject() + "\" for " + Durations.format(result.elapsed()));
        lines.fact("connections", Long.toString(done.connections()));
        lines.fact("requests", done.requests() + (done.errors() == 0 ? "" : ", " + done.errors() + " answered by an error"));
        lines.fact("read", ByteSizes.formatExactly(done.bytesRead()));
        if (done.bytesWritten() > 0) {
            lines.fact("written", ByteSizes.formatExactly(done.bytesWritten()));
        }
    }

    /** Writes every field of the record. */
    public static void write(Json.Node node, ServeResult result) {
        ServeStatistics done = result.statistics();
        node.put("connections", done.connections()).put("requests", done.requests()).put("errors", done.errors());
        node.put("bytesRead", done.bytesRead()).put("bytesWritten", done.bytesWritten());
        node.put("elapsedMillis", result.elapsed().toMillis());
    }
}
