package org.imagingutility.engine.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.file.FilePaths;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.engine.plugin.Plugins;
import org.imagingutility.engine.read.OpenImage;

/** Writes what an image holds of its device as a map file of GNU ddrescue, so that other tools can continue from there. */
public final class BadMapExport {
    private static final char READ = '+';
    private static final char UNREADABLE = '-';
    private static final char NOT_IMAGED = '?';

    private BadMapExport() {
    }

    /** Writes the map of {@code image} to the new file {@code file}. */
    public static void write(Plugins plugins, String image, String file) throws ImagingException {
        try (OpenImage open = OpenImage.open(plugins, image)) {
            Path path = FilePaths.of(file);
            try (BufferedWriter out = new BufferedWriter(Channels.newWriter(FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE), FileRights.asked().ofFile(path)), StandardCharsets.US_ASCII))) {
                new Blocks(out).write(open.reader());
            } catch (FileAlreadyExistsException e) {
                throw new TargetException(file, -1, "exists already", "choose another name, or remove it", e);
            } catch (IOException e) {
                throw new TargetException(file, -1, "cannot be written: " + e.getMessage(), null, e);
            }
        } catch (InvalidPathException e) {
            throw new TargetException(file, -1, "is not a path: " + e.getReason(), null, e);
        }
    }

    /** The blocks, joined where neighbours have the same status. */
    private static final class Blocks {
        private final BufferedWriter out;
        private long begin;
        private long end;
        private char status = NOT_IMAGED;

        Blocks(BufferedWriter out) {
            this.out = out;
        }

        void write(ImageReader reader) throws IOException, ImagingException {
            boolean bad = reader.info().unreadableBytes() > 0;
            out.write("# Mapfile of an image made by ImagingUtility, as GNU ddrescue writes them\n");
            out.write("# + in the image, - unreadable, ? not in the image\n");
            out.write("# current_pos  current_status  current_pass\n");
            out.write("0x00000000     " + (bad ? '-' : '+') + "               1\n");
            out.write("#      pos        size  status\n");
            for (int i = 0; i < reader.chunkCount(); i++) {
                chunk(reader.table(i));
            }
            to(reader.info().spec().deviceLength(), NOT_IMAGED);
            flush();
        }

        private void chunk(ChunkTable table) throws IOException {
            ExtentList.Builder all = new ExtentList.Builder();
            for (FrameEntry entry : table.frames()) {
                ExtentList unreadable = entry.frame().unreadable();
                for (int i = 0; i < unreadable.count(); i++) {
                    all.add(unreadable.offset(i), unreadable.length(i));
                }
            }
            ExtentList unreadable = all.build();
            for (int i = 0; i < table.extents().count(); i++) {
                to(table.extents().offset(i), NOT_IMAGED);
                ExtentList lost = unreadable.within(table.extents().offset(i), table.extents().length(i));
                for (int k = 0; k < lost.count(); k++) {
                    to(lost.offset(k), READ);
                    to(lost.end(k), UNREADABLE);
                }
                to(table.extents().end(i), READ);
            }
        }

        private void to(long newEnd, char newStatus) throws IOException {
            if (newEnd <= end) {
                return;
            }
            if (newStatus != status) {
                flush();
                status = newStatus;
            }
            end = newEnd;
        }

        private void flush() throws IOException {
            if (end > begin) {
                out.write(String.format(Locale.ROOT, "0x%08X  0x%08X  %c%n", begin, end - begin, status).replace("\r\n", "\n"));
                begin = end;
            }
        }
    }
}
