package org.imagingutility.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.imagingutility.api.file.FileRights;
import org.imagingutility.engine.plugin.SwapPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What of the engine can be set. */
@Component(service = SettingGroup.class)
public final class EngineSettings implements SettingGroup {
    private static final String PATIENCE = "engine.patience";
    private static final String DRAIN = "engine.drain";
    private static final String MODE = "files.mode";
    private static final List<Setting> SETTINGS = List.of(
            Setting.time(PATIENCE, SwapPolicy.DEFAULT.patience().toSeconds() + "s", "0s", "24h",
                    "How long a job waits for a plug-in that left to come back, before it is suspended."),
            Setting.time(DRAIN, SwapPolicy.DEFAULT.drain().toSeconds() + "s", "0s", "10m",
                    "How long the stopping of a plug-in waits for the jobs that use it to let go of it."),
            Setting.text(MODE, FileRights.DEFAULT, "an octal number from 0600 to 0666 without digits for execution, such as 0640",
                    "Who may read and write new images, raw files and exports, less the umask; folders as well. Not on Windows.",
                    EngineSettings::mode));

    private final EngineComponent engine;

    /** Creates the settings of {@code engine}. */
    @Activate
    public EngineSettings(@Reference EngineComponent engine) {
        this.engine = engine;
    }

    @Override
    public String pid() {
        return "org.imagingutility.engine";
    }

    @Override
    public String description() {
        return "How jobs do when plug-ins leave, and whose the files are that they make.";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    private static String mode(String text) {
        if (FileRights.parse(text).isEmpty()) {
            throw new IllegalArgumentException("is no mode");
        }
        return text.length() == FileRights.DEFAULT.length() ? text : "0" + text;
    }

    /** {@inheritDoc} What the environment asks for goes before the setting, and has to be understood as well. */
    @Override
    public Optional<String> contradiction(Map<String, String> values) {
        Optional<String> mode = FileRights.notUnderstood();
        return mode.isEmpty() ? mode : Optional.of("the mode of new files is \"" + mode.get() + "\" (system property "
                + FileRights.PROPERTY + " or environment variable " + FileRights.VARIABLE + "): it must be a number such as 0640");
    }

    @Override
    public void apply(Map<String, String> values) {
        System.setProperty(FileRights.SETTING, values.get(MODE));
        engine.plugins.policy(new SwapPolicy(Units.time(values.get(PATIENCE)), Units.time(values.get(DRAIN))));
    }
}
