package org.imagingutility.command.files;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileDetails;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.job.CompareRequest;
import org.imagingutility.api.job.DifferenceSink;
import org.imagingutility.api.job.FileDifference;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.root.ImagingCommand;
import org.imagingutility.command.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging diff}. */
@Command(name = "diff", sortOptions = false, customSynopsis = "imaging diff [options] BEFORE AFTER",
        description = {"Shows which files two volumes do not have alike, without mounting them: added, removed, changed.",
            "BEFORE and AFTER are images, folders of backup sets, devices or raw files, or partitions of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class DiffCommand implements Callable<Integer> {
    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--path", order = 1, paramLabel = "PATH", defaultValue = "/", description = "Compare what is there in both. Default: /.")
    private String path;

    @Option(names = "--content", order = 2, description = "Compare the bytes of files as well. Without it, files of the same size and time of "
            + "change count as equal.")
    private boolean content;

    @Option(names = "--json", order = 3, description = "Print a JSON object a line for each file; lengths in bytes, times in UTC.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "The one volume.")
    private String before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "The other: what it has more was added.")
    private String after;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        FilesRun run = new FilesRun(imaging);
        Printer printer = new Printer(run);
        imaging.directService().compare(new CompareRequest(volume.request(before), volume.request(after), path, content), printer, run);
        int missing = run.end();
        return missing != ExitCodes.DONE ? missing : printer.any ? ExitCodes.DIFFERENT : ExitCodes.DONE;
    }

    /** Prints what differs. */
    private final class Printer implements DifferenceSink {
        private final FilesRun run;
        private final Json objects = new Json(imaging.console().out());
        private boolean any;

        Printer(FilesRun run) {
            this.run = run;
        }

        @Override
        public void differs(FileDifference difference) throws ImagingException {
            any = true;
            if (json) {
                write(difference);
            } else {
                run.line(text(difference));
            }
        }

        @Override
        public void unreadable(String source, String file, ImagingException error) throws ImagingException {
            run.missing(file, error);
        }

        private void write(FileDifference difference) {
            objects.object(node -> {
                node.put("change", change(difference));
                FileFacts.name(node, difference.path(), difference.name());
                node.texts("fields", difference.fields().stream().sorted().map(DiffCommand::word).toList());
                difference.before().ifPresent(details -> node.object("before", fields -> FileFacts.write(fields, details)));
                difference.after().ifPresent(details -> node.object("after", fields -> FileFacts.write(fields, details)));
            });
        }
    }

    private static String change(FileDifference difference) {
        return difference.isAdded() ? "added" : difference.isRemoved() ? "removed" : "changed";
    }

    private static String word(FileDifference.Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private static String text(FileDifference difference) {
        boolean both = difference.before().isPresent() && difference.after().isPresent();
        FileDetails shown = difference.before().or(difference::after).orElseThrow();
        String name = "/" + TreePath.shown(difference.path());
        String line = String.format("%-8s %s", change(difference), name.equals("/") || shown.kind() != FileKind.DIRECTORY ? name : name + "/");
        return line + (both ? ": " + fields(difference, difference.before().get(), difference.after().get())
                : shown.kind() == FileKind.FILE ? " (" + shown.size() + " bytes)" : "");
    }

    private static String fields(FileDifference difference, FileDetails before, FileDetails after) {
        List<String> parts = new ArrayList<>();
        // in the order of the constants, whatever the set has
        for (FileDifference.Field field : EnumSet.copyOf(difference.fields())) {
            parts.add(word(field) + switch (field) {
                case KIND -> from(FileFacts.word(before.kind()), FileFacts.word(after.kind()));
                case SIZE -> from(before.size() + "", after.size() + "");
                case MODIFIED -> from(before.times().modified().map(FileFacts::exactly).orElse("-"),
                        after.times().modified().map(FileFacts::exactly).orElse("-"));
                case MODE -> from(FileFacts.mode(before), FileFacts.mode(after));
                case OWNER -> from(owner(before), owner(after));
                case TARGET, DEVICE, CONTENT -> "";
            });
        }
        return String.join(", ", parts);
    }

    private static String from(String before, String after) {
        return " " + before + " -> " + after;
    }

    private static String owner(FileDetails details) {
        return details.posix().map(posix -> posix.owner() + ":" + posix.group()).orElse("-");
    }
}
