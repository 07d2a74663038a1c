package org.imagingutility.engine.export;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.container.ChunkTable;
import org.imagingutility.api.container.FrameEntry;
import org.imagingutility.api.container.ImageReader;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.store.CreateOptions;
import org.imagingutility.api.store.ImageFile;
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
            // a file of the store has its name when all of it is on the medium, not before
            try (ImageFile target = plugins.storeFor(file).create(file, new CreateOptions(false, false))) {
                try {
                    TextTarget text = new TextTarget(target);
                    new Blocks(text).write(open.reader());
                    text.flush();
                    target.publish();
                } catch (ImagingException | RuntimeException | Error e) {
                    discard(target, e);
                    throw e;
                }
            }
        }
    }

    private static void discard(ImageFile target, Throwable cause) {
        try {
            target.discard();
        } catch (ImagingException e) {
            cause.addSuppressed(e);
        }
    }

    /** Text in ASCII that is written to a file a block at a time. For one thread. */
    private static final class TextTarget {
        private static final int BLOCK = 1 << 16;
        private final ImageFile file;
        private final StringBuilder waiting = new StringBuilder(BLOCK);
        private long position;

        TextTarget(ImageFile file) {
            this.file = file;
        }

        void write(String text) throws ImagingException {
            waiting.append(text);
            if (waiting.length() >= BLOCK) {
                flush();
            }
        }

        void flush() throws ImagingException {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(waiting));
            int length = bytes.remaining();
            file.write(position, bytes);
            position += length;
            waiting.setLength(0);
        }
    }

    /** The blocks, joined where neighbours have the same status. */
    private static final class Blocks {
        private final TextTarget out;
        private long begin;
        private long end;
        private char status = NOT_IMAGED;

        Blocks(TextTarget out) {
            this.out = out;
        }

        void write(ImageReader reader) throws ImagingException {
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

        private void chunk(ChunkTable table) throws ImagingException {
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

        private void to(long newEnd, char newStatus) throws ImagingException {
            if (newEnd <= end) {
                return;
            }
            if (newStatus != status) {
                flush();
                status = newStatus;
            }
            end = newEnd;
        }

        private void flush() throws ImagingException {
            if (end > begin) {
                out.write(String.format(Locale.ROOT, "0x%08X  0x%08X  %c%n", begin, end - begin, status).replace("\r\n", "\n"));
                begin = end;
            }
        }
    }
}
