package org.imagingutility.command.report;

import java.io.PrintStream;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.command.text.ByteSizes;

/** What a restore or an export wrote, as text. */
public final class RestoreReport {
    private RestoreReport() {
    }

    /** Prints the summary of a restore. */
    public static void print(PrintStream out, RestoreRequest request, RestoreResult result) {
        Lines lines = new Lines(out).title("Restored \"" + request.image() + "\" to \"" + request.target() + "\"");
        lines.fact("device", ByteSizes.formatExactly(result.image().spec().deviceLength()));
        lines.fact("in use", ByteSizes.formatExactly(result.image().usedBytes()));
        lines.fact("written", ByteSizes.formatExactly(result.bytesWritten()));
        if (result.bytesGivenBack() > 0) {
            lines.fact("given back", ByteSizes.formatExactly(result.bytesGivenBack()) + " that were not in use");
        }
        if (request.verify()) {
            lines.fact("verified", ByteSizes.formatExactly(result.bytesVerified()) + " read back "
                    + (result.verifiedOnMedium() ? "from the medium" : "from the system's cache") + " and equal");
        }
        finish(lines, result);
        DigestFacts.content(lines, result.proven());
        DigestFacts.expected(lines, request.expected(), result.proven(), result.wholeSha256());
    }

    /** Prints the summary of an export. */
    public static void print(PrintStream out, ExportRequest request, RestoreResult result) {
        Lines lines = new Lines(out).title("Exported \"" + request.image() + "\" to \"" + request.target() + "\"");
        long deviceLength = result.image().spec().deviceLength();
        long length = request.length() < 0 ? deviceLength - request.offset() : request.length();
        lines.fact("device", ByteSizes.formatExactly(deviceLength));
        lines.fact("range", "from byte " + request.offset() + ", " + ByteSizes.formatExactly(length));
        lines.fact("written", ByteSizes.formatExactly(result.bytesWritten()) + "; what a new file has as zeros does not count");
        finish(lines, result);
        if (length == deviceLength) {
            DigestFacts.content(lines, result.proven());
            DigestFacts.expected(lines, request.expected(), result.proven(), result.wholeSha256());
        } else {
            lines.fact("digests", "each frame of the range was compared with its own");
            request.expected().ifPresent(expected -> lines.fact("expected", expected.toHex()
                    + " is the digest of an image that these frames belong to"));
        }
    }

    private static void finish(Lines lines, RestoreResult result) {
        lines.fact("rate", Facts.rate(result.bytesWritten(), result.statistics().elapsed()) + " written");
        Facts.statistics(lines, result.statistics());
        UnreadableReport.asZeros(lines, result.image());
    }
}
