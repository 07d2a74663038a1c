package org.imagingutility.launcher.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheRootTest {
    @Test
    void followsTheXdgSpecification() {
        assertThat(CacheRoot.find(Map.of("XDG_CACHE_HOME", "/c"), "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/c/imagingutility"));
        assertThat(CacheRoot.find(Map.of(), "/home/u", "Linux", "imagingutility")).isEqualTo(Path.of("/home/u/.cache/imagingutility"));
        assertThat(CacheRoot.find(Map.of("XDG_CACHE_HOME", "relative"), "/home/u", "Mac OS X", "imagingutility"))
                .isEqualTo(Path.of("/home/u/.cache/imagingutility"));
    }

    @Test
    void liesBelowLocalApplicationDataOnWindows() {
        assertThat(CacheRoot.find(Map.of("LOCALAPPDATA", "/l", "XDG_CACHE_HOME", "/c"), "/home/u", "Windows 11", "imagingutility"))
                .isEqualTo(Path.of("/l/imagingutility/cache"));
        assertThat(CacheRoot.find(Map.of(), "/home/u", "Windows Server 2022", "imagingutility"))
                .isEqualTo(Path.of("/home/u/AppData/Local/imagingutility/cache"));
    }
}
