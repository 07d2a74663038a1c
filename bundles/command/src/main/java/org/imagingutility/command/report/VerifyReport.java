package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.job.VerifyResult;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Shown;

/** What a verification found, as text. The last line begins with {@code OK} or {@code DAMAGED}. */
public final class VerifyReport {
    private VerifyReport() {
    }

    /** Prints each damage, what was looked at, and the verdict. */
    public static void print(PrintStream out, String image, boolean quick, VerifyResult result) {
        result.damages().forEach(damage -> out.println(Shown.safe(line(damage))));
        long unlisted = result.damageCount() - result.damages().size();
        if (unlisted > 0) {
            out.println("... and " + unlisted + " more");
        }
        Lines lines = new Lines(out).title("Verified \"" + image + "\"" + (quick ? " (quick)" : ""));
        lines.fact("frames", result.framesChecked() + " of " + result.frameCount() + " decompressed and compared ("
                + Facts.percent(result.framesChecked(), result.frameCount()) + ")");
        lines.fact("image file", ByteSizes.format(result.storedBytesChecked()) + " of "
                + ByteSizes.format(result.image().fileLength()) + " looked at ("
                + Facts.percent(result.storedBytesChecked(), result.image().fileLength()) + ")");
        lines.fact("rate", Facts.rate(result.storedBytesChecked(), result.statistics().elapsed()) + " of image file");
        Facts.statistics(lines, result.statistics());
        lines.fact("image digest", result.image().digests().image().toHex());
        lines.fact("content digest", result.image().digests().content().toHex());
        out.println(Shown.safe(verdict(image, quick, result)));
    }

    private static String verdict(String image, boolean quick, VerifyResult result) {
        if (!result.intact()) {
            return "DAMAGED: " + result.damageCount() + (result.damageCount() == 1 ? " damage" : " damages")
                    + " found in \"" + image + "\"";
        }
        return quick && result.framesChecked() < result.frameCount()
                ? "OK: no damage in what was looked at; verify without --quick to check every frame"
                : "OK";
    }

    private static String line(Damage damage) {
        return "damage at byte " + damage.fileOffset() + " of the image"
                + (damage.fileLength() > 0 ? " (" + damage.fileLength() + " bytes)" : "") + ": " + damage.reason()
                + damage.device().map(extent -> "; device bytes " + extent.offset() + " to " + (extent.end() - 1)
                        + " cannot be restored").orElse("; nothing of the device is lost by it");
    }
}
