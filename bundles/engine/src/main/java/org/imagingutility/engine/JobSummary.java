package org.imagingutility.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.Digest;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.Damage;
import org.imagingutility.api.container.ImageDigests;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.job.ConvertResult;
import org.imagingutility.api.job.DiskExportResult;
import org.imagingutility.api.job.ExtractResult;
import org.imagingutility.api.job.ImageResult;
import org.imagingutility.api.job.JobStatistics;
import org.imagingutility.api.job.PluginInfo;
import org.imagingutility.api.job.RepairResult;
import org.imagingutility.api.job.RestoreResult;
import org.imagingutility.api.job.ServeResult;
import org.imagingutility.api.job.VerifyResult;

/** What the log says of a result, a line for each subject. */
final class JobSummary {
    /** Ranges and damages that are told one by one; the result has more. */
    private static final int MOST = 100;
    private final List<String> lines = new ArrayList<>();
    private final List<PluginInfo> plugins;

    private JobSummary(List<PluginInfo> plugins) {
        this.plugins = plugins;
    }

    static List<String> of(Object result, List<PluginInfo> plugins) {
        JobSummary summary = new JobSummary(plugins);
        if (result instanceof ImageResult made) {
            summary.image(made);
        } else if (result instanceof VerifyResult found) {
            summary.image(found.image());
            summary.verified(found);
        } else if (result instanceof RestoreResult written) {
            summary.image(written.image());
            summary.proven(written.proven());
            summary.lines.add("written: " + written.bytesWritten() + " bytes; given back: " + written.bytesGivenBack()
                    + " bytes; read back: " + written.bytesVerified() + " bytes"
                    + (written.verifiedOnMedium() ? " from the medium" : ""));
            summary.statistics(written.statistics(), written.bytesWritten());
        } else if (result instanceof DiskExportResult written) {
            summary.image(written.image());
            summary.proven(written.proven());
            summary.used("virtual disk", written.format());
            summary.lines.add("written: a disk of " + written.diskLength() + " bytes in a file of " + written.fileLength());
            summary.statistics(written.statistics(), written.diskLength());
        } else if (result instanceof ConvertResult made) {
            summary.image(made.source());
            summary.image(made.image());
            made.verified().ifPresent(summary::verified);
            summary.statistics(made.statistics(), made.source().usedBytes());
        } else if (result instanceof RepairResult repaired) {
            summary.repaired(repaired);
        } else if (result instanceof ServeResult served) {
            summary.lines.add("served: " + RecordText.of(served.statistics()));
        } else if (result instanceof ExtractResult extracted) {
            summary.lines.add("extracted: " + RecordText.of(extracted.counts()));
        }
        return summary.lines;
    }

    private void image(ImageResult made) {
        image(made.image());
        used("allocator", made.allocator());
        lines.add("file system: " + RecordText.of(made.fileSystem()));
        if (made.resumed().isPresent()) {
            lines.add("resumed: " + RecordText.of(made.resumed().get()));
        }
        ranges("unreadable", made.unreadable());
        lines.add("read: " + made.bytesRead() + " bytes; stored: " + made.image().fileLength() + " bytes"
                + (made.alreadyComplete() ? "; was complete already" : ""));
        for (Map.Entry<String, Digest> hash : made.linearHashes().entrySet()) {
            lines.add(hash.getKey() + ": " + hash.getValue());
        }
        if (made.verified().isPresent()) {
            verified(made.verified().get());
        }
        statistics(made.statistics(), made.bytesRead());
    }

    private void image(ImageInfo image) {
        ImageSpec spec = image.spec();
        lines.add("device: " + spec.deviceLength() + " bytes, sectors of " + spec.sectorSize() + ", " + spec.metadata().values());
        used("container format", image.formatName());
        used("codec", spec.codecName());
        lines.add("image: level " + spec.level() + ", frames of " + spec.frameSize() + ", chunks of " + spec.chunkSize()
                + ", in use " + image.usedBytes() + " bytes, unreadable " + image.unreadableBytes() + " bytes, states "
                + RecordText.of(image.digests()));
    }

    private void proven(Optional<ImageDigests> digests) {
        digests.ifPresent(proven -> lines.add("proven: " + RecordText.of(proven)));
    }

    private void verified(VerifyResult found) {
        proven(found.proven());
        lines.add((found.intact() ? "intact" : "damaged: " + found.damageCount() + " damages") + "; " + RecordText.of(found.coverage()));
        damages(found.damages());
        statistics(found.statistics(), found.coverage().fileBytesChecked());
    }

    private void repaired(RepairResult repaired) {
        lines.add((repaired.finished() ? "finished" : "not finished") + ", " + repaired.damageCount() + " damages, "
                + repaired.framesKept() + " frames kept, " + repaired.framesLost() + " lost, " + repaired.rewrittenCount()
                + " structures rewritten, " + repaired.damagesLeft() + " damages left");
        damages(repaired.damages());
        ranges("lost", repaired.lost());
        repaired.obstacle().ifPresent(why -> lines.add("cannot be repaired in place: " + why));
        repaired.written().ifPresent(this::image);
        statistics(repaired.statistics(), repaired.fileLength());
    }

    private void damages(List<Damage> damages) {
        damages.stream().limit(MOST).forEach(damage -> lines.add("damage: " + RecordText.of(damage)));
    }

    private void ranges(String what, ExtentList ranges) {
        for (int i = 0; i < Math.min(MOST, ranges.count()); i++) {
            lines.add(what + ": bytes " + ranges.offset(i) + " to " + (ranges.end(i) - 1) + " of the device");
        }
        if (ranges.count() > MOST) {
            lines.add(what + ": " + (ranges.count() - MOST) + " more ranges");
        }
    }

    /** Names the plug-in and what it comes from; both are there where several share the name. */
    private void used(String kind, String name) {
        List<String> from = new ArrayList<>();
        for (PluginInfo each : plugins) {
            if (each.kind().equals(kind) && each.name().equals(name)) {
                from.add(each.bundle() + " " + each.version());
            }
        }
        lines.add("used: " + kind + " " + name + (from.isEmpty() ? "" : " of " + String.join(" or ", from)));
    }

    private void statistics(JobStatistics statistics, long bytes) {
        double seconds = statistics.elapsed().toNanos() / 1e9;
        String line = String.format(Locale.ROOT, "took %.3f s, %d frames, %d workers, %.1f MiB/s", seconds, statistics.frames(),
                statistics.workers(), seconds > 0 ? bytes / seconds / (1 << 20) : 0);
        lines.add(statistics.bottleneck().isEmpty() ? line : line + String.format(Locale.ROOT, ", bottleneck %s (%.0f %%)",
                statistics.bottleneck().get(), 100 * statistics.bottleneckShare()));
    }
}
