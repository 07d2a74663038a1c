package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.TerminalText;

/** What could not be read, as text: how much, the first ranges, the first files. */
final class UnreadableReport {
    private static final int RANGES_SHOWN = 20;
    private static final int FILES_SHOWN = 20;

    private UnreadableReport() {
    }

    /** Adds one line to a report, if something could not be read. */
    static void fact(Lines lines, ExtentList unreadable, int sectorSize) {
        if (unreadable.count() > 0) {
            long bytes = unreadable.totalLength();
            lines.fact("unreadable", ByteSizes.formatExactly(bytes) + " in " + count(unreadable.count(), "range") + " ("
                    + count((bytes + sectorSize - 1) / sectorSize, "sector") + "), recorded as zeros");
        }
    }

    /** Adds one line to the report of what was written, if the image says that it has zeros for what could not be read. */
    static void asZeros(Lines lines, ImageInfo image) {
        if (image.unreadableBytes() > 0) {
            lines.fact("unreadable", ByteSizes.formatExactly(image.unreadableBytes())
                    + " could not be read when the image was made, and are zeros");
        }
    }

    /** Prints the first ranges. */
    static void ranges(PrintStream out, ExtentList unreadable) {
        if (unreadable.count() == 0) {
            return;
        }
        out.println("Unreadable ranges of the device:");
        for (int i = 0; i < Math.min(RANGES_SHOWN, unreadable.count()); i++) {
            out.println("  bytes " + unreadable.offset(i) + " to " + (unreadable.end(i) - 1) + " ("
                    + unreadable.length(i) + " bytes)");
        }
        if (unreadable.count() > RANGES_SHOWN) {
            out.println("  ... and " + (unreadable.count() - RANGES_SHOWN)
                    + " more; info --json and info --bad-map-out give all of them");
        }
    }

    /** Prints the first files. */
    static void files(PrintStream out, List<TouchedFile> files) {
        if (files.isEmpty()) {
            return;
        }
        out.println("Files in them:");
        for (TouchedFile file : files.subList(0, Math.min(FILES_SHOWN, files.size()))) {
            out.println("  " + TerminalText.safe(file.path()) + (file.bytes() == 0 ? " (what the file system keeps about it)"
                    : " (" + file.bytes() + " bytes)"));
        }
        if (files.size() > FILES_SHOWN) {
            out.println("  ... and " + (files.size() - FILES_SHOWN) + " more");
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
