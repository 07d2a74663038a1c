package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.repository.RepositoryCheckRequest;
import org.imagingutility.api.repository.RepositoryCopyRequest;
import org.imagingutility.api.repository.RepositoryDamage;
import org.imagingutility.api.repository.RepositoryFilter;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;

/** Images in repositories as commands name, label, find and copy them. */
class RepositoryOptionsTest {
    private final FakeService service = new FakeService();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandLineRunner(service, new Configuration(Optional.empty()), false).run(args, Console.of(stream, stream, null, Map.of()));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private ImageRequest made() {
        return (ImageRequest) service.requests.get(service.requests.size() - 1);
    }

    @Test
    void anImageInARepositoryHasLabels() {
        assertThat(run("image", "--device=d", "--repository=r", "--name=n", "--tag=b", "--tag=a", "--host=h")).isZero();
        assertThat(made().target()).isEqualTo("r#n");
        assertThat(made().labels()).isEqualTo(new ImageLabels(Optional.of("h"), List.of("a", "b")));
        assertThat(run("image", "--device=d", "--repository=r", "--name=n")).isZero();
        assertThat(made().labels().tags()).isEmpty();
        assertThat(run("image", "--device=d", "--out=o")).isZero();
        assertThat(made().labels()).isEqualTo(ImageLabels.NONE);
    }

    @Test
    void labelsThatAreNoneAreRefused() {
        assertThat(run("image", "--device=d", "--repository=r", "--name=n", "--tag=a b")).isEqualTo(ExitCodes.USAGE);
        assertThat(out()).contains("\"a b\" is no tag");
        assertThat(run("image", "--device=d", "--repository=r", "--name=n", "--host=a/b")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("image", "--device=d", "--out=o", "--tag=a")).isEqualTo(ExitCodes.USAGE);
        assertThat(out()).contains("for images in repositories");
        assertThat(service.requests).noneMatch(ImageRequest.class::isInstance);
    }

    @Test
    void imagesAreAskedForByFilters() {
        assertThat(run("images", "--repository=r")).isZero();
        assertThat(service.requests).last().isEqualTo(List.of("r", RepositoryFilter.ALL));
        assertThat(run("images", "--repository=r", "--name=n", "--host=h", "--device=d", "--tag=a", "--tag=b", "--since=2026-11-30",
                "--until=2026-12-01")).isZero();
        assertThat(service.requests).last().isEqualTo(List.of("r", new RepositoryFilter(Optional.of("n"), Optional.of("h"), Optional.of("d"),
                List.of("a", "b"), Optional.of(Instant.parse("2026-11-30T00:00:00Z")), Optional.of(Instant.parse("2026-12-02T00:00:00Z")))));
        run("images", "--repository=r", "--since=2026-11-30T18:00:00Z", "--until=2026-11-30T18:00:00Z");
        assertThat(service.requests).last().isEqualTo(List.of("r", new RepositoryFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(), Optional.of(Instant.parse("2026-11-30T18:00:00Z")), Optional.of(Instant.parse("2026-11-30T18:00:01Z")))));
        for (String none : List.of("yesterday", "2026-13-01", "2026-11-30T18:00", "+12026-11-30T18:00:00Z", "")) {
            assertThat(run("images", "--repository=r", "--since=" + none)).as(none).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void copiesAreAskedForAndReported() {
        assertThat(run("repository", "copy", "--from=r", "--to=q")).isZero();
        assertThat(service.requests).last().isEqualTo(new RepositoryCopyRequest("r", "q", List.of(), 0));
        assertThat(out()).contains("Copied \"r\" to \"q\"", "2 new, 1 were there", "20 of 30 sent");
        service.copyFailures = List.of(new RepositoryDamage("r#a@1", "images/a/1.json", "is damaged\u001b[2J"));
        assertThat(run("repository", "copy", "--from=r", "--to=q", "--parallel=8", "a", "b@2026")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(service.requests).last().isEqualTo(new RepositoryCopyRequest("r", "q", List.of("a", "b@2026"), 8));
        assertThat(out()).contains("NOT COMPLETE", "r#a@1: is damaged").doesNotContain("\u001b[2J");
        assertThat(run("repository", "copy", "--from=r", "--to=q", "--json")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out()).contains("\"complete\":false", "\"framesSent\":20", "\"image\":\"r#a@1\"");
    }

    @Test
    void aCheckMayNoteWhatIsDamaged() {
        assertThat(run("repository", "check", "--repository=r", "--read-data=5%", "--mark-damaged", "--parallel=3")).isZero();
        assertThat(service.requests).last().isEqualTo(new RepositoryCheckRequest("r", 0.05, true, 3));
        assertThat(out()).contains("2 frames as damaged, 1 marked before are whole again");
        assertThat(run("repository", "check", "--repository=r")).isZero();
        assertThat(service.requests).last().isEqualTo(new RepositoryCheckRequest("r", 0));
        assertThat(out()).doesNotContain("marked");
        for (String none : List.of("some", "101%", "-1", "")) {
            assertThat(run("repository", "check", "--repository=r", "--read-data=" + none)).as(none).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void optionsOfOtherActionsAreRefused() {
        for (String[] wrong : new String[][] {{"copy", "--from=r"}, {"copy", "--to=r"}, {"copy", "--from=r", "--to=q", "--repository=r"},
            {"check", "--repository=r", "--from=q"}, {"check", "--repository=r", "a"}, {"info"}, {"copy", "--from=r", "--to=q", "--parallel=257"},
            {"info", "--repository=r", "--mark-damaged"}, {"check", "--repository=r", "--parallel=257"},
            {"init", "--repository=r", "--parallel=2"}}) {
            String[] args = new String[wrong.length + 1];
            args[0] = "repository";
            System.arraycopy(wrong, 0, args, 1, wrong.length);
            assertThat(run(args)).as(String.join(" ", args)).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void convertBringsAnImageIntoARepository() {
        assertThat(run("convert", "--in=i", "--repository=r", "--name=n")).isZero();
        ConvertRequest request = (ConvertRequest) service.requests.get(service.requests.size() - 1);
        assertThat(request.target()).isEqualTo("r#n");
        assertThat(request.layout().format()).isEqualTo("repository");
        for (String[] wrong : new String[][] {{}, {"--repository=r"}, {"--name=n"}, {"--repository=r", "--name=n", "--out=o"},
            {"--out=o", "--name=n"}, {"--repository=r", "--name=n", "--force"}}) {
            String[] args = new String[wrong.length + 2];
            args[0] = "convert";
            args[1] = "--in=i";
            System.arraycopy(wrong, 0, args, 2, wrong.length);
            assertThat(run(args)).as(String.join(" ", args)).isEqualTo(ExitCodes.USAGE);
        }
    }
}
