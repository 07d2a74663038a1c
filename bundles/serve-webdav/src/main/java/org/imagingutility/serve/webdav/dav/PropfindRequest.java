package org.imagingutility.serve.webdav.dav;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.imagingutility.serve.webdav.http.HttpError;

/**
 * What a PROPFIND asks for (RFC 4918, section 14.20).
 *
 * @param kind whether values are wanted, and of which properties
 * @param names the properties, if they are named
 */
record PropfindRequest(Kind kind, List<QName> names) {
    static final String DAV = "DAV:";
    private static final int MOST_NAMES = 200;
    private static final int MOST_DEPTH = 20;

    /** What is wanted. */
    enum Kind {
        /** The values of all properties. */
        ALL,
        /** The names of all properties. */
        NAMES,
        /** The values of those that are named. */
        NAMED
    }

    PropfindRequest {
        names = List.copyOf(names);
    }

    /** Returns what the body of a request asks for; an empty one asks for all (section 9.1). */
    static PropfindRequest of(byte[] body) throws HttpError {
        if (body.length == 0) {
            return new PropfindRequest(Kind.ALL, List.of());
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // no entities, no documents of others (section 17.6, 17.7)
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is loaded");
        });
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new HttpError(HttpError.BAD_REQUEST, "the body of the request is no XML that can be read");
        }
    }

    private static PropfindRequest read(XMLStreamReader reader) throws XMLStreamException, HttpError {
        Kind kind = null;
        List<QName> names = new ArrayList<>();
        int depth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new HttpError(HttpError.BAD_REQUEST, "the body of the request has a document type or entities, which nobody here looks at");
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                QName name = reader.getName();
                if (depth == 1 && !isDav(name, "propfind") || depth > MOST_DEPTH) {
                    throw new HttpError(HttpError.BAD_REQUEST, "the body of the request is no propfind");
                } else if (depth == 2) {
                    kind = kind(name, kind);
                } else if (depth == 3 && kind == Kind.NAMED) {
                    names.add(name);
                }
                if (names.size() > MOST_NAMES) {
                    throw new HttpError(HttpError.TOO_LARGE, "more than " + MOST_NAMES + " properties are asked for");
                }
            }
        }
        if (kind == null) {
            throw new HttpError(HttpError.BAD_REQUEST, "the propfind does not say what is wanted");
        }
        return new PropfindRequest(kind, names);
    }

    /** What is not known is passed over (section 17); {@code include} asks for what is sent anyway. */
    private static Kind kind(QName name, Kind before) throws HttpError {
        Kind found = isDav(name, "prop") ? Kind.NAMED : isDav(name, "allprop") ? Kind.ALL : isDav(name, "propname") ? Kind.NAMES : null;
        if (found != null && before != null) {
            throw new HttpError(HttpError.BAD_REQUEST, "the propfind wants two things at once");
        }
        return found == null ? before : found;
    }

    private static boolean isDav(QName name, String local) {
        return name.getNamespaceURI().equals(DAV) && name.getLocalPart().equals(local);
    }
}
