package org.imagingutility.file.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.imagingutility.api.error.TargetException;
import org.junit.jupiter.api.Test;
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
