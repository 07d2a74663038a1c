package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
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
    }

    @Test
    void putsAnotherNameIntoCommandLinesInTheHelp() {
        CommandLine line = new CommandLine(new Root());
        new Branding("acmeimage").applyTo(line);
        CommandLine sub = line.getSubcommands().get("sub");
        assertThat(line.getUsageMessage()).startsWith("Usage: acmeimage").contains("acmeimage COMMAND --help").doesNotContain("imaging COMMAND");
        assertThat(sub.getUsageMessage()).startsWith("Usage: acmeimage sub [options]").contains("\"acmeimage plugins\"")
                .contains("Makes imaging easy.");
        assertThat(sub.getCommandSpec().qualifiedName()).isEqualTo("acmeimage sub");
        line.parseArgs("sub", "--codec", "zstd");
        assertThat(((Sub) sub.getCommandSpec().userObject()).codec).isEqualTo("zstd");
    }
}
