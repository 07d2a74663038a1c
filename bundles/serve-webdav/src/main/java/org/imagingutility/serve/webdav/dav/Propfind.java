package org.imagingutility.serve.webdav.dav;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.xml.stream.XMLStreamException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.files.DirectoryCursor;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.serve.webdav.http.Exchange;
import org.imagingutility.serve.webdav.http.HttpError;
import org.imagingutility.serve.webdav.http.LateBody;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.serve.webdav.tree.Found;
import org.imagingutility.serve.webdav.tree.OpenPlace;
import org.imagingutility.serve.webdav.tree.Place;
import org.imagingutility.serve.webdav.tree.Site;

/**
 * Answers PROPFIND (RFC 4918, section 9.1) for one resource, or for a collection and what is in it. Files and directories are resources, and symbolic
 * links to files as if they were these files. Other links are none, since who goes down by them may never come back.
 */
public final class Propfind {
    private static final int MULTI_STATUS = 207;
    private static final byte[] FINITE = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><D:error xmlns:D=\"DAV:\"><D:propfind-finite-depth/></D:error>\n")
            .getBytes(StandardCharsets.UTF_8);

    private final Exchange exchange;
    private final boolean members;
    private final MultiStatus status;
    private final LateBody body;

    private Propfind(Exchange exchange, PropfindRequest request, boolean members) throws XMLStreamException {
        this.exchange = exchange;
        this.members = members;
        this.body = new LateBody(exchange, MULTI_STATUS);
        this.status = new MultiStatus(body, request);
    }

    /** Answers. */
    public static void answer(Exchange exchange, Site site) throws IOException, ImagingException, HttpError {
        Place place = site.find(exchange.rawPath());
        String depth = exchange.header("Depth").orElse("infinity").strip();
        PropfindRequest request = PropfindRequest.of(exchange.readBody());
        exchange.set("Content-Type", "application/xml; charset=utf-8");
        if (!depth.equals("0") && !depth.equals("1")) {
            exchange.begin(HttpError.FORBIDDEN, OptionalLong.of(FINITE.length)).write(FINITE);
            exchange.end();
            return;
        }
        try {
            new Propfind(exchange, request, depth.equals("1")).answer(site, place);
        } catch (XMLStreamException e) {
            throw new IOException("the answer cannot be written", e);
        }
    }

    private void answer(Site site, Place place) throws IOException, ImagingException, XMLStreamException, HttpError {
        if (place instanceof Place.Root) {
            status.add(Resource.folder("/", "Images"));
            if (members) {
                for (ServedImage image : site.images()) {
                    if (image.isDisk() || image.volumes().get(0).refusal().isEmpty()) {
                        status.add(Resource.folder(PathText.path(List.of(image.name()), true), image.name()));
                    }
                }
            }
        } else if (place instanceof Place.Disk disk) {
            disk(disk.image());
        } else {
            try (OpenPlace open = OpenPlace.find((Place.Inside) place)) {
                inside(open);
            }
        }
        status.end();
        body.end();
    }

    private void disk(ServedImage image) throws XMLStreamException {
        status.add(Resource.folder(PathText.path(List.of(image.name()), true), image.name()));
        if (members) {
            for (var volume : image.volumes()) {
                if (volume.refusal().isEmpty()) {
                    String name = Site.nameOf(volume);
                    status.add(Resource.folder(PathText.path(List.of(image.name(), name), true), name));
                }
            }
        }
    }

    private void inside(OpenPlace open) throws ImagingException, XMLStreamException, HttpError {
        Found found = open.found();
        if (!found.canBeAskedFor() || exchange.rawPath().endsWith("/") && !open.isDirectory()) {
            throw new HttpError(HttpError.NOT_FOUND, "there is no file or directory of that name");
        }
        List<String> names = open.place().names();
        status.add(Resource.of(PathText.path(names, open.isDirectory()), found));
        if (!members || !open.isDirectory()) {
            return;
        }
        try (DirectoryCursor cursor = open.list()) {
            while (cursor.next()) {
                member(open, cursor, names);
            }
        }
    }

    private void member(OpenPlace open, DirectoryCursor cursor, List<String> above) throws ImagingException, XMLStreamException {
        String name = cursor.entry().name().text();
        if (!PathText.isPossible(name)) {
            return;
        }
        List<String> names = new ArrayList<>(above);
        names.add(name);
        try {
            Found found = open.found(cursor.entry());
            if (found.canBeAskedFor() && (found.link().isEmpty() || !Resource.of("", found).isCollection())) {
                status.add(Resource.of(PathText.path(names, found.isFolder()), found));
            }
        } catch (ImagingException e) {
            if (!OpenPlace.isOfTheFile(e)) {
                throw e;
            }
            status.addFailed(PathText.path(names, false), e.getMessage());
        }
    }
}
