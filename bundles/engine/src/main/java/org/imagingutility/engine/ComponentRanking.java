package org.imagingutility.engine;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The {@code service.ranking} that a plug-in declares for Declarative Services, where there is none: on a plain module path.
 * It stands in the description of the component in the plug-in's own jar (OSGi Compendium 8, section 112.4), so it need not be
 * declared twice.
 */
final class ComponentRanking {
    private static final String RANKING = "service.ranking";

    private ComponentRanking() {
    }

    /** Returns the ranking of a plug-in's class; 0 if it declares none, or is no component. */
    static int of(Class<?> plugin) {
        // no name of a package, so it can be read although the module opens nothing
        String description = "OSGI-INF/" + plugin.getName() + ".xml";
        try (InputStream in = plugin.getModule().isNamed() ? plugin.getModule().getResourceAsStream(description)
                : plugin.getClassLoader().getResourceAsStream(description)) {
            return in == null ? 0 : ranking(in);
        } catch (IOException | XMLStreamException | NumberFormatException e) {
            // what cannot be read declares nothing; Declarative Services would not take it either
            return 0;
        }
    }

    private static int ranking(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        try {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("property")
                        && RANKING.equals(xml.getAttributeValue(null, "name"))) {
                    String value = xml.getAttributeValue(null, "value");
                    return Integer.parseInt((value == null ? xml.getElementText() : value).strip());
                }
            }
            return 0;
        } finally {
            xml.close();
        }
    }
}
