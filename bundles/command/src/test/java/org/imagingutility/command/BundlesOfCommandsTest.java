package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.inspect.RefusedBundles;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code bnd/imaging.bndrun} names the commands that a bundle is installed for. */
class BundlesOfCommandsTest {

    /** A command that was forgotten there said that no plug-in knows its repository, in the distribution only. */
    @Test
    void eachCommandThatTakesARepositoryHasTheFoldersOfRepositories() throws IOException {
        String line = Files.readAllLines(Path.of("../../bnd/imaging.bndrun")).stream()
                .filter(each -> each.contains("org.imagingutility.blobs.file;commands=")).findFirst().orElseThrow();
        List<String> installedFor = List.of(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')).split(","));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        FakeService service = new FakeService();
        CommandLineRunner runner = CommandLineRunner.ofProcess(service, new Configuration(Optional.empty()), () -> new FakeJobs(service));
        List<String> taking = new CommandTable(false, RefusedBundles.NONE).names().stream().filter(name -> {
            CommandLine command = runner.specification(name, Console.of(nowhere, nowhere, null, Map.of())).getSubcommands().get(name);
            return command.getCommandSpec().findOption("--repository") != null;
        }).toList();
        assertThat(taking).contains("image", "images", "convert", "forget-images", "repository");
        assertThat(installedFor).containsAll(taking);
    }
}
