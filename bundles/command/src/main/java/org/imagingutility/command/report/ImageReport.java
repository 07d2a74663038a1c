package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.Resumed;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.command.text.ByteSizes;

/** What an image job made, as text. */
public final class ImageReport {
    private ImageReport() {
    }

    /** Prints the summary of a finished image. */
    public static void print(PrintStream out, ImageRequest request, ImageResult result) {
        ImageInfo image = result.image();
        if (result.alreadyComplete()) {
            printComplete(out, request, result);
            return;
        }
        Lines lines = new Lines(out).title("Imaged \"" + request.device() + "\" to \"" + request.target() + "\"");
        lines.fact("device", ByteSizes.formatExactly(image.spec().deviceLength()) + ", sectors of "
                + image.spec().sectorSize() + " bytes");
        lines.fact("file system", Facts.fileSystem(result.fileSystem()));
        lines.fact("content", (image.spec().usedOnly() ? "used extents only" : "all blocks") + ", as told by allocator "
                + result.allocator() + ": " + ByteSizes.formatExactly(image.usedBytes()));
        Optional<String> state = image.spec().metadata().text("fileSystem.state");
        if (state.isPresent()) {
            lines.fact("volume state", state.get() + "; taken: " + switch (image.spec().metadata().text("allocation.basis")
                    .orElse("")) {
                case "union" -> "what the file system notes as in use, and what its files refer to";
                case "system" -> "what the operating system says is in use";
                case "recorded" -> "what the file system notes as in use";
                default -> "all blocks";
            });
        }
        Optional<String> contradiction = image.spec().metadata().text("allocation.contradiction");
        if (contradiction.isPresent()) {
            lines.fact("why all blocks", contradiction.get());
        }
        Optional<Long> leftOut = image.spec().metadata().number("leftOut.bytes");
        if (leftOut.isPresent()) {
            lines.fact("left out", ByteSizes.formatExactly(leftOut.get()) + ", zeros stand for them: content of "
                    + image.spec().metadata().text("leftOut.files").orElse("files"));
        }
        if (result.resumed().isPresent()) {
            resumed(lines, result.resumed().get());
        }
        lines.fact("read", ByteSizes.formatExactly(result.bytesRead()));
        UnreadableReport.fact(lines, result.unreadable(), image.spec().sectorSize());
        lines.fact("stored", ByteSizes.formatExactly(image.fileLength()) + ", " + image.spec().codecName() + " level "
                + image.spec().level());
        image.statistics().number("repository.newBytes").ifPresent(bytes -> lines.fact("stored now", ByteSizes.formatExactly(bytes) + " of that, "
                + image.statistics().number("repository.newFrames").orElse(0L) + " frames; the others were there"));
        lines.fact("ratio", Facts.ratio(image) + " (content to image file)");
        lines.fact("rate", Facts.rate(result.bytesRead(), result.statistics().elapsed()) + " read");
        Facts.statistics(lines, result.statistics());
        lines.fact("image digest", image.digests().image().toHex());
        lines.fact("content digest", image.digests().content().toHex());
        for (Map.Entry<String, Digest> hash : result.linearHashes().entrySet()) {
            lines.fact(hash.getKey(), hash.getValue().toHex() + " (whole device"
                    + (image.spec().usedOnly() ? ", free ranges as zeros)" : ")"));
        }
        Facts.stockRestore(lines, image, request.target());
        UnreadableReport.ranges(out, result.unreadable());
        UnreadableReport.files(out, result.touchedFiles());
        printVerified(out, request, result);
    }

    private static void printVerified(PrintStream out, ImageRequest request, ImageResult result) {
        if (result.verified().isPresent()) {
            VerifyReport.print(out, new VerifyRequest(request.target(), false, false, true, request.pipeline()),
                    result.verified().get());
        }
    }

    private static void resumed(Lines lines, Resumed resumed) {
        lines.fact("resumed", resumed.keptFrames() + " frames with " + ByteSizes.format(resumed.keptUsedBytes())
                + " of content were there already; " + ByteSizes.format(resumed.discardedFileBytes())
                + " of the file were not whole and were made again");
        lines.fact("looked at first", resumed.checkedFrames() + " of those frames decoded, "
                + ByteSizes.format(resumed.comparedBytes()) + " compared with the device");
    }

    private static void printComplete(PrintStream out, ImageRequest request, ImageResult result) {
        Lines lines = new Lines(out).title("Already complete: \"" + request.target() + "\"");
        UnreadableReport.fact(lines, result.unreadable(), result.image().spec().sectorSize());
        DigestFacts.stated(lines, result.image());
        UnreadableReport.ranges(out, result.unreadable());
        UnreadableReport.files(out, result.touchedFiles());
        printVerified(out, request, result);
    }
}
