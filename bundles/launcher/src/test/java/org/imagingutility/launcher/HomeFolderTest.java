package org.imagingutility.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeFolderTest {
    @Test
    void isWhatTheSystemSays() {
        assertThat(HomeFolder.find("/root", Map.of("HOME", "/home/u"), "Linux")).isEqualTo("/root");
        assertThat(HomeFolder.find("C:\\Users\\u", Map.of(), "Windows 11")).isEqualTo("C:\\Users\\u");
    }

    @Test
    void isNeverAFolderOfWhereTheUserJustIs() {
        assertThat(HomeFolder.find("?", Map.of("HOME", "/home/u"), "Linux")).isEqualTo("/home/u");
        assertThat(HomeFolder.find("?", Map.of("HOME", "relative"), "Linux")).isEqualTo("/nonexistent");
        assertThat(HomeFolder.find("?", Map.of(), "Linux")).isEqualTo("/nonexistent");
    }
}
