package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Branding;
import org.imagingutility.command.console.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class BrandingTest {
    @Command(name = "imaging", footer = "More on a command: imaging COMMAND --help", subcommands = Sub.class)
    private static final class Root {
    }

    @Command(name = "sub", customSynopsis = "imaging sub [options]", description = "Makes imaging easy.")
    private static final class Sub {
        @Option(names = "--codec", description = "\"imaging plugins\" lists what there is.")
        private String codec;

        @ArgGroup(multiplicity = "1")
        private Either either = new Either();
    }

    private static final class Either {
        @Option(names = {"-d", "--disk"}, required = true, defaultValue = "7",
                description = {"As shown", "by 'imaging list'; ${DEFAULT-VALUE} at first."})
        private int disk;

        @Option(names = "--device", required = true, description = "Or by name.")
        private String device;
    }

    @Test
    void putsAnotherNameIntoCommandLinesInTheHelp() {
        CommandLine line = new CommandLine(new Root());
        new Branding("acmeimage").applyTo(line);
        // else picocli looks at the environment
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        CommandLine sub = line.getSubcommands().get("sub");
        assertThat(line.getUsageMessage()).startsWith("Usage: acmeimage").contains("acmeimage COMMAND --help").doesNotContain("imaging COMMAND");
        assertThat(sub.getUsageMessage()).startsWith("Usage: acmeimage sub [options]").contains("\"acmeimage plugins\"")
                .contains("Makes imaging easy.");
        assertThat(sub.getCommandSpec().qualifiedName()).isEqualTo("acmeimage sub");
        assertThat(sub.getUsageMessage()).contains("As shown").contains("by 'acmeimage list'; 7 at first.").contains("Or by name.");
        line.parseArgs("sub", "--codec", "zstd", "--disk=3");
        assertThat(((Sub) sub.getCommandSpec().userObject()).codec).isEqualTo("zstd");
        assertThat(((Sub) sub.getCommandSpec().userObject()).either.disk).isEqualTo(3);
    }

    @Test
    void everyCommandTakesAnotherName() {
        CommandLineRunner runner = new CommandLineRunner(new FakeService(), new Configuration(Optional.empty()), false);
        for (String name : runner.names()) {
            CommandLine line = runner.specification(name, Console.of(System.out, System.err, null, Map.of()));
            new Branding("acmeimage").applyTo(line);
            assertThat(line.getSubcommands().get(name).getUsageMessage()).as(name).matches("(?s)Usage: acmeimage \\[?" + name + ".*")
                    .doesNotContain("\"imaging", "Usage: imaging");
        }
    }
}
