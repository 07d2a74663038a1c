package org.imagingutility.command.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.imagingutility.api.config.SettingGroup;
import org.imagingutility.api.config.Units;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.command.log.LogLevels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Each attribute that Metatype shows, with values at and beyond the ends of the range that its description states. */
class EverySettingTest {
    private static final Pattern NUMBER = Pattern.compile("a whole number from (-?\\d+) to (-?\\d+)");
    private static final Pattern SIZE = Pattern.compile("(?:a size|a power of two) from (\\w+) to (\\w+)");
    private static final Pattern TIME = Pattern.compile("a time from (\\w+) to (\\w+)");
    private static final Pattern CHOICE = Pattern.compile("one of (.+)");
    /** Of settings whose range is a sentence: what they must refuse. */
    private static final Map<String, List<String>> WRONG_TEXTS = Map.of(
            "image.format", List.of("", "a b", "../skz", "x".repeat(33)),
            "image.codec", List.of("", "Z std", "zstd,3", "x".repeat(33)),
            "image.level", List.of("", "high", "3.5", "-1000001", "1000001", "99999999999999999999"),
            "log.levels", List.of("a", "a=loud", "a=info,", "=info", "a b=info", "a=info=debug"));
    /** Quiet here: what is refused is logged, and these are hundreds. */
    private static final Logger LOG = Logger.getLogger("org.imagingutility.command");
    @TempDir
    private Path folder;

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    static Stream<Arguments> attributes() {
        return Stream.of(new JobDefaults(), new LogLevels()).flatMap(group -> Arrays.stream(new GroupMetaType(group)
                .getObjectClassDefinition(group.pid(), null).getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(attribute -> Arguments.of(group, attribute.getID(), attribute)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("attributes")
    void refusesWhatIsOutsideOfItsRangeAndSaysTheRange(SettingGroup group, String key, AttributeDefinition attribute) throws Exception {
        String range = range(attribute);
        for (String wrong : wrong(key, range)) {
            assertThat(attribute.validate(wrong)).as("Metatype: %s", wrong).contains(key, range);
            assertThatThrownBy(() -> configuration(group).set(key, Optional.of(wrong))).as("config: %s", wrong)
                    .isInstanceOf(UsageException.class).hasMessageContainingAll(key, range);
            Configuration configuration = configuration(group);
            Files.writeString(folder.resolve(group.pid() + ".cfg"), key + " = " + wrong + "\n");
            assertThat(configuration.find(key).orElseThrow().value()).as("file: %s", wrong).isEqualTo(attribute.getDefaultValue()[0]);
            assertThat(configuration.problems()).as("file: %s", wrong).singleElement().asString().contains(key, range);
            Files.delete(folder.resolve(group.pid() + ".cfg"));
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("attributes")
    void takesTheEndsOfItsRange(SettingGroup group, String key, AttributeDefinition attribute) throws Exception {
        for (String end : ends(range(attribute), attribute)) {
            assertThat(attribute.validate(end)).as("Metatype: %s", end).isEmpty();
            assertThat(configuration(group).find(key).orElseThrow().setting().check(end)).as(end).isNotNull();
        }
    }

    private static String range(AttributeDefinition attribute) {
        Matcher matcher = Pattern.compile("Must be (.*)\\.", Pattern.DOTALL).matcher(attribute.getDescription());
        assertThat(matcher.find()).as(attribute.getDescription()).isTrue();
        return matcher.group(1);
    }

    private static List<String> wrong(String key, String range) {
        if (WRONG_TEXTS.containsKey(key)) {
            return WRONG_TEXTS.get(key);
        }
        List<String> wrong = new ArrayList<>(List.of("", "x", "-1x", "1e3", "0x10", "1,5", "99999999999999999999999"));
        Matcher number = NUMBER.matcher(range);
        Matcher size = SIZE.matcher(range);
        Matcher time = TIME.matcher(range);
        if (number.matches()) {
            wrong.add(Long.toString(Long.parseLong(number.group(1)) - 1));
            wrong.add(Long.toString(Long.parseLong(number.group(2)) + 1));
        } else if (size.matches()) {
            wrong.add(Long.toString(Units.bytes(size.group(1)) - 1));
            wrong.add(Long.toString(Units.bytes(size.group(2)) + 1));
        } else if (time.matches()) {
            wrong.add("-1s");
            wrong.add(Units.time(time.group(2)).toMillis() + 1 + "ms");
        } else if (!CHOICE.matcher(range).matches()) {
            fail("values that " + key + " must refuse are not known here: " + range);
        }
        return wrong;
    }

    private static List<String> ends(String range, AttributeDefinition attribute) {
        for (Pattern pattern : List.of(NUMBER, SIZE, TIME)) {
            Matcher matcher = pattern.matcher(range);
            if (matcher.matches()) {
                return List.of(matcher.group(1), matcher.group(2), attribute.getDefaultValue()[0]);
            }
        }
        Matcher choice = CHOICE.matcher(range);
        return choice.matches() ? List.of(choice.group(1).split(", ")) : List.of(attribute.getDefaultValue()[0]);
    }

    private Configuration configuration(SettingGroup group) {
        Configuration configuration = new Configuration(Optional.of(folder));
        configuration.bindGroup(group);
        return configuration;
    }
}
