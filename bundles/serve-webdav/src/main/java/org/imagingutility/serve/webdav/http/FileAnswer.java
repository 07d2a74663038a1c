package org.imagingutility.serve.webdav.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.FileContent;

/**
 * Answers a GET or HEAD of a file by its content: whole, or the ranges that are wanted. Whatever the file is, a browser may do no more than save
 * it: it is somebody's file and not this server's page.
 */
public final class FileAnswer {
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int FAILED = 412;
    private static final int NOT_SATISFIABLE = 416;
    private static final int PIECE = 128 << 10;
    private static final String TYPE = "application/octet-stream";

    private final Exchange exchange;
    private final FileContent content;
    private final ByteBuffer piece;
    /** Offset of what is in the piece; -1 for nothing. */
    private long loaded = -1;

    private FileAnswer(Exchange exchange, FileContent content) {
        this.exchange = exchange;
        this.content = content;
        this.piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, content.length())));
    }

    /**
     * Answers.
     *
     * @param name name of the file, as it is to be saved
     * @param etag strong entity tag of the content
     */
    public static void send(Exchange exchange, String name, FileContent content, String etag, Optional<Instant> modified)
            throws IOException, ImagingException {
        exchange.set("ETag", etag);
        modified.flatMap(HttpDates::format).ifPresent(date -> exchange.set("Last-Modified", date));
        exchange.set("Accept-Ranges", "bytes");
        exchange.set("Cache-Control", "private, no-cache");
        switch (Conditions.of(exchange, etag, modified)) {
            case NOT_MODIFIED -> exchange.answer(NOT_MODIFIED);
            case FAILED -> exchange.error(FAILED, "the file is not the one that the request is about");
            case GO_ON -> {
                exchange.set("Content-Type", TYPE);
                attach(exchange, name);
                new FileAnswer(exchange, content).send(etag);
            }
        }
    }

    /** Has a browser save an answer and run nothing of it. */
    public static void attach(Exchange exchange, String name) {
        exchange.set("Content-Disposition", disposition(name));
        exchange.set("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    /** Returns a Content-Disposition by RFC 6266: the name in ASCII, and as it is (RFC 8187). */
    private static String disposition(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]|[\"\\\\/%]", "_");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + PathText.encoded(name.replaceAll("[\\p{Cntrl}\\p{Cs}/\\\\]", "_"));
    }

    private void send(String etag) throws IOException, ImagingException {
        long total = content.length();
        Optional<ByteRanges> wanted = exchange.method().equals("GET") && Conditions.wantsRange(exchange, etag)
                ? exchange.header("Range").flatMap(header -> ByteRanges.of(header, total)) : Optional.empty();
        if (wanted.isEmpty()) {
            // what cannot be read at all is an error, and no answer that breaks off
            first(0, total);
            OutputStream out = exchange.begin(OK, OptionalLong.of(total));
            copy(new ByteRanges.Range(0, total), out);
            exchange.end();
        } else if (wanted.get().ranges().isEmpty()) {
            exchange.set("Content-Range", "bytes */" + total);
            exchange.error(NOT_SATISFIABLE, "the file has " + total + " bytes");
        } else if (wanted.get().ranges().size() == 1) {
            ByteRanges.Range range = wanted.get().ranges().get(0);
            exchange.set("Content-Range", range.contentRange(total));
            first(range.first(), range.length());
            OutputStream out = exchange.begin(PARTIAL, OptionalLong.of(range.length()));
            copy(range, out);
            exchange.end();
        } else {
            several(wanted.get().ranges(), total);
        }
    }

    /** Answers several ranges, each as a part (RFC 9110, section 14.6). */
    private void several(List<ByteRanges.Range> ranges, long total) throws IOException, ImagingException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String boundary = HexFormat.of().formatHex(random);
        List<byte[]> heads = new ArrayList<>();
        byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        long length = end.length;
        for (ByteRanges.Range range : ranges) {
            byte[] head = ("\r\n--" + boundary + "\r\nContent-Type: " + TYPE + "\r\nContent-Range: " + range.contentRange(total) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            heads.add(head);
            length += head.length + range.length();
        }
        exchange.set("Content-Type", "multipart/byteranges; boundary=" + boundary);
        first(ranges.get(0).first(), ranges.get(0).length());
        OutputStream out = exchange.begin(PARTIAL, OptionalLong.of(length));
        for (int i = 0; i < ranges.size(); i++) {
            out.write(heads.get(i));
            copy(ranges.get(i), out);
        }
        out.write(end);
        exchange.end();
    }

    /** Reads the first piece of what is wanted. */
    private void first(long offset, long length) throws ImagingException {
        if (!exchange.isHead()) {
            load(offset, length);
        }
    }

    private void load(long offset, long length) throws ImagingException {
        int wanted = (int) Math.min(length, piece.capacity());
        if (loaded != offset || piece.limit() != wanted) {
            loaded = -1;
            content.read(offset, piece.clear().limit(wanted));
            loaded = offset;
        }
    }

    private void copy(ByteRanges.Range range, OutputStream out) throws IOException, ImagingException {
        if (exchange.isHead()) {
            return;
        }
        long end = range.first() + range.length();
        for (long at = range.first(); at < end; at += piece.limit()) {
            load(at, end - at);
            out.write(piece.array(), 0, piece.limit());
        }
    }
}
