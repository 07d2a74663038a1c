package org.imagingutility.command.config;

import java.io.InputStream;
import java.util.List;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeProvider;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * A group of settings in the terms of Metatype. Made from the group rather than from XML, because that has no sizes, times
 * and powers of two: {@code validate} asks the setting itself.
 */
class GroupMetaType implements MetaTypeProvider {
    private final SettingGroup group;

    GroupMetaType(SettingGroup group) {
        this.group = group;
    }

    @Override
    public final ObjectClassDefinition getObjectClassDefinition(String id, String locale) {
        return new Definition(group);
    }

    @Override
    public final String[] getLocales() {
        return null; // by the specification: there is one language only
    }

    private record Definition(SettingGroup group) implements ObjectClassDefinition {
        @Override
        public String getName() {
            return group.pid();
        }

        @Override
        public String getID() {
            return group.pid();
        }

        @Override
        public String getDescription() {
            return group.description();
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            // none is mandatory: each has a default
            return filter == REQUIRED ? new AttributeDefinition[0]
                    : group.settings().stream().map(Attribute::new).toArray(AttributeDefinition[]::new);
        }

        @Override
        public InputStream getIcon(int size) {
            return null; // by the specification: there is none
        }
    }

    private record Attribute(Setting setting) implements AttributeDefinition {
        @Override
        public String getName() {
            return setting.key();
        }

        @Override
        public String getID() {
            return setting.key();
        }

        @Override
        public String getDescription() {
            return setting.description() + " Must be " + setting.range() + ".";
        }

        @Override
        public int getCardinality() {
            return 0;
        }

        @Override
        public int getType() {
            return STRING;
        }

        @Override
        public String[] getOptionValues() {
            List<String> choices = setting.choices();
            return choices.isEmpty() ? null : choices.toArray(String[]::new);
        }

        @Override
        public String[] getOptionLabels() {
            return getOptionValues();
        }

        @Override
        public String validate(String value) {
            try {
                setting.check(value);
                return "";
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }

        @Override
        public String[] getDefaultValue() {
            return new String[] {setting.defaultValue()};
        }
    }
}
