package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.SortedMap;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.command.text.ByteSizes;

/** What an image says of itself, as text. */
public final class InfoReport {
    private InfoReport() {
    }

    /** Prints header, device, allocation, sizes, digests, all metadata, and what could not be read. */
    public static void print(PrintStream out, String reference, ImageInfo image, ExtentList unreadable) {
        ImageSpec spec = image.spec();
        Lines lines = new Lines(out).title("Image \"" + reference + "\"");
        lines.fact("format", image.formatName() + " version " + image.formatVersion());
        lines.fact("created", spec.created().toString());
        lines.fact("device", ByteSizes.formatExactly(spec.deviceLength()) + ", sectors of " + spec.sectorSize() + " bytes");
        lines.fact("allocation", (spec.usedOnly() ? "used extents only: " : "all blocks: ")
                + ByteSizes.formatExactly(image.usedBytes()) + " ("
                + Facts.percent(image.usedBytes(), spec.deviceLength()) + " of the device)");
        if (image.usedBytes() < spec.deviceLength()) {
            lines.fact("left out", ByteSizes.formatExactly(spec.deviceLength() - image.usedBytes()) + " that "
                    + (image.statistics().text("allocator").filter("partitions"::equals).isPresent() ? "the file systems on it call free, or that lie in no"
                    + " partition" : spec.metadata().text("fileSystem.name").orElse("the file system") + " calls free"));
        }
        UnreadableReport.fact(lines, unreadable, spec.sectorSize());
        lines.fact("image file", ByteSizes.formatExactly(image.fileLength()));
        lines.fact("ratio", Facts.ratio(image) + " (content to image file)");
        lines.fact("codec", spec.codecName() + " (wire id " + spec.codecWireId() + "), level " + spec.level());
        lines.fact("chunks", spec.plannedChunks() + ", each of at most " + ByteSizes.format(spec.chunkSize()) + " of device");
        lines.fact("frames", spec.plannedFrames() + ", each of " + ByteSizes.format(spec.frameSize()) + " of device");
        DigestFacts.stated(lines, image);
        Facts.stockRestore(lines, image, reference);
        print(lines, "recorded when it was started", spec.metadata().values());
        print(lines, "recorded when it was finished", image.statistics().values());
        UnreadableReport.ranges(out, unreadable);
    }

    private static void print(Lines lines, String title, SortedMap<String, Object> facts) {
        if (!facts.isEmpty()) {
            lines.title(title).namesUpTo(facts.keySet().stream().mapToInt(String::length).max().orElse(0));
            facts.forEach((key, value) -> lines.fact(key, value.toString()));
        }
    }
}
