package org.imagingutility.serve.webdav;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.serve.webdav.dav.Propfind;
import org.imagingutility.serve.webdav.http.Access;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.FileAnswer;
import org.imagingutility.serve.webdav.http.HttpError;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.serve.webdav.http.Traffic;
import org.imagingutility.serve.webdav.page.FolderPage;
import org.imagingutility.serve.webdav.page.ImagesPage;
import org.imagingutility.serve.webdav.tree.Found;
import org.imagingutility.serve.webdav.tree.OpenPlace;
import org.imagingutility.serve.webdav.tree.Place;
import org.imagingutility.serve.webdav.tree.Site;
import org.imagingutility.serve.webdav.zip.ZipDownload;

/** Answers requests: who asks, what for, and what comes of errors. Used by several threads at once. */
final class Answers implements HttpHandler {
    private static final String ALLOWED = "OPTIONS, GET, HEAD, PROPFIND";
    private static final int OK = 200;
    private static final int MOVED = 301;

    private final Site site;
    private final Access access;
    private final Traffic traffic;

    Answers(List<ServedImage> images, Access access, Traffic traffic) {
        this.site = new Site(images);
        this.access = access;
        this.traffic = traffic;
    }

    @Override
    public void handle(HttpExchange http) {
        Exchange exchange = new Exchange(http, traffic);
        try {
            answer(exchange);
        } catch (IOException e) {
            // the client went, or what it asks for broke off
            traffic.log(exchange + " broke off: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            traffic.log(exchange + " failed: " + e);
        } finally {
            exchange.close();
        }
    }

    private void answer(Exchange exchange) throws IOException {
        try {
            access.check(exchange);
            switch (exchange.method()) {
                case "GET", "HEAD" -> get(exchange);
                case "PROPFIND" -> Propfind.answer(exchange, site);
                case "OPTIONS" -> options(exchange);
                default -> {
                    exchange.set("Allow", ALLOWED);
                    throw new HttpError(HttpError.NOT_ALLOWED, "images are served to be read: " + ALLOWED);
                }
            }
        } catch (HttpError e) {
            fail(exchange, e);
        } catch (ImagingException e) {
            fail(exchange, HttpError.of(e));
        } catch (OutOfMemoryError e) {
            fail(exchange, HttpError.of(new MemoryException(e)));
        }
    }

    /** Answers an error if that can still be said; else the client sees that what it was sent is not all. */
    private void fail(Exchange exchange, HttpError error) throws IOException {
        if (error.getCause() != null && error.status() != HttpError.NOT_FOUND) {
            traffic.log(exchange + ": " + TreePath.shown(error.getMessage()));
        }
        if (exchange.hasBegun()) {
            throw new IOException("what was sent is not all of it");
        }
        exchange.error(error.status(), TreePath.shown(error.getMessage()));
    }

    private static void options(Exchange exchange) throws IOException {
        exchange.set("Allow", ALLOWED);
        exchange.set("DAV", "1");
        // what Windows asks for before it takes a server for one of WebDAV
        exchange.set("MS-Author-Via", "DAV");
        exchange.answer(OK);
    }

    private void get(Exchange exchange) throws IOException, ImagingException, HttpError {
        Place place = site.find(exchange.rawPath());
        if (place instanceof Place.Root) {
            ImagesPage.ofAll(exchange, site.images());
        } else if (place instanceof Place.Disk disk) {
            if (!isSentOn(exchange)) {
                ImagesPage.ofDisk(exchange, disk.image());
            }
        } else {
            try (OpenPlace open = OpenPlace.find((Place.Inside) place)) {
                inside(exchange, open);
            }
        }
    }

    private static void inside(Exchange exchange, OpenPlace open) throws IOException, ImagingException, HttpError {
        if (open.isDirectory()) {
            if (isSentOn(exchange)) {
                return;
            }
            if (exchange.query().equals("zip")) {
                ZipDownload.send(exchange, open);
            } else {
                FolderPage.send(exchange, open);
            }
            return;
        }
        Found found = open.found();
        if (!found.canBeAskedFor() || exchange.rawPath().endsWith("/")) {
            throw new HttpError(HttpError.NOT_FOUND, "there is no file or directory of that name");
        }
        try (FileContent content = open.open()) {
            FileAnswer.send(exchange, found.name(), content, found.etag(), found.modified());
        }
    }

    /** Sends a client that left away the slash at the end of a folder's path to where it stands: links of pages go on from there. */
    private static boolean isSentOn(Exchange exchange) throws IOException, HttpError {
        if (exchange.rawPath().endsWith("/")) {
            return false;
        }
        exchange.set("Location", PathText.path(PathText.names(exchange.rawPath()), true) + (exchange.query().equals("zip") ? "?zip" : ""));
        exchange.answer(MOVED);
        return true;
    }
}
