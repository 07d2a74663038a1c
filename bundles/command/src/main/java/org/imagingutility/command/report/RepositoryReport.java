package org.imagingutility.command.report;

import java.io.PrintStream;
import java.util.List;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCheckResult;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.api.repository.RepositoryImage;
import org.imagingutility.api.repository.RepositoryInfo;
import org.imagingutility.command.text.ByteSizes;
import org.imagingutility.command.text.Json;
import org.imagingutility.command.text.Table;
import org.imagingutility.command.text.TerminalText;

/** What is said of repositories. */
public final class RepositoryReport {
    private RepositoryReport() {
    }

    /** Prints what a repository says of itself; {@code made} says whether that was just now. */
    public static void print(PrintStream out, RepositoryInfo info, boolean made) {
        Lines lines = new Lines(out).title((made ? "Made repository \"" : "Repository \"") + info.reference() + "\"");
        lines.fact("format", "version " + info.version());
        lines.fact("id", info.id());
        lines.fact("created", info.created().toString());
        if (!made) {
            lines.fact("images", Long.toString(info.images()));
            lines.fact("frames", info.frames() + ", stored as " + ByteSizes.formatExactly(info.frameBytes()));
            lines.fact("other objects", ByteSizes.formatExactly(info.otherBytes()));
        }
    }

    /** Writes what a repository says of itself. */
    public static void write(Json.Node node, RepositoryInfo info) {
        node.put("repository", info.reference()).put("version", info.version()).put("id", info.id()).put("created", info.created().toString())
                .put("images", info.images()).put("frames", info.frames()).put("frameBytes", info.frameBytes())
                .put("otherBytes", info.otherBytes());
    }

    /** Prints the images of a repository. */
    public static void print(PrintStream out, String repository, List<RepositoryImage> images) {
        if (images.isEmpty()) {
            out.println("no images in \"" + TerminalText.safe(repository) + "\"");
            return;
        }
        Table table = new Table("IMAGE", "CREATED", ">DEVICE", ">IN USE", "FILE SYSTEM", "HOST", "TAGS");
        for (RepositoryImage image : images) {
            String name = image.reference().substring(image.reference().lastIndexOf('#') + 1);
            if (image.info().isEmpty()) {
                table.add(name, "-", "-", "-", image.problem(), "-", "-");
                continue;
            }
            ImageInfo info = image.info().get();
            ImageLabels labels = image.labels();
            table.add(name, info.spec().created().toString(), ByteSizes.format(info.spec().deviceLength()), ByteSizes.format(info.usedBytes()),
                    info.spec().metadata().text("fileSystem.name").orElse("-"), labels.host().orElse("-"),
                    labels.tags().isEmpty() ? "-" : String.join(",", labels.tags()));
        }
        table.print(out);
    }

    /** Writes an image. */
    public static void write(Json.Node node, RepositoryImage image) {
        node.put("image", image.reference()).put("name", image.name());
        if (image.info().isPresent()) {
            image.labels().host().ifPresent(host -> node.put("host", host));
            node.texts("tags", image.labels().tags());
            node.object("info", info -> ResultJson.write(info, image.info().get()));
        } else {
            node.put("problem", image.problem());
        }
    }

    /** Prints what a check found. */
    public static void print(PrintStream out, RepositoryCheckRequest request, RepositoryCheckResult result) {
        Lines lines = new Lines(out).title((result.intact() ? "Nothing is missing in repository \"" : "DAMAGED: repository \"")
                + request.repository() + "\"");
        lines.fact("images", Long.toString(result.images()));
        lines.fact("chunk tables", Long.toString(result.tables()));
        lines.fact("frames", result.frames() + " looked up, " + result.framesRead() + " read and compared ("
                + ByteSizes.formatExactly(result.bytesRead()) + ")");
        if (request.mark()) {
            lines.fact("marked", result.marked() + " frames as damaged, " + result.healed() + " marked before are whole again");
        }
        if (!result.intact()) {
            lines.fact("damages", Long.toString(result.damageCount()));
            for (RepositoryDamage damage : result.damages()) {
                out.println("  " + TerminalText.safe(damage.object()) + ": " + TerminalText.safe(damage.reason()) + " (first in "
                        + TerminalText.safe(damage.image()) + ")");
            }
            if (result.damageCount() > result.damages().size()) {
                out.println("  ... and " + (result.damageCount() - result.damages().size()) + " more");
            }
        }
    }

    /** Writes what a check found. */
    public static void write(Json.Node node, RepositoryCheckResult result) {
        node.put("intact", result.intact()).put("images", result.images()).put("tables", result.tables()).put("frames", result.frames())
                .put("framesRead", result.framesRead()).put("bytesRead", result.bytesRead()).put("damageCount", result.damageCount())
                .put("marked", result.marked()).put("healed", result.healed())
                .objects("damages", result.damages(), (each, damage) -> each.put("object", damage.object()).put("image", damage.image())
                        .put("reason", damage.reason()));
    }
}
