package org.imagingutility.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imagingutility.api.job.ImageRequest;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SourceOptionsTest {

    private static ImageRequest.Source source(boolean windows, String... options) {
        SourceOptions read = new SourceOptions(windows);
        new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("source", CommandLine.Model.CommandSpec.forAnnotatedObject(read))).parseArgs(options);
        return read.source();
    }

    @Test
    void theShadowCopyServiceIsTheSnapshotOfWindows() {
        assertThat(source(true, "--use-vss")).isEqualTo(source(true, "--snapshot"));
        assertThat(source(true, "--use-vss").snapshot()).isTrue();
        assertThat(source(true).snapshot()).isFalse();
        assertThat(source(true, "--use-vss=false", "--all-blocks").snapshot()).isFalse();
    }

    @Test
    void elsewhereItIsRefusedWithWhatThereIsInstead() {
        assertThatThrownBy(() -> source(false, "--use-vss")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--use-vss is for Windows")
                .hasMessageContaining("--snapshot");
        assertThat(source(false, "--snapshot", "--all-blocks").snapshot()).isTrue();
    }

    @Test
    void itDoesNotGoWithAllBlocks() {
        for (boolean windows : new boolean[] {true, false}) {
            assertThatThrownBy(() -> source(windows, "--use-vss", "--all-blocks")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--use-vss and --all-blocks do not go together");
        }
    }
}
