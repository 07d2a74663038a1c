package org.imagingutility.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {

    @Test
    void thePropertyComesBeforeTheEnvironmentAndThatBeforeTheCustom() {
        Map<String, String> environment = Map.of("IMAGINGUTILITY_DATA", "/e", "XDG_STATE_HOME", "/x");
        assertThat(DataFolder.find("/p", environment, "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/p").toAbsolutePath());
        assertThat(DataFolder.find(" ", environment, "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/e").toAbsolutePath());
        assertThat(DataFolder.find(null, Map.of("XDG_STATE_HOME", "/x"), "/home/u", "Linux", "imagingutility"))
                .isEqualTo(Path.of("/x/imagingutility"));
    }

    @Test
    void theCustomIsThatOfTheSystem() {
        assertThat(DataFolder.find(null, Map.of("XDG_STATE_HOME", "relative"), "/home/u", "Linux", "imagingutility"))
                .isEqualTo(Path.of("/home/u/.local/state/imagingutility"));
        assertThat(DataFolder.find(null, Map.of("LOCALAPPDATA", "/l"), "/u", "Windows 11", "imagingutility"))
                .isEqualTo(Path.of("/l/imagingutility"));
        assertThat(DataFolder.find(null, Map.of(), "/u", "Windows 11", "imagingutility")).isEqualTo(Path.of("/u/AppData/Local/imagingutility"));
    }
}
