package org.imagingutility.command.report;

import java.time.Duration;
import java.util.Locale;
import org.imagingutility.api.allocator.FileSystemInfo;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Durations;
import org.imagingutility.command.text.TerminalText;

/** Sentences that several reports share. */
final class Facts {
    private Facts() {
    }

    static String fileSystem(FileSystemInfo info) {
        StringBuilder text = new StringBuilder(info.fileSystem());
        if (!info.label().isEmpty()) {
            text.append(", label \"").append(info.label()).append('"');
        }
        if (!info.serial().isEmpty()) {
            text.append(", serial ").append(info.serial());
        }
        if (info.clusterSize() > 0) {
            text.append(", ").append(info.clusterCount()).append(" clusters of ").append(info.clusterSize()).append(" bytes");
        }
        return text.toString();
    }

    /** Returns how many device bytes in use stand for one byte of the file: {@code 2.41 : 1}. */
    static String ratio(ImageInfo image) {
        return image.fileLength() <= 0 ? "-"
                : String.format(Locale.ROOT, "%.2f : 1", image.usedBytes() / (double) image.fileLength());
    }

    static String elapsed(JobStatistics statistics) {
        return Durations.format(statistics.elapsed());
    }

    static String rate(long bytes, Duration elapsed) {
        return ByteSizes.formatRate(bytes, elapsed.toNanos());
    }

    static String percent(double part, double whole) {
        if (whole <= 0) {
            return "0.0 %";
        }
        // 100.0 only for all of it: rounding must not claim it
        double percent = part < whole ? Math.min(99.9, 100 * part / whole) : 100;
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    static void statistics(Lines lines, JobStatistics statistics) {
        lines.fact("elapsed", elapsed(statistics));
        if (statistics.bottleneck().isPresent()) {
            lines.fact("bottleneck", switch (statistics.bottleneck().get()) {
                case READ -> "reading";
                case WORK -> "the workers (codec and digests)";
                case WRITE -> "writing";
            } + String.format(Locale.ROOT, ", busy %.0f %% of the time; workers: %d", 100 * statistics.bottleneckShare(),
                    statistics.workers()));
        }
    }

    /** Says how the image can be restored without this program, or that it cannot. */
    static void stockRestore(Lines lines, ImageInfo image, String reference) {
        lines.fact("restore without this program:", image.stockCommand().isPresent()
                ? stockCommand(image.stockCommand().get(), reference)
                : "not possible: " + (image.noStockCommand().isEmpty()
                        ? "no common tool reads images of format " + image.formatName() : TerminalText.safe(image.noStockCommand())));
    }

    /** Returns the command line that restores {@code image} with a common tool. */
    private static String stockCommand(String stockCommand, String image) {
        String line = stockCommand.contains("{image}") ? stockCommand : stockCommand + " {image} -o {raw}";
        return line.replace("{raw}", "DEVICE.raw").replace("{image}", TerminalText.shellWord(image));
    }
}
