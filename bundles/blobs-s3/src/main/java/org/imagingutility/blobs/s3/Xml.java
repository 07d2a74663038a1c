package org.imagingutility.blobs.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What S3 answers: an element with others in it that are texts, or hold texts. Document types, and with them entities, are refused; what is
 * nested deeper than S3 does it is passed over.
 */
final class Xml {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_TEXT = 4096;

    private final String name;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Map<String, String>> contents = new ArrayList<>();

    private Xml(String name) {
        this.name = name;
    }

    /** Reads what remains in {@code bytes}. */
    static Xml read(ByteBuffer bytes) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        InputStream stream = new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(stream);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new IOException("the server sent a document type");
                }
            }
            Xml root = new Xml(reader.getLocalName());
            root.readAll(reader);
            return root;
        } catch (XMLStreamException | java.util.NoSuchElementException e) {
            throw new IOException("the server sent what is no XML", e);
        }
    }

    private void readAll(XMLStreamReader reader) throws XMLStreamException, IOException {
        int depth = 1;
        String outer = "";
        String inner = "";
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw new IOException("the server sent XML nested more than " + MAX_DEPTH + " deep");
                }
                inner = depth == 3 ? reader.getLocalName() : inner;
                if (depth == 2) {
                    outer = reader.getLocalName();
                    inner = "";
                    if (outer.equals("Contents")) {
                        contents.add(new HashMap<>());
                    }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                add(depth, outer, inner, reader.getText());
            }
        }
    }

    private void add(int depth, String outer, String inner, String text) throws IOException {
        if (text.length() > MAX_TEXT && !text.isBlank()) {
            throw new IOException("the server sent a text of " + text.length() + " characters");
        }
        if (depth == 2) {
            texts.put(outer, text);
        } else if (depth == 3 && outer.equals("Contents")) {
            contents.get(contents.size() - 1).put(inner, text);
        }
    }

    /** Returns the name of the outermost element. */
    String name() {
        return name;
    }

    /** Returns the text of an element in it; empty if there is none. */
    String text(String element) {
        return texts.getOrDefault(element, "");
    }

    /** Returns the texts in each element {@code Contents}, in their order. */
    List<Map<String, String>> contents() {
        return contents;
    }
}
