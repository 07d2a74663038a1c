package org.imagingutility.serve.webdav.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryEntry;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileNode;
import org.imagingutility.api.files.FileTimestamp;
import org.imagingutility.api.files.FileTimes;
import org.imagingutility.api.files.FileWalk;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.FileAnswer;
import org.imagingutility.serve.webdav.tree.OpenPlace;

/**
 * A directory and all below it as a zip stream, made while it is sent. What is not in it is listed in a file at its end, {@value #MISSING}, or
 * {@value #LEFT_OUT} where nothing else is; where a file turns out to be damaged after its begin was sent, the connection is cut off, so that what arrived is no zip file.
 *
 * <p>A zip file ends with a directory of all its entries, which is the one thing that is held in memory: past a bound the connection is cut off too.
 */
public final class ZipDownload implements FileWalk.Visitor {
    static final String MISSING = "INCOMPLETE - what is missing.txt";
    static final String LEFT_OUT = "LEFT OUT - links and devices.txt";
    private static final int OK = 200;
    private static final int PIECE = 256 << 10;
    /** Bytes of the directory of entries: some million files. */
    private static final long MOST_DIRECTORY = 256L << 20;
    private static final int ENTRY_OVERHEAD = 200;
    private static final int MOST_NOTES = 1 << 20;

    private final OpenPlace place;
    private final Exchange exchange;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private final StringBuilder notes = new StringBuilder();
    /** Zip names of the directories on the way to where the walk is. */
    private final Map<String, String> folders = new HashMap<>();
    private ZipOutputStream zip;
    private long directory;
    private long leftOut;
    private boolean missing;

    private ZipDownload(OpenPlace place, Exchange exchange) {
        this.place = place;
        this.exchange = exchange;
    }

    /** Answers. */
    public static void send(Exchange exchange, OpenPlace place) throws IOException, ImagingException {
        List<String> names = place.place().names();
        exchange.set("Content-Type", "application/zip");
        exchange.set("Cache-Control", "private, no-store");
        FileAnswer.attach(exchange, names.get(names.size() - 1) + ".zip");
        new ZipDownload(place, exchange).send();
    }

    private void send() throws IOException, ImagingException {
        OutputStream out = exchange.begin(OK, OptionalLong.empty());
        if (!exchange.isHead()) {
            // not closed after an error: its end would make a zip file of what is none
            zip = new ZipOutputStream(new java.io.BufferedOutputStream(out, PIECE), StandardCharsets.UTF_8);
            zip.setLevel(Deflater.BEST_SPEED);
            folders.put("", "");
            try {
                FileWalk.run(place.tree(), place.place().volume().description(), place.node(), this);
            } catch (Unsent e) {
                throw e.reason;
            }
            notes();
            zip.finish();
            zip.flush();
        }
        exchange.end();
    }

    /** The client took no more: the walk ends. */
    private static final class Unsent extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient IOException reason;

        Unsent(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    @Override
    public boolean found(String path, DirectoryEntry entry) throws ImagingException {
        try {
            return add(path, entry);
        } catch (IOException e) {
            throw new Unsent(e);
        }
    }

    private boolean add(String path, DirectoryEntry entry) throws IOException, ImagingException {
        String name = entry.name().text();
        String above = folders.get(path.length() == name.length() ? "" : path.substring(0, path.length() - name.length() - 1));
        String zipName = above + ZipNames.of(name);
        FileNode node = entry.node();
        try {
            switch (node.kind()) {
                case DIRECTORY -> {
                    String shown = put(zipName, "/", place.tree().details(node).times());
                    zip.closeEntry();
                    folders.put(path, shown);
                    return true;
                }
                case FILE -> file(zipName, node);
                case SYMBOLIC_LINK, JUNCTION -> note(path, "is a link to " + TreePath.shown(place.tree().target(node).shown().text()), null);
                default -> note(path, "is no file: " + node.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '), null);
            }
        } catch (ImagingException e) {
            if (!OpenPlace.isOfTheFile(e)) {
                throw e;
            }
            note(path, "is missing: " + e.getMessage(), e);
        }
        return false;
    }

    @Override
    public void left(String path, FileNode left) {
        folders.remove(path);
    }

    private void file(String zipName, FileNode node) throws IOException, ImagingException {
        FileTimes times = place.tree().details(node).times();
        try (FileContent content = place.tree().open(node)) {
            long length = content.length();
            long at = 0;
            // an error in the first piece is one of a file that is not there yet
            content.read(at, piece.clear().limit((int) Math.min(length, PIECE)));
            put(zipName, "", times);
            while (true) {
                zip.write(piece.array(), 0, piece.limit());
                at += piece.limit();
                if (at == length) {
                    break;
                }
                try {
                    content.read(at, piece.clear().limit((int) Math.min(length - at, PIECE)));
                } catch (ImagingException e) {
                    throw new IOException("\"" + TreePath.shown(zipName) + "\" breaks off at byte " + at + ": " + e.getMessage(), e);
                }
            }
            zip.closeEntry();
        }
    }

    /** Begins an entry, by another name if there is one of that name already, and returns the name that it has. */
    private String put(String name, String end, FileTimes times) throws IOException {
        directory += ENTRY_OVERHEAD + 3L * name.length();
        if (directory > MOST_DIRECTORY) {
            throw new IOException("the folder has too many files for one zip file");
        }
        String free = name;
        for (int i = 2;; i++) {
            ZipEntry entry = new ZipEntry(free + end);
            times.modified().map(FileTimestamp::instant).map(FileTime::from).ifPresent(entry::setLastModifiedTime);
            try {
                zip.putNextEntry(entry);
                return free + end;
            } catch (ZipException e) {
                if (i > 1000) {
                    throw e;
                }
                free = name + "~" + i;
            }
        }
    }

    @Override
    public void failed(String path, ImagingException error) throws ImagingException {
        if (!OpenPlace.isOfTheFile(error)) {
            throw error;
        }
        note(path, "lacks something, because a part of this folder cannot be read: " + error.getMessage(), error);
    }

    private void note(String path, String what, ImagingException error) {
        leftOut++;
        if (error != null) {
            missing = true;
            exchange.log("\"" + TreePath.shown(path) + "\" " + what);
        }
        if (notes.length() < MOST_NOTES) {
            notes.append('/').append(TreePath.shown(path)).append(' ').append(what).append("\r\n");
        }
    }

    private void notes() throws IOException {
        if (leftOut == 0) {
            return;
        }
        String head = leftOut + " files or links of this folder are not in this zip file:\r\n\r\n";
        put(missing ? MISSING : LEFT_OUT, "", FileTimes.NONE);
        zip.write((head + notes + (notes.length() < MOST_NOTES ? "" : "... and more\r\n")).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
