package org.imagingutility.command.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging ls}. */
@Command(name = "ls", sortOptions = false, customSynopsis = "imaging ls --in=IMAGE [options] [PATH]",
        description = {"Lists a directory of a volume, without mounting it.",
            "IMAGE is an image, the folder of a backup set, a device or a raw file, or a partition of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class LsCommand implements Callable<Integer> {
    /** Larger directories come in the order of the volume. */
    private static final int MOST_SORTED = 100_000;

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "What the directory is on.")
    private String image;

    @Option(names = {"-l", "--long"}, order = 2, description = "Show kind and permissions, owner, size and time of change as well.")
    private boolean details;

    @Option(names = {"-R", "--recursive"}, order = 3, description = "List all below the directory too, a path a line, in the order of the volume.")
    private boolean recursive;

    @Option(names = "--json", order = 4, description = "Print a JSON object a line for each file; lengths in bytes, times in UTC.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "PATH", defaultValue = "/", description = "The directory, with slashes between names. Default: /.")
    private String path;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        FilesRun run = new FilesRun(imaging);
        Json objects = new Json(imaging.console().out());
        return imaging.directService().browse(volume.request(image), tree -> {
            TreePath start = TreePath.find(tree, path, true);
            Printer printer = new Printer(tree, start, run, objects);
            if (start.node().kind() != FileKind.DIRECTORY) {
                printer.print(start.text(), null, start);
            } else if (recursive) {
                FileWalk.run(tree, image, start.node(), printer);
            } else {
                list(tree, start, printer);
            }
            return run.end();
        }, run);
    }

    private void list(FileTree tree, TreePath directory, Printer printer) throws ImagingException {
        List<DirectoryEntry> sorted = new ArrayList<>();
        try (DirectoryCursor cursor = tree.list(directory.node())) {
            for (boolean more = true; more;) {
                try {
                    more = cursor.next();
                } catch (FileSystemException | DeviceException e) {
                    printer.failed("", e);
                    continue;
                }
                if (more) {
                    sorted.add(cursor.entry());
                }
                if (sorted.size() == MOST_SORTED || !more) {
                    sorted.sort(Comparator.comparing(entry -> entry.name().text()));
                    for (DirectoryEntry entry : sorted) {
                        printer.found(entry.name().text(), entry);
                    }
                    sorted.clear();
                }
            }
        }
    }

    /** Prints what is found, as it was asked for. */
    private final class Printer implements FileWalk.Visitor {
        private final FileTree tree;
        private final TreePath start;
        private final FilesRun run;
        private final Json objects;

        Printer(FileTree tree, TreePath start, FilesRun run, Json objects) {
            this.tree = tree;
            this.start = start;
            this.run = run;
            this.objects = objects;
        }

        @Override
        public boolean found(String found, DirectoryEntry entry) throws ImagingException {
            run.checkCancelled();
            print(found, entry, new TreePath(whole(found), entry.node()));
            return true;
        }

        private String whole(String found) {
            return start.text().isEmpty() || found.isEmpty() ? start.text() + found : start.text() + "/" + found;
        }

        @Override
        public void failed(String found, ImagingException error) throws ImagingException {
            run.missing(whole(found), error);
        }

        private void print(String shown, DirectoryEntry entry, TreePath file) throws ImagingException {
            FileKind kind = file.node().kind();
            FileDetails facts = null;
            String target = "";
            if (details || json) {
                try {
                    facts = tree.details(file.node());
                    target = kind.isLink() ? tree.target(file.node()).shown().text() : "";
                } catch (ImagingException e) {
                    run.missing(file.text(), e);
                }
            }
            if (json) {
                write(entry, file, facts, target);
                return;
            }
            String name = TreePath.shown(shown) + (kind == FileKind.DIRECTORY ? "/" : "")
                    + (target.isEmpty() ? "" : " -> " + TreePath.shown(target));
            run.line(details ? columns(facts) + name : name);
        }

        private String columns(FileDetails facts) {
            if (facts == null) {
                return "?".repeat(10) + "  ";
            }
            String owner = facts.posix().map(posix -> String.format("%5d %5d ", posix.owner(), posix.group())).orElse("");
            return FileFacts.mode(facts) + " " + owner + String.format("%12d  ", facts.size()) + FileFacts.time(facts.times().modified()) + "  ";
        }

        private void write(DirectoryEntry entry, TreePath file, FileDetails facts, String target) {
            objects.object(node -> {
                FileFacts.name(node, file.text(), entry == null ? null : entry.name());
                node.put("id", file.node().id());
                if (facts == null) {
                    node.put("kind", FileFacts.word(file.node().kind()));
                } else {
                    FileFacts.write(node, facts);
                }
                if (!target.isEmpty()) {
                    node.put("target", TreePath.shown(target));
                }
            });
        }
    }
}
