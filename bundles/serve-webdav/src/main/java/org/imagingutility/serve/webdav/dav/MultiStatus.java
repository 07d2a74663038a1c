package org.imagingutility.serve.webdav.dav;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a multistatus (RFC 4918, section 14.16), one resource after the other. For one thread. */
final class MultiStatus {
    private static final String PREFIX = "D";
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found";

    private final XMLStreamWriter xml;
    private final PropfindRequest request;

    /** Begins it. */
    MultiStatus(OutputStream out, PropfindRequest request) throws XMLStreamException {
        this.request = request;
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement(PREFIX, "multistatus", PropfindRequest.DAV);
        xml.writeNamespace(PREFIX, PropfindRequest.DAV);
    }

    /** Writes a resource. */
    void add(Resource resource) throws XMLStreamException {
        Map<String, String> properties = resource.properties();
        start("response");
        element("href", resource.href());
        if (request.kind() == PropfindRequest.Kind.NAMED) {
            named(resource, properties);
        } else {
            start("propstat");
            start("prop");
            for (Map.Entry<String, String> property : properties.entrySet()) {
                property(resource, property.getKey(), request.kind() == PropfindRequest.Kind.ALL ? property.getValue() : null);
            }
            xml.writeEndElement();
            element("status", OK);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void named(Resource resource, Map<String, String> properties) throws XMLStreamException {
        List<QName> missing = new ArrayList<>();
        start("propstat");
        start("prop");
        for (QName name : request.names()) {
            String value = name.getNamespaceURI().equals(PropfindRequest.DAV) ? properties.get(name.getLocalPart()) : null;
            if (value == null) {
                missing.add(name);
            } else {
                property(resource, name.getLocalPart(), value);
            }
        }
        xml.writeEndElement();
        element("status", OK);
        xml.writeEndElement();
        if (missing.isEmpty()) {
            return;
        }
        start("propstat");
        start("prop");
        for (QName name : missing) {
            foreign(name);
        }
        xml.writeEndElement();
        element("status", NOT_FOUND);
        xml.writeEndElement();
    }

    /** Writes a property; without its value if that is null. */
    private void property(Resource resource, String name, String value) throws XMLStreamException {
        if (name.equals(Resource.TYPE) && value != null && resource.isCollection()) {
            start(name);
            xml.writeEmptyElement(PREFIX, "collection", PropfindRequest.DAV);
            xml.writeEndElement();
        } else if (value == null || value.isEmpty()) {
            xml.writeEmptyElement(PREFIX, name, PropfindRequest.DAV);
        } else {
            element(name, value);
        }
    }

    private void foreign(QName name) throws XMLStreamException {
        if (name.getNamespaceURI().isEmpty()) {
            xml.writeEmptyElement(name.getLocalPart());
        } else if (name.getNamespaceURI().equals(PropfindRequest.DAV)) {
            xml.writeEmptyElement(PREFIX, name.getLocalPart(), PropfindRequest.DAV);
        } else {
            xml.writeEmptyElement("x", name.getLocalPart(), name.getNamespaceURI());
            xml.writeNamespace("x", name.getNamespaceURI());
        }
    }

    /** Writes a resource of which nothing can be told. */
    void addFailed(String href, String reason) throws XMLStreamException {
        start("response");
        element("href", href);
        element("status", "HTTP/1.1 500 Internal Server Error");
        element("responsedescription", reason);
        xml.writeEndElement();
    }

    /** Ends it. */
    void end() throws XMLStreamException {
        xml.writeEndDocument();
        xml.flush();
    }

    private void start(String name) throws XMLStreamException {
        xml.writeStartElement(PREFIX, name, PropfindRequest.DAV);
    }

    private void element(String name, String text) throws XMLStreamException {
        start(name);
        xml.writeCharacters(possible(text));
        xml.writeEndElement();
    }

    /** Returns text of characters that XML can have ("Extensible Markup Language (XML) 1.0", section 2.2); the others are replaced. */
    private static String possible(String text) {
        StringBuilder possible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> possible.appendCodePoint(c == '\t' || c == '\n' || c >= 0x20 && c < Character.MIN_SURROGATE
                || c > Character.MAX_SURROGATE && c < 0xFFFE || c > 0xFFFF ? c : 0xFFFD));
        return possible.toString();
    }
}
