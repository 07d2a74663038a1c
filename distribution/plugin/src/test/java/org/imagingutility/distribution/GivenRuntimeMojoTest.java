package org.imagingutility.distribution;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenRuntimeMojoTest {
    private static final String MODULES = "java.base java.logging java.management java.xml jdk.crypto.ec jdk.management jdk.unsupported";
    @TempDir
    private Path folder;

    private void runtime(String version, String modules) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.write(folder.resolve("bin").resolve("java.exe"), new byte[1]);
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    }

    @Test
    void takesAJavaForWindows() throws Exception {
        for (String version : new String[] {"17", "17.0.9", "25.0.1"}) {
            runtime(version, MODULES + " java.desktop");
            assertThatCode(() -> GivenRuntimeMojo.require(folder)).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesWhatIsNone() throws Exception {
        assertThatThrownBy(() -> GivenRuntimeMojo.require(folder.resolve("none"))).isInstanceOf(IOException.class)
                .hasMessageContaining("none").hasMessageContaining("java.exe");
        for (String version : new String[] {"11.0.2", "1.8.0_392", "", "x"}) {
            runtime(version, MODULES);
            assertThatThrownBy(() -> GivenRuntimeMojo.require(folder)).hasMessageContaining("17 or later");
        }
    }

    @Test
    void refusesOneWithoutAModuleThatIsNeeded() throws Exception {
        runtime("17.0.9", MODULES.replace("jdk.unsupported", ""));
        assertThatThrownBy(() -> GivenRuntimeMojo.require(folder)).hasMessageContaining("lacks the modules jdk.unsupported");
    }
}
