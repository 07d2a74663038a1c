package org.imagingutility.command.config;

import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;

/**
 * A setting and what is in force.
 *
 * @param group the group it belongs to
 * @param setting the setting
 * @param value the value in force, in its usual form
 * @param source where it comes from: {@code default}, the name of a file in {@code conf/}, or {@code container} for what
 *        somebody set in the container's configuration
 */
public record Effective(SettingGroup group, Setting setting, String value, String source) {
}
