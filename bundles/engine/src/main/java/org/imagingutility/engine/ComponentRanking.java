package org.imagingutility.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The {@code service.ranking} that a plug-in declares for Declarative Services, where there is none: on a plain module path.
 * It stands in the description of the component in the plug-in's own jar (OSGi Compendium 8, section 112.4), so it need not be
 * declared twice. (The one element is looked for in the text: a parser of XML takes longer to load than a short call lasts.)
 */
final class ComponentRanking {
    private static final String NAME = "name=\"service.ranking\"";
    private static final String VALUE = "value=\"";

    private ComponentRanking() {
    }

    /** Returns the ranking of a plug-in's class; 0 if it declares none, or is no component. */
    static int of(Class<?> plugin) {
        // no name of a package, so it can be read although the module opens nothing
        String description = "OSGI-INF/" + plugin.getName() + ".xml";
        try (InputStream in = plugin.getModule().isNamed() ? plugin.getModule().getResourceAsStream(description)
                : plugin.getClassLoader().getResourceAsStream(description)) {
            return in == null ? 0 : ranking(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | NumberFormatException e) {
            // what cannot be read declares nothing; Declarative Services would not take it either
            return 0;
        }
    }

    /** Returns what the description says, {@code <property name="service.ranking" type="Integer" value="10"/>}. */
    static int ranking(String description) {
        int name = description.indexOf(NAME);
        if (name < 0) {
            return 0;
        }
        String element = description.substring(description.lastIndexOf('<', name), description.indexOf('>', name));
        int value = element.indexOf(VALUE);
        return value < 0 ? 0 : Integer.parseInt(element.substring(value + VALUE.length(), element.indexOf('"', value + VALUE.length())));
    }
}
