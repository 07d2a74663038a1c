package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.job.MissChance;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.api.job.VerifyResult.Coverage;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.TerminalText;

/** What a verification found, as text. The last line begins with {@code OK} or {@code DAMAGED}. */
public final class VerifyReport {
    private VerifyReport() {
    }

    /** Prints each damage, what was looked at, and the verdict. */
    public static void print(PrintStream out, VerifyRequest request, VerifyResult result) {
        result.damages().forEach(damage -> out.println(TerminalText.safe(line(damage))));
        long unlisted = result.damageCount() - result.damages().size();
        if (unlisted > 0) {
            out.println("... and " + unlisted + " more");
        }
        files(out, result.touchedFiles());
        Coverage coverage = result.coverage();
        Lines lines = new Lines(out).title("Verified \"" + request.image() + "\"" + (request.quick() ? " (quick)" : ""));
        lines.fact("frames", coverage.framesChecked() + " of " + coverage.frameCount() + " decompressed and compared ("
                + Facts.percent(coverage.framesChecked(), coverage.frameCount()) + ")");
        lines.fact("image file", ByteSizes.format(coverage.fileBytesChecked()) + " of "
                + ByteSizes.format(result.image().fileLength()) + " looked at ("
                + Facts.percent(coverage.fileBytesChecked(), result.image().fileLength()) + ")");
        if (!coverage.complete() && !coverage.missChances().isEmpty()) {
            lines.fact("would be missed", coverage.missChances().stream().map(VerifyReport::chance)
                    .collect(Collectors.joining(", ", "damage of ", "")));
        }
        lines.fact("bytes came", coverage.fromMedium() ? "from the medium, past the cache"
                : request.uncached() ? "through the cache: where the image lies nothing else is offered" : "through the cache");
        lines.fact("rate", Facts.rate(coverage.fileBytesChecked(), result.statistics().elapsed()) + " of image file");
        Facts.statistics(lines, result.statistics());
        if (result.image().unreadableBytes() > 0) {
            lines.fact("unreadable", ByteSizes.formatExactly(result.image().unreadableBytes())
                    + " were unreadable when the image was made, and are zeros in it");
        }
        DigestFacts.both(lines, result.proven(), unproven(result));
        DigestFacts.expected(lines, request.expected(), result.proven(), Optional.empty());
        out.println(TerminalText.safe(verdict(request, result)));
    }

    private static String unproven(VerifyResult result) {
        if (!result.intact()) {
            return "the image is damaged";
        }
        return result.coverage().complete() ? "the image has none of the whole; each frame was compared with its own"
                : "only a sample of the frames was compared";
    }

    private static void files(PrintStream out, List<TouchedFile> files) {
        for (TouchedFile file : files) {
            out.println(TerminalText.safe("damaged file: " + file.path() + (file.bytes() > 0 ? " (" + file.bytes() + " bytes)"
                    : " (what the file system keeps about it)")));
        }
    }

    private static String chance(MissChance miss) {
        return ByteSizes.format(miss.damageLength()) + " " + (miss.chance() == 0 ? "never"
                : miss.chance() < 0.001 ? "with less than 0.1 %"
                : "with " + String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, 100 * miss.chance())));
    }

    private static String verdict(VerifyRequest request, VerifyResult result) {
        if (!result.intact()) {
            return "DAMAGED: " + result.damageCount() + (result.damageCount() == 1 ? " damage" : " damages")
                    + " found in \"" + request.image() + "\""
                    + (result.stoppedAtFirst() ? "; stopped at the first, there may be more" : "");
        }
        return result.coverage().complete() ? "OK"
                : "OK: no damage in what was looked at; verify " + (request.quick() ? "without --quick" : "the image as a whole")
                        + " to check every frame";
    }

    private static String line(Damage damage) {
        return "damage at byte " + damage.fileOffset() + " of the image"
                + (damage.fileLength() > 0 ? " (" + damage.fileLength() + " bytes)" : "") + ": " + damage.reason()
                + damage.device().map(extent -> "; device bytes " + extent.offset() + " to " + (extent.end() - 1)
                        + " cannot be restored").orElse("; nothing of the device is lost by it");
    }
}
