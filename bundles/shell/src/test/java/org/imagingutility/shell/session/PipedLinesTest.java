package org.imagingutility.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.shell.command.ExitCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedLinesTest {
    private final Gogo gogo = new Gogo();

    @AfterEach
    void close() {
        gogo.close();
    }

    @Test
    void aLineThatFailsDoesNotStopTheNextAndIsRemembered() throws IOException {
        assertThat(run("note a\nfail 3\nfail 4\nnote b\n")).as("the last that failed").isEqualTo(4);
        assertThat(gogo.noted).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void nothingIsDone() throws IOException {
        assertThat(run("")).isEqualTo(0);
        assertThat(run("\n# no more than a comment\n\n")).isEqualTo(0);
    }

    @Test
    void aBlockMayHaveSeveralLinesAndTheLastLineNeedsNoEnd() throws IOException {
        assertThat(run("if { true } {\n  note a\n}\nnote b")).isEqualTo(0);
        assertThat(gogo.noted).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void linesOfAnotherSystemAreTheSame() throws IOException {
        assertThat(run("note a\r\nnote b\r\n")).isEqualTo(0);
        assertThat(gogo.noted).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void aBlockThatIsNeverClosedFails() throws IOException {
        assertThat(run("note a\nif { true } {\n note b\n")).isEqualTo(ExitCodes.USAGE);
        assertThat(gogo.noted).containsExactly(List.of("a"));
        assertThat(gogo.err()).startsWith("imaging: ");
    }

    @Test
    void exitEndsIt() throws IOException {
        assertThat(run("fail 3\nexit 0\nnote a\n")).isEqualTo(0);
        assertThat(gogo.noted).isEmpty();
    }

    @Test
    void aSignalEndsItBehindTheCommandThatRan() throws IOException {
        gogo.command("hangup", (session, arguments) -> {
            gogo.foreground.end(ExitCodes.SIGNAL + 1);
            return null;
        });
        run("hangup\nnote a\n");
        assertThat(gogo.noted).isEmpty();
        assertThat(gogo.foreground.ended()).hasValue(129);
    }

    private int run(String text) throws IOException {
        return new PipedLines(gogo.session, gogo.foreground).run(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
