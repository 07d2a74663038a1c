package org.imagingutility.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WelcomeTest {
    @Test
    void linesEndBetweenWords() {
        String text = "ImagingUtility 0.2.0. \"help\" lists the commands, Tab completes, \"exit\" or Ctrl+D leaves.";
        assertThat(Welcome.lines(text, 80)).containsExactly("ImagingUtility 0.2.0. \"help\" lists the commands, Tab completes, \"exit\" or Ctrl+D",
                "leaves.");
        assertThat(Welcome.lines(text, 40)).allMatch(line -> line.length() <= 40).hasSize(3);
        assertThat(Welcome.lines(text, 200)).containsExactly(text);
        assertThat(Welcome.lines(text, 0)).as("a terminal that does not say").containsExactly(text);
        assertThat(Welcome.lines("/a/name/that/has/no/blank/and/is/long", 10)).hasSize(1);
    }
}
