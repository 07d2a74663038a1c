package org.imagingutility.engine;

import java.util.List;
import java.util.Map;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.imagingutility.engine.plugin.SwapPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What of the engine can be set. */
@Component(service = SettingGroup.class)
public final class EngineSettings implements SettingGroup {
    private static final String PATIENCE = "engine.patience";
    private static final String DRAIN = "engine.drain";
    private static final List<Setting> SETTINGS = List.of(
            Setting.time(PATIENCE, SwapPolicy.DEFAULT.patience().toSeconds() + "s", "0s", "24h",
                    "How long a job waits for a plug-in that left to come back, before it is suspended."),
            Setting.time(DRAIN, SwapPolicy.DEFAULT.drain().toSeconds() + "s", "0s", "10m",
                    "How long the stopping of a plug-in waits for the jobs that use it to let go of it."));

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
        return "How jobs do when plug-ins leave.";
    }

    @Override
    public List<Setting> settings() {
        return SETTINGS;
    }

    @Override
    public void apply(Map<String, String> values) {
        engine.plugins.policy(new SwapPolicy(Units.time(values.get(PATIENCE)), Units.time(values.get(DRAIN))));
    }
}
