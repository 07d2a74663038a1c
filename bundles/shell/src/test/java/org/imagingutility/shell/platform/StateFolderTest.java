package org.imagingutility.shell.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFolderTest {
    @Test
    void isWhereTheSystemKeepsSuchThings() {
        assertThat(StateFolder.find(Map.of(), "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/home/u/.local/state/imagingutility"));
        assertThat(StateFolder.find(Map.of("XDG_STATE_HOME", "/s"), "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/s/imagingutility"));
        assertThat(StateFolder.find(Map.of("XDG_STATE_HOME", "s"), "/home/u", "Linux", "imagingutility")).as("a relative path is to be ignored")
                .isEqualTo(Path.of("/home/u/.local/state/imagingutility"));
        assertThat(StateFolder.find(Map.of("LOCALAPPDATA", "/l"), "/u", "Windows 11", "imagingutility")).isEqualTo(Path.of("/l/imagingutility"));
        assertThat(StateFolder.find(Map.of(), "/u", "Windows 11", "imagingutility")).isEqualTo(Path.of("/u/AppData/Local/imagingutility"));
    }
}
