package org.imagingutility.launcher.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.imagingutility.launcher.folder.PrivateFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BundleCacheTest {
    @TempDir
    private Path root;

    @Test
    void isFoundFilledByTheNextRunButNotByOneWithOtherBundles() throws IOException {
        try (BundleCache cache = BundleCache.claim(root, "a")) {
            assertThat(cache.filled()).isFalse();
            cache.setFilled("java.util,\n java.io");
        }
        try (BundleCache same = BundleCache.claim(root, "a"); BundleCache other = BundleCache.claim(root, "b")) {
            assertThat(same.filled()).isTrue();
            assertThat(other.filled()).isFalse();
            assertThat(same.systemPackages()).isEqualTo("java.util,\n java.io");
            for (String damaged : new String[] {"", "java.util", "1234\njava.util"}) {
                Files.writeString(same.folder().resolve("system.packages"), damaged);
                assertThatThrownBy(same::systemPackages).isInstanceOf(IOException.class).hasMessageContaining("is damaged");
            }
            same.forget();
            assertThat(same.filled()).isFalse();
        }
    }

    @Test
    void isTemporaryAndRemovedWhereNothingCanBeWritten() throws IOException {
        Path file = Files.createFile(root.resolve("a-file"));
        Path folder;
        try (BundleCache cache = BundleCache.claim(file, "a")) {
            folder = cache.folder();
            assertThat(folder).isEmptyDirectory();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    @EnabledOnOs(value = {OS.LINUX, OS.MAC}, disabledReason = "POSIX rights")
    void takesNothingFromACacheThatOthersCouldWriteTo() throws IOException {
        Path folder;
        try (BundleCache cache = BundleCache.claim(root, "a")) {
            cache.setFilled("java.util");
            folder = cache.folder();
        }
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwx---"));
        try (BundleCache cache = BundleCache.claim(root, "a")) {
            assertThat(cache.folder()).isEqualTo(folder);
            assertThat(cache.filled()).isFalse();
            assertThat(PrivateFolder.fault(root)).isNull();
        }
        Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxrwx---"));
        try (BundleCache cache = BundleCache.claim(root, "a")) {
            assertThat(cache.outlivesRun()).as("a set in it that is open").isFalse();
        }
    }

    @Test
    void forgetsSetsThatWereNotUsedForAMonth() throws IOException {
        Path old = Files.createDirectories(root.resolve("old").resolve("0"));
        Path recent = Files.createDirectories(root.resolve("recent"));
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        BundleCache.claim(root, "new").close();
        assertThat(old.getParent()).doesNotExist();
        assertThat(recent).exists();
    }
}
