package org.imagingutility.command.files;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.files.FileStream;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.command.root.ImagingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code imaging cat}. */
@Command(name = "cat", sortOptions = false, customSynopsis = "imaging cat --in=IMAGE [options] PATH...",
        description = {"Writes files of a volume to standard output, without mounting it.",
            "IMAGE is an image, the folder of a backup set, a device or a raw file, or a partition of any of these (disk#2)."},
        descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%nOptions:%n")
public final class CatCommand implements Callable<Integer> {
    private static final int PIECE = 1 << 18;

    @ParentCommand
    private ImagingCommand imaging;

    @Option(names = "--in", required = true, order = 1, paramLabel = "IMAGE", description = "What the files are on.")
    private String image;

    @Option(names = "--stream", order = 2, paramLabel = "NAME", description = "Write this alternate stream or extended attribute of the "
            + "files instead of their content; stat lists them.")
    private String stream;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "The files, with slashes between names: /etc/fstab.")
    private List<String> paths;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Override
    public Integer call() throws ImagingException {
        FilesRun run = new FilesRun(imaging);
        return imaging.directService().browse(volume.request(image), tree -> {
            for (String path : paths) {
                TreePath found = TreePath.find(tree, path, stream == null);
                try (FileContent content = open(tree, found)) {
                    copy(content, run);
                } catch (ImagingException e) {
                    run.missing(found.text(), e);
                }
            }
            return run.end();
        }, run);
    }

    private FileContent open(FileTree tree, TreePath path) throws ImagingException {
        if (stream == null) {
            if (path.node().kind() != FileKind.FILE) {
                throw new UsageException("\"/" + TreePath.shown(path.text()) + "\" is no file: " + FileFacts.word(path.node().kind()), null);
            }
            return tree.open(path.node());
        }
        for (FileStream each : tree.streams(path.node())) {
            if (each.name().text().equals(stream)) {
                return tree.open(path.node(), each);
            }
        }
        throw new UsageException("\"/" + TreePath.shown(path.text()) + "\" has no stream \"" + TreePath.shown(stream) + "\"",
                "its streams are listed by: imaging stat");
    }

    private void copy(FileContent content, FilesRun run) throws ImagingException {
        PrintStream out = imaging.console().out();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < content.length(); at += piece.limit()) {
            run.checkCancelled();
            piece.clear().limit((int) Math.min(PIECE, content.length() - at));
            content.read(at, piece);
            out.write(piece.array(), 0, piece.limit());
            if (out.checkError()) {
                // whoever read it has closed it; the runner says so
                return;
            }
        }
    }
}
