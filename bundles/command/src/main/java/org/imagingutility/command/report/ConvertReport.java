package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;

/** What a conversion made, as text and as JSON. */
public final class ConvertReport {
    private ConvertReport() {
    }

    /** Prints the summary. */
    public static void print(PrintStream out, ConvertRequest request, ConvertResult result) {
        ImageInfo image = result.image();
        Lines lines = new Lines(out).title("Converted \"" + request.image() + "\" to \"" + request.target() + "\"");
        lines.fact("from", form(result.source()));
        lines.fact("to", form(image));
        lines.fact("device", ByteSizes.formatExactly(image.spec().deviceLength()));
        lines.fact("content", (image.spec().usedOnly() ? "used extents only: " : "all blocks: ")
                + ByteSizes.formatExactly(image.usedBytes()));
        if (image.unreadableBytes() > 0) {
            lines.fact("unreadable", ByteSizes.formatExactly(image.unreadableBytes()) + ", as recorded in the old image");
        }
        lines.fact("ratio", Facts.ratio(image) + " (content to image file)");
        Facts.statistics(lines, result.statistics());
        lines.fact("image digest", image.digests().image().toHex());
        lines.fact("content digest", image.digests().content().toHex());
        Facts.stockRestore(lines, image, request.target());
        result.verified().ifPresent(verified -> VerifyReport.print(out,
                new VerifyRequest(request.target(), false, false, true, request.pipeline()), verified));
    }

    private static String form(ImageInfo image) {
        return image.formatName() + " version " + image.formatVersion() + ", " + ByteSizes.formatExactly(image.fileLength()) + ", "
                + image.spec().codecName() + " level " + image.spec().level();
    }

    /** Writes every field of the record. */
    public static void write(Json.Node node, ConvertResult result) {
        node.object("source", image -> ResultJson.write(image, result.source()));
        node.object("image", image -> ResultJson.write(image, result.image()));
        result.verified().ifPresent(verified -> node.object("verified", fields -> ResultJson.write(fields, verified)));
        ResultJson.write(node, result.statistics());
    }
}
