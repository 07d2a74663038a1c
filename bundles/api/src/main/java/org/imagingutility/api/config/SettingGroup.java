package org.imagingutility.api.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The settings of one bundle. Registered as a service; who reads configuration checks each value by its {@link Setting},
 * and hands over all of them whenever one of them changed. Used by several threads at once.
 */
@ConsumerType
public interface SettingGroup {

    /**
     * Returns the persistent identity: name of the file in {@code conf/} without {@code .cfg}, and of the configuration in
     * the container. By custom the bundle's name.
     */
    String pid();

    /** Returns what these settings are for, in a sentence. */
    String description();

    /** Returns the settings, always the same ones. A key that another group has as well cannot be set by name. */
    List<Setting> settings();

    /**
     * Returns why these values do not go together, empty if they do. Each is fit by itself.
     *
     * @param values a value for each setting, by key
     */
    default Optional<String> contradiction(Map<String, String> values) {
        return Optional.empty();
    }

    /**
     * Takes these values up. Called once before the first command that uses settings runs, and again when one changed; never
     * with a value that its {@link Setting} refuses.
     *
     * @param values a value for each setting, by key
     */
    void apply(Map<String, String> values);
}
