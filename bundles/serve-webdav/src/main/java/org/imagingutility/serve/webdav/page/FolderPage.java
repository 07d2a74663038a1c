package org.imagingutility.serve.webdav.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.LateBody;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.serve.webdav.tree.Found;
import org.imagingutility.serve.webdav.tree.OpenPlace;

/** A directory as a page: sorted as long as it has no more names than memory should hold, else in the order of the volume. */
public final class FolderPage {
    /** The most names that are sorted. */
    static final int MOST_SORTED = 20_000;
    private static final int OK = 200;

    private final OpenPlace place;
    private final LateBody body;
    private final Order order;
    private final List<Found> rows = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private boolean tooMany;
    private long folders;
    private long others;
    private long bytes;

    private FolderPage(OpenPlace place, Exchange exchange) {
        this.place = place;
        this.body = new LateBody(exchange, OK);
        this.order = Order.of(exchange.query());
    }

    /** Answers with the page of a directory. */
    public static void send(Exchange exchange, OpenPlace place) throws IOException, ImagingException {
        Frame.headers(exchange);
        new FolderPage(place, exchange).send();
    }

    private void send() throws IOException, ImagingException {
        String about = place.place().volume().description() + ", " + Html.human(place.place().volume().length()) + " \u00b7 read-only";
        write(Frame.begin(place.place().names(), about, true));
        write("<table><thead>" + order.heads() + "</thead><tbody>\n");
        try (DirectoryCursor cursor = place.list()) {
            while (next(cursor)) {
                row(cursor);
            }
        }
        if (!tooMany) {
            rows.sort(order.comparison());
        }
        flush();
        for (String trouble : troubles) {
            write("<tr><td class=\"name link bad\" colspan=\"4\">" + Html.text(trouble) + "</td></tr>\n");
        }
        write("</tbody></table>");
        write(Frame.end(count(folders, "folder") + ", " + count(others, "file") + ", " + Html.human(bytes)
                + (tooMany ? ". More than " + MOST_SORTED + " names: they are in the order of the volume." : "")));
        body.end();
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    /** Moves on, over what of the directory does not hold. */
    private boolean next(DirectoryCursor cursor) throws ImagingException {
        while (true) {
            try {
                return cursor.next();
            } catch (ImagingException e) {
                trouble("a part of this folder cannot be read", e);
            }
        }
    }

    private void trouble(String what, ImagingException error) throws ImagingException {
        if (!OpenPlace.isOfTheFile(error)) {
            throw error;
        }
        if (troubles.size() == MOST_SORTED) {
            throw error;
        }
        troubles.add(what + ": " + error.getMessage());
    }

    private void row(DirectoryCursor cursor) throws IOException, ImagingException {
        try {
            rows.add(place.found(cursor.entry()));
        } catch (ImagingException e) {
            trouble("\"" + cursor.entry().name().text() + "\" cannot be read", e);
        }
        if (rows.size() == MOST_SORTED) {
            tooMany = true;
            flush();
        }
    }

    private void flush() throws IOException {
        for (Found row : rows) {
            if (row.kind() == FileKind.DIRECTORY) {
                folders++;
            } else {
                others++;
                bytes += row.kind() == FileKind.FILE ? row.size() : 0;
            }
            write(html(row));
        }
        rows.clear();
    }

    private static String html(Found row) {
        boolean directory = row.kind() == FileKind.DIRECTORY;
        String shape = row.link().isPresent() ? "name link" : directory ? "name dir" : "name";
        String name = Html.text(row.name()) + (directory ? "/" : "");
        StringBuilder html = new StringBuilder("<tr><td class=\"").append(shape).append("\">");
        if (row.canBeAskedFor()) {
            html.append("<a href=\"").append(PathText.encoded(row.name())).append(directory ? "/" : "").append("\">").append(name).append("</a>");
        } else {
            html.append(name);
        }
        row.link().ifPresent(target -> html.append(" <span class=\"note\">\u2192 ").append(Html.text(target)).append("</span>"));
        row.refusal().ifPresent(reason -> html.append(" <span class=\"bad\">").append(Html.text(reason)).append("</span>"));
        if (row.kind() != FileKind.FILE && !directory && row.link().isEmpty()) {
            html.append(" <span class=\"note\">").append(row.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')).append("</span>");
        }
        html.append("</td>").append(row.kind() == FileKind.FILE ? Html.size(row.size()) : Html.noSize());
        return html.append(Html.time(row.modified())).append("</tr>\n").toString();
    }

    private void write(String html) throws IOException {
        body.write(html.getBytes(StandardCharsets.UTF_8));
    }
}
