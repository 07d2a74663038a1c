package org.imagingutility.command.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileRange;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging stat}. */
@Command(name = "stat", sortOptions = false, customSynopsis = "imaging stat --in=IMAGE [options] PATH...",
        description = {"Shows all that is known of files of a volume, without mounting it: times, permissions, flags, streams.",
            "IMAGE is an image, the folder of a backup set, a device or a raw file, or a partition of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class StatCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "What the files are on.")
    private String image;

    @Option(names = "--json", order = 2, description = "Print a JSON object a line for each file; lengths in bytes, times in UTC.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "The files, with slashes between names: /etc/fstab.")
    private List<String> paths;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        FilesRun run = new FilesRun(imaging);
        return imaging.directService().browse(volume.request(image), tree -> {
            for (String path : paths) {
                run.checkCancelled();
                TreePath found = TreePath.find(tree, path, false);
                try {
                    show(tree, found, run);
                } catch (ImagingException e) {
                    run.missing(found.text(), e);
                }
            }
            return run.end();
        }, run);
    }

    private void show(FileTree tree, TreePath file, FilesRun run) throws ImagingException {
        FileDetails details = tree.details(file.node());
        List<FileStream> streams = tree.streams(file.node());
        String target = file.node().kind().isLink() ? tree.target(file.node()).shown().text() : "";
        long stored = file.node().kind() == FileKind.FILE && details.refusal().isEmpty() ? stored(tree, file) : -1;
        if (json) {
            new Json(imaging.console().out()).object(node -> {
                FileFacts.name(node, file.text(), null);
                node.put("fileSystem", tree.info().fileSystem()).put("id", file.node().id());
                FileFacts.write(node, details);
                if (stored >= 0) {
                    node.put("dataBytes", stored);
                }
                if (!target.isEmpty()) {
                    node.put("target", TreePath.shown(target));
                }
                node.objects("streams", streams, (each, stream) -> each.put("name", TreePath.shown(stream.name().text()))
                        .put("size", stream.size()));
            });
            return;
        }
        for (String[] line : lines(details, tree, file, target, stored)) {
            run.line(String.format("%-10s %s", line[0], line[1]));
        }
        for (FileStream stream : streams) {
            run.line(String.format("%-10s %s (%d bytes)", "stream", TreePath.shown(stream.name().text()), stream.size()));
        }
    }

    private static List<String[]> lines(FileDetails details, FileTree tree, TreePath file, String target, long stored) {
        List<String[]> lines = new ArrayList<>();
        add(lines, "path", "/" + TreePath.shown(file.text()) + (target.isEmpty() ? "" : " -> " + TreePath.shown(target)));
        add(lines, "kind", FileFacts.word(details.kind()) + " on " + tree.info().fileSystem());
        add(lines, "id", Long.toString(file.node().id()));
        add(lines, "size", details.size() + (stored >= 0 && stored < details.size() ? " (" + (details.size() - stored) + " of them holes)" : ""));
        details.allocated().ifPresent(bytes -> add(lines, "allocated", Long.toString(bytes)));
        add(lines, "links", Long.toString(details.links()));
        details.posix().ifPresent(posix -> add(lines, "mode", FileFacts.mode(details) + String.format(" (%04o), owner %d, group %d",
                posix.permissions(), posix.owner(), posix.group())));
        if (!details.flags().isEmpty()) {
            add(lines, "flags", details.flags().stream().map(flag -> flag.name().toLowerCase(Locale.ROOT).replace('_', '-')).sorted()
                    .collect(Collectors.joining(", ")));
        }
        details.device().ifPresent(device -> add(lines, "device", device.major() + ", " + device.minor()));
        time(lines, "modified", details.times().modified());
        time(lines, "accessed", details.times().accessed());
        time(lines, "changed", details.times().changed());
        time(lines, "created", details.times().created());
        details.refusal().ifPresent(reason -> add(lines, "refused", reason.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        return lines;
    }

    private static void add(List<String[]> lines, String name, String value) {
        lines.add(new String[] {name, value});
    }

    private static void time(List<String[]> lines, String name, Optional<FileTimestamp> time) {
        time.ifPresent(one -> add(lines, name, FileFacts.exactly(one) + (one.local() ? " (local time)" : "")));
    }

    /** Returns how many bytes of a content are data: what is left are holes. */
    private static long stored(FileTree tree, TreePath file) throws ImagingException {
        long stored = 0;
        try (FileContent content = tree.open(file.node())) {
            for (long at = 0; at < content.length();) {
                FileRange range = content.range(at, content.length() - at);
                stored += range.kind() == FileRange.Kind.DATA ? range.length() : 0;
                at += range.length();
            }
        }
        return stored;
    }
}
