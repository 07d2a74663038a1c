package org.imagingutility.command.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.config.Setting;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final String FILE = "org.imagingutility.command.cfg";
    @TempDir
    Path folder;
    private final JobDefaults group = new JobDefaults();

    @Test
    void everythingIsAsByDefaultWithoutAFile() {
        Configuration configuration = configuration();
        assertThat(configuration.all()).hasSameSizeAs(group.settings())
                .allMatch(each -> each.source().equals("default") && each.value().equals(each.setting().defaultValue()));
        assertThat(configuration.problems()).isEmpty();
    }

    @Test
    void aValueOfTheFileIsInForceInItsUsualForm() throws IOException {
        write("image.retries = 7\n image.frame-size:8192K\nimage.retry-target=120\nimage.verify = TRUE\n");
        Configuration configuration = configuration();
        assertThat(value(configuration, "image.retries")).isEqualTo("7");
        assertThat(value(configuration, "image.frame-size")).isEqualTo("8M");
        assertThat(value(configuration, "image.retry-target")).isEqualTo("2m");
        assertThat(value(configuration, "image.verify")).isEqualTo("true");
        assertThat(configuration.find("image.retries").orElseThrow().source()).isEqualTo(FILE);
    }

    @ParameterizedTest
    @CsvSource({"image.retries,-1", "image.retries,1001", "image.retries,3.5", "image.retries,''",
        "image.retries,99999999999999999999", "image.frame-size,3M", "image.frame-size,128M", "image.frame-size,32K",
        "image.on-read-error,ignore", "image.verify,yes", "image.retry-target,25h", "image.retry-target,-1s",
        "image.codec,Zstd 3", "image.level,high", "progress,loud", "image.parallel,257"})
    void aWrongValueIsRefusedWithItsRangeAndItsFile(String key, String value) throws IOException {
        write(key + " = " + value + "\n");
        Configuration configuration = configuration();
        Effective kept = configuration.find(key).orElseThrow();
        assertThat(kept.value()).isEqualTo(kept.setting().defaultValue());
        assertThat(configuration.problems()).singleElement().asString()
                .contains(key, "\"" + value + "\"", "must be " + kept.setting().range(), folder.resolve(FILE).toString());
    }

    @Test
    void aRefusedValueLeavesTheOneBeforeInForceAndTheOthersAreTaken() throws Exception {
        write("image.retries = 7\nimage.parallel = 2\n");
        Configuration configuration = configuration();
        assertThat(value(configuration, "image.retries")).isEqualTo("7");
        assertThat(configuration.take(group, Map.of("image.retries", "many", "image.parallel", "3"), FILE))
                .containsOnlyKeys("image.retries");
        assertThat(value(configuration, "image.retries")).isEqualTo("7");
        assertThat(value(configuration, "image.parallel")).isEqualTo("3");
        assertThat(configuration.problems()).singleElement().asString().contains("\"7\" stays in force");
        assertThat(configuration.take(group, Map.of("image.retries", "8"), FILE)).isEmpty();
        assertThat(configuration.problems()).isEmpty();
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedAsAWhole() throws Exception {
        write("image.chunk-size = 96M\nimage.frame-size = 64M\nimage.retries = 9\n");
        Configuration configuration = configuration();
        assertThat(value(configuration, "image.chunk-size")).isEqualTo("512M");
        assertThat(value(configuration, "image.retries")).isEqualTo("3");
        assertThat(configuration.problems()).singleElement().asString().contains("multiple of image.frame-size (64M)");
        assertThatThrownBy(() -> configuration().set("image.chunk-size", Optional.of("65K")))
                .isInstanceOf(UsageException.class).hasMessageContaining("multiple");
    }

    @Test
    void aMisspeltKeyIsAProblem() throws IOException {
        write("image.retrys = 7\n");
        assertThat(configuration().problems()).singleElement().asString().contains("image.retrys", FILE);
    }

    @Test
    void aFileOfAnotherSystemIsReadAndKeepsItsLineEnds() throws Exception {
        Files.writeString(folder.resolve(FILE), "\ufeffimage.retries = 7\r\n# mine\r\nimage.parallel = 2\r\n");
        Configuration configuration = configuration();
        assertThat(configuration.problems()).isEmpty();
        assertThat(value(configuration, "image.retries")).isEqualTo("7");
        assertThat(value(configuration, "image.parallel")).isEqualTo("2");
        assertThat(ConfFile.withoutMark("\u00ef\u00bb\u00bfimage.retries")).as("as File Install reads it").isEqualTo("image.retries");
        configuration.set("image.parallel", Optional.of("3"));
        assertThat(text()).isEqualTo("image.retries = 7\r\n# mine\r\nimage.parallel = 3\r\n");
    }

    @Test
    void whatIsNoFileOfSettingsIsAProblemAndChangesNothing() throws Exception {
        Files.write(folder.resolve(FILE), new byte[] {'i', (byte) 0xff, '=', '1'});
        assertThat(configuration().problems()).singleElement().asString().contains(FILE, "cannot be read");
        Files.write(folder.resolve(FILE), new byte[(1 << 20) + 1]);
        assertThat(configuration().problems()).singleElement().asString().contains(FILE, "1048577 bytes");
        Files.delete(folder.resolve(FILE));
        Files.createDirectory(folder.resolve(FILE));
        assertThat(configuration().problems()).singleElement().asString().contains(FILE, "cannot be read");
        assertThat(value(configuration(), "image.retries")).isEqualTo("3");
        assertThatThrownBy(() -> configuration().set("image.retries", Optional.of("4"))).isInstanceOf(TargetException.class);
        assertThat(folder.resolve(FILE)).isDirectory();
    }

    @Test
    void whatIsSetIsInTheFileAndAllElseOfItStays() throws Exception {
        write("# mine\n\nimage.parallel = 2\n#image.retries = 3\n! kept\nimage.hash\\\n  = x\n");
        Configuration configuration = configuration();
        assertThat(configuration.set("image.retries", Optional.of("12")).value()).isEqualTo("12");
        assertThat(text()).isEqualTo("# mine\n\nimage.parallel = 2\n#image.retries = 3\nimage.retries = 12\n! kept\n"
                + "image.hash\\\n  = x\n");
        configuration.set("image.retries", Optional.of("13"));
        configuration.set("image.parallel", Optional.empty());
        assertThat(text()).isEqualTo("# mine\n\n#image.retries = 3\nimage.retries = 13\n! kept\nimage.hash\\\n  = x\n");
        assertThat(value(configuration(), "image.retries")).isEqualTo("13");
        assertThat(value(configuration, "image.parallel")).isEqualTo("0");
    }

    @Test
    void whatIsRefusedLeavesTheFileAsItIs() throws IOException {
        write("image.retries = 7\n");
        assertThatThrownBy(() -> configuration().set("image.retries", Optional.of("1e3"))).isInstanceOf(UsageException.class)
                .hasMessageContaining("a whole number from 0 to 1000");
        assertThatThrownBy(() -> configuration().set("image.tries", Optional.of("1"))).isInstanceOf(UsageException.class);
        assertThat(text()).isEqualTo("image.retries = 7\n");
    }

    @Test
    void aFileThatDoesNotExistBeginsWithEveryKeyAsAComment() throws Exception {
        Files.delete(Files.createDirectories(folder));
        configuration().set("restore.verify", Optional.of("true"));
        assertThat(text()).contains("#image.retries = 3\n", "# Must be a whole number from 0 to 1000.\n",
                "#restore.verify = false\nrestore.verify = true\n");
        assertThat(configuration().problems()).isEmpty();
        assertThat(value(configuration(), "restore.verify")).isEqualTo("true");
    }

    @Test
    void theTemplateIsAFileWithNothingSet() throws IOException {
        write(Template.of(group));
        assertThat(configuration().problems()).isEmpty();
        assertThat(configuration().all()).allMatch(each -> each.source().equals("default"));
        write(Template.of(group).replaceAll("(?m)^#(?! )", ""));
        assertThat(configuration().problems()).isEmpty();
        assertThat(configuration().all()).allMatch(each -> each.source().equals(FILE)
                && each.value().equals(each.setting().defaultValue()));
    }

    @Test
    void aGroupIsToldOfChangesOnly() throws Exception {
        List<Map<String, String>> applied = new ArrayList<>();
        SettingGroup own = new SettingGroup() {
            @Override
            public String pid() {
                return "com.example.plugin";
            }

            @Override
            public String description() {
                return "Mine.";
            }

            @Override
            public List<Setting> settings() {
                return List.of(SETTING);
            }

            @Override
            public void apply(Map<String, String> values) {
                applied.add(values);
            }
        };
        Configuration configuration = configuration();
        configuration.bindGroup(own);
        configuration.all();
        assertThat(applied).isEmpty();
        configuration.set("example.size", Optional.of("2K"));
        configuration.set("example.size", Optional.of("2048"));
        assertThat(applied).containsExactly(Map.of("example.size", "2K"));
        configuration.unbindGroup(own);
        assertThat(configuration.find("example.size")).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnErrorOfTheTarget() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Configuration configuration = new Configuration(Optional.of(file.resolve("conf")));
        configuration.bindGroup(group);
        assertThatThrownBy(() -> configuration.set("image.retries", Optional.of("4"))).isInstanceOf(TargetException.class);
    }

    @Test
    void metatypeChecksAsTheFilesDo() {
        var definitions = new GroupMetaType(group).getObjectClassDefinition(group.pid(), null)
                .getAttributeDefinitions(org.osgi.service.metatype.ObjectClassDefinition.ALL);
        assertThat(definitions).hasSameSizeAs(group.settings());
        var retries = java.util.Arrays.stream(definitions).filter(each -> each.getID().equals("image.retries")).findFirst()
                .orElseThrow();
        assertThat(retries.validate("1000")).isEmpty();
        assertThat(retries.validate("1001")).contains("a whole number from 0 to 1000");
        assertThat(retries.getDefaultValue()).containsExactly("3");
    }

    private static final Setting SETTING = Setting.size("example.size", "1K", 0, 1 << 20, "Its size.");

    private Configuration configuration() {
        Configuration configuration = new Configuration(Optional.of(folder));
        configuration.bindGroup(group);
        return configuration;
    }

    private static String value(Configuration configuration, String key) {
        return configuration.find(key).orElseThrow().value();
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve(FILE), text);
    }

    private String text() throws IOException {
        return Files.readString(folder.resolve(FILE));
    }
}
