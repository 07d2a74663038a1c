package org.imagingutility.command.config;

import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;

/** A group's file in which nothing is set yet: each setting as a comment, with what it is for and what it may be. */
public final class Template {
    private Template() {
    }

    /** Returns the text of the file. */
    public static String of(SettingGroup group) {
        StringBuilder text = new StringBuilder("# ").append(group.description()).append('\n')
                .append("# A line \"key = value\" changes a setting; below, each stands as a comment with its default.\n");
        for (Setting setting : group.settings()) {
            text.append("\n# ").append(setting.description()).append('\n')
                    .append("# Must be ").append(setting.range()).append(".\n")
                    .append('#').append(setting.key()).append(" = ").append(setting.defaultValue()).append('\n');
        }
        return text.toString();
    }
}
