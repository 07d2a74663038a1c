package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.TerminalText;

/** What a repair found and did, as text. The last line is the verdict. */
public final class RepairReport {
    /** Ranges and files beyond these are only counted; the JSON result has all. */
    private static final int SHOWN = 100;

    private RepairReport() {
    }

    /** Prints each damage, what of the device is lost, and what was done or can be. */
    public static void print(PrintStream out, RepairRequest request, RepairResult result) {
        result.damages().forEach(damage -> out.println(TerminalText.safe(line("damage", damage))));
        more(out, result.damageCount() - result.damages().size());
        ranges(out, result.lost());
        files(out, result);
        result.rewritten().forEach(part -> out.println(TerminalText.safe(line("rewritten", part))));
        more(out, result.rewrittenCount() - result.rewritten().size());
        Lines lines = new Lines(out).title("Looked at \"" + request.image() + "\"");
        lines.fact("device", ByteSizes.formatExactly(result.spec().deviceLength()));
        lines.fact("frames", result.framesKept() + " hold, " + result.framesLost() + " are lost");
        lines.fact("lost", ByteSizes.formatExactly(result.lost().totalLength()) + " of the device"
                + (result.finished() ? "" : "; the image has no end: what follows its last chunk counts as lost, though nobody"
                        + " knows what was in use there"));
        result.written().ifPresent(image -> {
            lines.fact("new image", "\"" + request.target().orElse("") + "\", " + ByteSizes.formatExactly(image.fileLength()));
            lines.fact("unreadable", ByteSizes.formatExactly(image.unreadableBytes()) + " recorded in it");
            lines.fact("content digest", image.digests().content().toHex());
        });
        Facts.statistics(lines, result.statistics());
        out.println(TerminalText.safe(verdict(request, result)));
    }

    /** What is lost and not recorded as unreadable was told in a notice and stands in the facts of the new image. */
    private static String leftOut(RepairResult result) {
        return result.written().flatMap(image -> image.statistics().number("repaired.leftOutBytes"))
                .map(bytes -> ", but for " + ByteSizes.formatExactly(bytes) + " that are left out (repaired.leftOutBytes)").orElse("");
    }

    private static void ranges(PrintStream out, ExtentList lost) {
        for (int i = 0; i < Math.min(SHOWN, lost.count()); i++) {
            out.println("lost: device bytes " + lost.offset(i) + " to " + (lost.end(i) - 1) + " ("
                    + ByteSizes.format(lost.length(i)) + ")");
        }
        more(out, lost.count() - SHOWN);
    }

    private static void files(PrintStream out, RepairResult result) {
        for (TouchedFile file : result.touchedFiles().subList(0, Math.min(SHOWN, result.touchedFiles().size()))) {
            out.println(TerminalText.safe("file touched: " + file.path() + (file.bytes() > 0
                    ? " (" + file.bytes() + " bytes lost)" : " (what the file system keeps about it)")));
        }
        more(out, result.touchedFiles().size() - SHOWN);
    }

    private static void more(PrintStream out, long count) {
        if (count > 0) {
            out.println("... and " + count + " more");
        }
    }

    private static String line(String what, Damage damage) {
        return what + " at byte " + damage.fileOffset() + " of the image"
                + (damage.fileLength() > 0 ? " (" + damage.fileLength() + " bytes)" : "") + ": " + damage.reason()
                + damage.device().map(extent -> "; device bytes " + extent.offset() + " to " + (extent.end() - 1)).orElse("");
    }

    private static String verdict(RepairRequest request, RepairResult result) {
        if (request.target().isPresent()) {
            return result.lost().count() == 0 ? "OK: nothing is lost, the new image has all there was"
                    : "SAVED: the new image is whole; what is lost is recorded in it as unreadable" + leftOut(result);
        }
        if (result.intact()) {
            return "OK: nothing is wrong with the image";
        }
        if (request.inPlace()) {
            return result.damagesLeft() == 0 ? "OK: the image is as it was written"
                    : "DAMAGED: " + result.damagesLeft() + " of " + result.damageCount() + " damages cannot be repaired in"
                            + " place; --out writes what is left to a new image";
        }
        return "DAMAGED: nothing was written. --out NEW writes a new image with "
                + (result.lost().count() == 0 ? "all there was" : "all that is left, and records the rest as unreadable")
                + result.obstacle().map(reason -> "; --in-place cannot be used: " + reason).orElse(result.lost().count() == 0
                        ? "; --in-place makes this one as it was" : "; --in-place repairs the structures of this one, not its frames");
    }
}
