package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;

/** What the export of a virtual disk made, as text and as JSON. */
public final class DiskExportReport {
    private DiskExportReport() {
    }

    /** Prints the summary. */
    public static void print(PrintStream out, DiskExportRequest request, DiskExportResult result) {
        Lines lines = new Lines(out).title("Exported \"" + request.image() + "\" to \"" + request.target() + "\"");
        lines.fact("format", result.format());
        lines.fact("device", ByteSizes.formatExactly(result.image().spec().deviceLength()));
        lines.fact("virtual disk", ByteSizes.formatExactly(result.diskLength()));
        lines.fact("file", ByteSizes.formatExactly(result.fileLength()) + "; what holds zeros takes no room where files can be sparse");
        Facts.statistics(lines, result.statistics());
        UnreadableReport.asZeros(lines, result.image());
        DigestFacts.content(lines, result.proven());
        DigestFacts.expected(lines, request.expected(), result.proven(), result.wholeSha256());
    }

    /** Writes every field of the record. */
    public static void write(Json.Node node, DiskExportResult result) {
        node.put("format", result.format());
        node.put("diskLength", result.diskLength()).put("fileLength", result.fileLength());
        DigestFacts.write(node, result.proven(), result.wholeSha256());
        node.object("image", image -> ResultJson.write(image, result.image()));
        ResultJson.write(node, result.statistics());
    }
}
