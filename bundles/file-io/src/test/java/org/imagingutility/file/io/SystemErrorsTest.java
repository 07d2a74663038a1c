package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.file.io.system.CodedError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "No space left on device, free space",
        "There is not enough space on the disk, free space",
        "Disk quota exceeded, quota",
        "Read-only file system, for writing",
        "File too large, FAT32",
        "No locks available, mounted",
        "Transport endpoint is not connected, connect it again",
        "Input/output error, system log"})
    void knowsARemedyForWhatStopsWriting(String system, String remedy) {
        IOException cause = new IOException(system);
        TargetException error = SystemErrors.target("x.skzimg", 4096, "cannot be written: ", cause, SystemErrors.mayPass(cause));
        assertThat(error).hasMessageContaining("\"x.skzimg\" at byte 4096").hasMessageContaining(system);
        assertThat(error.remedy().orElseThrow()).contains(remedy);
        assertThat(error.offset()).isEqualTo(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "Stale file handle", "Transport endpoint is not connected",
        "Connection timed out", "Connection reset by peer", "Connection refused", "Host is down", "No route to host",
        "Network is unreachable", "Network is down", "Resource temporarily unavailable", "Interrupted system call",
        "Remote I/O error", "Communication error on send", "No such device", "No such device or address",
        "Software caused connection abort",
        "The specified network name is no longer available", "An unexpected network error occurred",
        "The semaphore timeout period has expired", "The device is not ready", "The network path was not found",
        "The request could not be performed because of an I/O device error",
        "The specified network resource or device is no longer available"})
    void whatComesBackMayPass(String system) {
        assertThat(SystemErrors.mayPass(new IOException(system))).isTrue();
        assertThat(SystemErrors.mayPass(new FileSystemException("x", null, system))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "Read-only file system", "File too large",
        "Permission denied", "Operation not permitted", "Bad file descriptor", "Invalid argument", "Device or resource busy",
        "There is not enough space on the disk", "The media is write protected", "Access is denied",
        "The file size exceeds the limit allowed and cannot be saved", "anything else"})
    void whatStaysDoesNotPass(String system) {
        assertThat(SystemErrors.mayPass(new IOException(system))).isFalse();
    }

    /** What Windows says in German, as FormatMessageW gives it, with the number it gives it for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "112 | Es steht nicht gen\u00fcgend Speicherplatz auf dem Datentr\u00e4ger zur Verf\u00fcgung | NO_SPACE",
        "19 | Das Medium ist schreibgesch\u00fctzt | READ_ONLY",
        "21 | Das Ger\u00e4t ist nicht bereit | GONE",
        "32 | Der Prozess kann nicht auf die Datei zugreifen, da sie von einem anderen Prozess verwendet wird | IN_USE",
        "33 | Der Prozess kann nicht auf die Datei zugreifen, da ein anderer Prozess einen Teil der Datei gesperrt hat | IN_USE",
        "53 | Der Netzwerkpfad wurde nicht gefunden | UNREACHABLE",
        "64 | Der angegebene Netzwerkname ist nicht mehr verf\u00fcgbar | UNREACHABLE",
        "87 | Falscher Parameter | NOT_SUPPORTED",
        "1117 | Die Anforderung konnte wegen eines E/A-Ger\u00e4tefehlers nicht ausgef\u00fchrt werden | MEDIUM",
        "223 | Die Dateigr\u00f6\u00dfe \u00fcberschreitet die zul\u00e4ssige Gr\u00f6\u00dfe | TOO_LARGE"})
    void knowsAnErrorInTheLanguageOfWindows(int code, String text, SystemError error) {
        SystemTexts german = new SystemTexts(true, number -> number == code ? text : "Unbekannter Fehler " + number);
        assertThat(SystemError.of(new IOException(text), german)).contains(error);
        assertThat(SystemError.of(new FileSystemException("C:\\x", null, text), german)).contains(error);
        assertThat(SystemError.of(new IOException("Der Vorgang wurde erfolgreich beendet"), german)).isEmpty();
        assertThat(SystemError.of(new Coded(code), german)).contains(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "28 | Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar | NO_SPACE",
        "22 | Das Argument ist ung\u00fcltig | NOT_SUPPORTED",
        "5 | Eingabe-/Ausgabefehler | MEDIUM"})
    void knowsAnErrorInTheLanguageOfLinux(int code, String text, SystemError error) {
        SystemTexts german = new SystemTexts(false, number -> number == code ? text : null);
        assertThat(SystemError.of(new IOException(text), german)).contains(error);
        assertThat(SystemError.of(new Coded(code), german)).contains(error);
    }

    /** One number means one thing here and another there. */
    @Test
    void readsNumbersAsThoseOfTheSystem() {
        assertThat(SystemError.of(new Coded(5), new SystemTexts(true, code -> null))).contains(SystemError.NOT_PERMITTED);
        assertThat(SystemError.of(new Coded(5), new SystemTexts(false, code -> null))).contains(SystemError.MEDIUM);
        assertThat(SystemError.of(new Coded(9999), new SystemTexts(true, code -> null))).isEmpty();
    }

    /** The text is the system's own for the number, whatever its language is here. */
    @Test
    @EnabledOnOs(value = OS.WINDOWS, disabledReason = "texts of Windows")
    void asksWindowsForItsTexts() {
        String text = SystemTexts.ofProcess().of(112);
        assertThat(text).isNotEmpty().doesNotEndWith(".").doesNotEndWith("\n");
        assertThat(SystemError.of(new IOException(text))).contains(SystemError.NO_SPACE);
    }

    /** An error with a number. */
    private static final class Coded extends IOException implements CodedError {
        private static final long serialVersionUID = 1;
        private final int code;

        Coded(int code) {
            super("error " + code);
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    @Test
    void saysWhatIsDenied() {
        assertThat(SystemErrors.text(new AccessDeniedException("a", "b", null))).startsWith("access to \"b\" is denied");
        assertThat(SystemErrors.text(new AccessDeniedException("a"))).startsWith("access to \"a\" is denied");
    }

    @Test
    void anErrorWithoutKnownRemedyHasNone() {
        assertThat(SystemErrors.target("x", 0, "", new IOException("Bad file descriptor"), false).remedy()).isEmpty();
    }

    @Test
    void saysWhatJavaLeavesUnsaid() {
        assertThat(SystemErrors.text(new ClosedByInterruptException())).isEqualTo("its thread was interrupted");
        assertThat(SystemErrors.text(new AsynchronousCloseException())).isEqualTo("it is closed");
        assertThat(SystemErrors.text(new ClosedChannelException())).isEqualTo("it is closed");
        assertThat(SystemErrors.text(new NoSuchFileException("x"))).isEqualTo("there is no \"x\"");
        assertThat(SystemErrors.text(new FileSystemException("file", null, "Too many links"))).isEqualTo("Too many links");
        assertThat(SystemErrors.text(new IOException())).isEqualTo("IOException");
    }
}
