package org.imagingutility.command.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.files.NamePattern;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.command.options.SizeConverter;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging find}. */
@Command(name = "find", sortOptions = false, customSynopsis = "imaging find --in=IMAGE [options] [PATH]",
        description = {"Finds files of a volume, without mounting it, and prints their paths. What is asked for must all fit.",
            "IMAGE is an image, the folder of a backup set, a device or a raw file, or a partition of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class FindCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "What the files are on.")
    private String image;

    @Option(names = "--name", order = 2, paramLabel = "PATTERN", description = "Names that match: * any characters, ? one, [a-z] one of "
            + "those. Several times for any of several. Case counts if it does on the volume.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--type", order = 3, paramLabel = "file|directory|link|other", description = "Only what is of this kind.")
    private String type;

    @Option(names = "--min-size", order = 4, paramLabel = "SIZE", converter = SizeConverter.class, description = "Only files of this size and larger.")
    private Long least;

    @Option(names = "--max-size", order = 5, paramLabel = "SIZE", converter = SizeConverter.class, description = "Only files of this size and smaller.")
    private Long most;

    @Option(names = "--json", order = 6, description = "Print a JSON object a line for each file; lengths in bytes, times in UTC.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "PATH", defaultValue = "/", description = "The directory to begin with. Default: /.")
    private String path;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        if (type != null && !List.of("file", "directory", "link", "other").contains(type)) {
            throw new UsageException("--type is file, directory, link or other, not \"" + type + "\"", null);
        }
        FilesRun run = new FilesRun(imaging);
        return imaging.directService().browse(volume.request(image), tree -> {
            TreePath start = TreePath.find(tree, path, true);
            FileWalk.run(tree, image, start.node(), new Finder(tree, start, run));
            return run.end();
        }, run);
    }

    /** Prints what fits. */
    private final class Finder implements FileWalk.Visitor {
        private final FileTree tree;
        private final TreePath start;
        private final FilesRun run;
        private final List<NamePattern> patterns = new ArrayList<>();
        private final Json objects = new Json(imaging.console().out());

        Finder(FileTree tree, TreePath start, FilesRun run) throws UsageException {
            this.tree = tree;
            this.start = start;
            this.run = run;
            for (String each : names) {
                patterns.add(NamePattern.of(each, tree.traits().caseSensitive()));
            }
        }

        @Override
        public boolean found(String found, DirectoryEntry entry) throws ImagingException {
            run.checkCancelled();
            String whole = start.text().isEmpty() ? found : start.text() + "/" + found;
            if (fits(entry)) {
                print(whole, entry);
            }
            return true;
        }

        private boolean fits(DirectoryEntry entry) {
            FileKind kind = entry.node().kind();
            boolean typed = type == null || type.equals(switch (kind) {
                case FILE -> "file";
                case DIRECTORY -> "directory";
                case SYMBOLIC_LINK, JUNCTION -> "link";
                default -> "other";
            });
            return typed && (patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(entry.name().text())))
                    && (least == null && most == null || kind == FileKind.FILE);
        }

        private void print(String whole, DirectoryEntry entry) throws ImagingException {
            if (!json && least == null && most == null) {
                run.line("/" + TreePath.shown(whole));
                return;
            }
            FileDetails details;
            try {
                details = tree.details(entry.node());
            } catch (ImagingException e) {
                run.missing(whole, e);
                return;
            }
            if (least != null && details.size() < least || most != null && details.size() > most) {
                return;
            }
            if (json) {
                objects.object(node -> {
                    FileFacts.name(node, whole, entry.name());
                    node.put("id", entry.node().id());
                    FileFacts.write(node, details);
                });
            } else {
                run.line("/" + TreePath.shown(whole));
            }
        }

        @Override
        public void failed(String found, ImagingException error) throws ImagingException {
            run.missing(start.text().isEmpty() ? found : start.text() + "/" + found, error);
        }
    }
}
