package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.command.text.ByteSizes;

/** What an image job made, as text. */
public final class ImageReport {
    private ImageReport() {
    }

    /** Prints the summary of a finished image. */
    public static void print(PrintStream out, ImageRequest request, ImageResult result) {
        ImageInfo image = result.image();
        Lines lines = new Lines(out).title("Imaged \"" + request.device() + "\" to \"" + request.target() + "\"");
        lines.fact("device", ByteSizes.formatExactly(image.spec().deviceLength()) + ", sectors of "
                + image.spec().sectorSize() + " bytes");
        lines.fact("file system", Facts.fileSystem(result.fileSystem()));
        lines.fact("content", (image.spec().usedOnly() ? "used extents only" : "all blocks") + ", as told by allocator "
                + result.allocator() + ": " + ByteSizes.formatExactly(image.usedBytes()));
        lines.fact("read", ByteSizes.formatExactly(result.bytesRead()));
        lines.fact("stored", ByteSizes.formatExactly(image.fileLength()) + ", " + image.spec().codecName() + " level "
                + image.spec().level());
        lines.fact("ratio", Facts.ratio(image) + " (content to image file)");
        lines.fact("rate", Facts.rate(result.bytesRead(), result.statistics().elapsed()) + " read");
        Facts.statistics(lines, result.statistics());
        lines.fact("image digest", image.digests().image().toHex());
        lines.fact("content digest", image.digests().content().toHex());
        result.linearHashes().forEach((name, digest) -> lines.fact(name,
                digest.toHex() + " (whole device" + (image.spec().usedOnly() ? ", free ranges as zeros)" : ")")));
        Facts.stockRestore(lines, image, request.target());
        result.verified().ifPresent(verified -> VerifyReport.print(out, request.target(), false, verified));
    }
}
