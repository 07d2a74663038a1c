package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.shell.Completion;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.shell.ShellCommands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    private final FakeService service = new FakeService();
    private final ShellCommands commands = new ShellCommands(service, new Configuration(Optional.empty()));
    @TempDir
    private Path folder;

    @Test
    void offersTheOptionsOfTheSpecificationThatWereNotUsed() {
        assertThat(values("image", "-")).contains("--device", "--out", "--codec", "--detach", "--resume", "--help");
        assertThat(values("image", "--device", "d", "--out=o", "-")).contains("--codec").doesNotContain("--device", "--out");
        assertThat(values("info", "--")).contains("--in", "--bad-map-out").doesNotContain("--detach");
        assertThat(commands.complete(List.of("verify", "--qu"))).filteredOn(found -> found.value().equals("--quick"))
                .extracting(Completion::description).allMatch(text -> text.startsWith("Check the structure") && text.length() <= 64);
    }

    @Test
    void offersDevicesOfTheServiceAndPartitionsOfADisk() {
        assertThat(values("image", "--device", "/dev/s")).contains("/dev/sda", "/dev/sda1");
        assertThat(values("image", "--device=/dev/s")).contains("--device=/dev/sda");
        assertThat(values("restore", "--device", "")).contains("/dev/sda");
        assertThat(values("image", "--device", "disk.img#")).contains("disk.img#1", "disk.img#2");
    }

    @Test
    void offersCodecsAndTheValuesThatAnOptionHas() {
        assertThat(values("image", "--codec", "")).containsExactly("zstd");
        assertThat(values("image", "--progress", "")).containsExactly("bar", "plain", "json");
        assertThat(values("image", "--resume-check", "")).containsExactly("full", "quick", "none");
        assertThat(values("image", "--level", "")).as("any number").isEmpty();
    }

    @Test
    void offersFilesAndForAnImageOnlyImagesAndFolders() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        Files.createFile(folder.resolve("disk image.skzimg"));
        Files.createFile(folder.resolve("disk.raw"));
        Files.createFile(folder.resolve(".hidden.skzimg"));
        String place = folder + "/";
        assertThat(values("verify", "--in", place)).containsExactlyInAnyOrder(place + "disk image.skzimg", place + "sub/");
        assertThat(values("image", "--out", place + "disk")).containsExactlyInAnyOrder(place + "disk image.skzimg",
                place + "disk.raw");
        assertThat(values("verify", "--in", place + "disk.r")).as("no image: any file").containsExactly(place + "disk.raw");
        assertThat(commands.complete(List.of("verify", "--in", place + "s"))).singleElement()
                .extracting(Completion::whole).as("a folder is gone into").isEqualTo(false);
        assertThat(values("verify", "--in", place + "nothing/")).isEmpty();
    }

    @Test
    void offersCommandsForHelpAndBehindTheProgramsName() {
        assertThat(values("help", "")).contains("image", "watch");
        assertThat(values("imaging", "")).contains("image", "watch");
        assertThat(values("imaging", "image", "--codec", "")).containsExactly("zstd");
    }

    @Test
    void hasEveryCommandAndHelpUnderALegalName() {
        assertThat(commands.names()).containsAll(CommandTable.COMMANDS).contains("jobs", "watch", "help", "imaging")
                .doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
    }

    private List<String> values(String... words) {
        return commands.complete(List.of(words)).stream().map(Completion::value).toList();
    }
}
