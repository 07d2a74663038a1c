package org.imagingutility.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imagingutility.shell.command.ExitCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private final Gogo gogo = new Gogo();

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void runsCommandsOneAfterTheOtherAndPassesOverComments() {
        assertThat(gogo.session.run("# first\nnote a b; note c\n\n# last\nnote d # behind\n")).isEqualTo(0);
        assertThat(gogo.noted).containsExactly(List.of("a", "b"), List.of("c"), List.of("d"));
        assertThat(gogo.err()).isEmpty();
    }

    @Test
    void stopsAtTheCommandThatFailsWithItsExitCode() {
        assertThat(gogo.session.run("note a\nfail 4\nnote b")).isEqualTo(4);
        assertThat(gogo.noted).containsExactly(List.of("a"));
        assertThat(gogo.err()).as("the command told it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo x | fail 4", "if { true } { fail 4 }", "each [1 2] { fail 4 }", "try { broken }; fail 4"})
    void knowsTheExitCodeWhereverTheCommandStands(String line) {
        assertThat(gogo.session.run(line)).isEqualTo(4);
    }

    @Test
    void wordsAreTakenAsTheyWereTyped() {
        assertThat(gogo.session.run("note 1e5 007 null true 'a b' \"c $d\" 'disk.img#2'")).isEqualTo(0);
        assertThat(gogo.noted.get(0)).containsExactly("1e5", "007", "null", "true", "a b", "c ",
                "disk.img#2");
    }

    @Test
    void outputThatIsNotTakenIsAnErrorOfTheLineThatWroteIt() {
        gogo.full = true;
        assertThat(gogo.session.run("echo x")).isEqualTo(ExitCodes.TARGET);
        assertThat(gogo.err()).contains("not all could be written to standard output: No space left on device");
        assertThat(gogo.session.run("fail 4")).isEqualTo(4);
        gogo.full = false;
        assertThat(gogo.session.run("echo x")).isZero();
    }

    @Test
    void ofAPipelineTheLastCommandCounts() {
        assertThat(gogo.session.run("fail 4 | note a")).isEqualTo(0);
        assertThat(gogo.noted).containsExactly(List.of("a"));
    }

    @Test
    void exitIsNoErrorAndTakenOnce() {
        assertThat(gogo.session.run("exit 7; note a")).isEqualTo(7);
        assertThat(gogo.session.takeExitCode()).hasValue(7);
        assertThat(gogo.session.takeExitCode()).isEmpty();
        assertThat(gogo.noted).isEmpty();
    }

    @Test
    void aMisspeltCommandIsToldWithTheNearest() {
        assertThat(gogo.session.run("ntoe a")).isEqualTo(ExitCodes.USAGE);
        assertThat(gogo.err()).contains("imaging: there is no command \"ntoe\"").contains("Did you mean note?");
        assertThat(gogo.session.run("somethingelse")).isEqualTo(ExitCodes.USAGE);
        assertThat(gogo.err()).contains("Try 'help'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "note {", "note 'a", "note )"})
    void whatElseGoesWrongIsOneLine(String line) {
        assertThat(gogo.session.run(line)).isEqualTo(ExitCodes.USAGE);
        assertThat(gogo.err()).startsWith("imaging: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"typed abc", "typed", "note > /no/such/folder/x", "nothing", "index", "cat /no/such/file", "(1 2", "{\n}",
        "fail 3 | note a", "nosuch | note a", "note a | nosuch", "sleep abc", "head -n x", "wc /no/such"})
    void noTextShowsWhatTheProgramIsMadeOf(String line) {
        gogo.session.run(line);
        assertThat(gogo.err()).doesNotContain("Exception", "Cannot coerce", "java.", "gogo:", "null", "Token", "offset");
    }

    @Test
    void aBrokenCommandOfAPipeIsNamed() {
        gogo.session.run("nosuch | note a");
        assertThat(gogo.err()).contains("imaging: there is no command \"nosuch\"");
        gogo.session.run("typed abc");
        assertThat(gogo.err()).contains("imaging: \"typed\" does not take these arguments");
    }

    @Test
    void continuesBehindALineThatFailed() {
        gogo.session.run("broken");
        assertThat(gogo.session.run("note a")).isEqualTo(0);
    }

    @Test
    void outputGoesThroughTextCommands() {
        assertThat(gogo.session.run("echo one | grep one")).isEqualTo(0);
        assertThat(gogo.out()).contains("one");
    }
}
