package org.imagingutility.command.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class WindowsConsoleTest {
    private static final int ERR = -12;
    private final String terminal = System.getProperty(Console.TERMINAL);
    private final String out = System.getProperty(Console.OUT_IS_TERMINAL);

    @BeforeEach
    @AfterEach
    void restore() {
        set(Console.TERMINAL, terminal);
        set(Console.OUT_IS_TERMINAL, out);
    }

    private static void set(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    @Test
    void tellsStandardErrorAndStandardOutputApart() {
        System.clearProperty(Console.TERMINAL);
        System.clearProperty(Console.OUT_IS_TERMINAL);
        WindowsConsole.publish(stream -> stream == ERR ? OptionalInt.of(120) : OptionalInt.empty());
        assertThat(Console.of(System.out, System.err, System.getProperty(Console.TERMINAL), Map.of()).terminalColumns()).hasValue(120);
        assertThat(System.getProperty(Console.OUT_IS_TERMINAL)).isNull();
    }

    @Test
    void whatGoesToAFileIsNoTerminalThoughResultsGoToOne() {
        System.clearProperty(Console.TERMINAL);
        System.clearProperty(Console.OUT_IS_TERMINAL);
        WindowsConsole.publish(stream -> stream == ERR ? OptionalInt.empty() : OptionalInt.of(80));
        PrintStream any = System.err;
        assertThat(Console.of(any, any, System.getProperty(Console.TERMINAL), Map.of()).terminalColumns()).isEmpty();
        assertThat(System.getProperty(Console.OUT_IS_TERMINAL)).isEqualTo("true");
    }

    /** Tests run with their output in files or pipes. */
    @Test
    @EnabledOnOs(value = OS.WINDOWS, disabledReason = "calls of Windows")
    void asksTheSystemAndTakesAFileForNoConsole() {
        System.clearProperty(Console.TERMINAL);
        WindowsConsole.publish();
        assertThat(System.getProperty(Console.TERMINAL)).isNull();
    }
}
