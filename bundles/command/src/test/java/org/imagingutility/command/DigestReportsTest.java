package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.Digest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.RestoreSetRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.api.job.VerifySetRequest;
import org.imagingutility.api.job.VerifySetResult.Verdict;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.Console;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which digests commands print as results, and {@code --expect-digest}. */
class DigestReportsTest {
    private static final String IMAGE = "aa".repeat(32);
    private static final String CONTENT = "bb".repeat(32);

    private final FakeService service = new FakeService();
    private String out;

    private int run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = new CommandLineRunner(service, new Configuration(Optional.empty()), false).run(args,
                Console.of(stream, err, null, Map.of()));
        out = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void infoSaysThatNobodyComputedTheDigestsItShows() {
        run("info", "--in=i");
        assertThat(out.lines()).contains("  image digest    " + IMAGE + " (as stated, not checked)",
                "  content digest  " + CONTENT + " (as stated, not checked)");
    }

    @Test
    void whatWasProvenIsAResult() {
        run("verify", "--in=i");
        assertThat(out.lines()).contains("  image digest    " + IMAGE, "  content digest  " + CONTENT);
        for (String command : new String[] {"restore --in=i --device=d", "export-raw --in=i --out=o", "export-vhd --in=i --out=o"}) {
            run(command.split(" "));
            assertThat(out.lines()).as(command).contains("  content digest  " + CONTENT);
        }
    }

    @Test
    void whatWasNotProvenIsNoResult() {
        run("verify", "--in=i", "--quick");
        assertThat(out).doesNotContain(CONTENT, IMAGE).contains("not proven: only a sample of the frames was compared");
        run("export-range", "--in=i", "--out=o", "--offset=4096", "--length=4096");
        assertThat(out).doesNotContain(CONTENT, IMAGE).contains("each frame of the range was compared with its own");
        service.damages = List.of(FakeService.damage());
        run("verify", "--in=i");
        assertThat(out).doesNotContain(CONTENT, IMAGE).contains("not proven: the image is damaged");
    }

    @Test
    void jsonHasWhatIsProvenBesideWhatIsStated() {
        run("verify", "--in=i", "--json");
        assertThat(out).contains("\"proven\":{\"imageDigest\":\"" + IMAGE + "\",\"contentDigest\":\"" + CONTENT + "\"}");
        run("verify", "--in=i", "--json", "--quick");
        assertThat(out).contains("\"proven\":{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"})
    void aDigestCanBeExpectedOfImagesAndSets(String text) {
        Optional<Digest> digest = Optional.of(Digest.ofHex("0123456789abcdef".repeat(4)));
        String option = "--expect-digest=" + text;
        run("verify", "--in=i", option);
        run("restore", "--in=i", "--device=d", option);
        run("export-raw", "--in=i", "--out=o", option);
        run("export-range", "--in=i", "--out=o", "--offset=1", "--length=2", option);
        run("export-qcow2", "--in=i", "--out=o", option);
        run("verify-set", "--set-dir=s", option);
        run("restore-set", "--set-dir=s", "--out-raw=o", option);
        PipelineOptions pipeline = PipelineOptions.DEFAULT;
        assertThat(service.requests).containsExactly(new VerifyRequest("i", false, false, false, pipeline, digest),
                new RestoreRequest("i", "d", false, false, false, false, pipeline, digest),
                new ExportRequest("i", "o", 0, -1, false, pipeline, digest),
                new ExportRequest("i", "o", 1, 2, false, pipeline, digest),
                new DiskExportRequest("i", "o", "qcow2", false, pipeline, digest),
                new VerifySetRequest("s", false, pipeline, digest),
                new RestoreSetRequest("s", "o", OptionalInt.empty(), false, false, false, false, pipeline, digest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "12", "md5:0123456789abcdef0123456789abcdef",
        "g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00",
        "\u06600123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"})
    void whatIsNoDigestIsRefused(String text) {
        assertThat(run("verify", "--in=i", "--expect-digest=" + text)).isEqualTo(ExitCodes.USAGE);
        assertThat(run("restore-set", "--set-dir=s", "--out-raw=o", "--expect-digest=" + text)).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void theReportSaysWhichDigestTheExpectedOneIs() {
        run("verify", "--in=i", "--expect-digest=" + IMAGE);
        assertThat(out.lines()).contains("  expected        " + IMAGE + " is the image digest");
        run("restore", "--in=i", "--device=d", "--expect-digest=" + CONTENT);
        assertThat(out.lines()).contains("  expected        " + CONTENT + " is the content digest");
        run("export-vhd", "--in=i", "--out=o", "--expect-digest=" + "cc".repeat(32));
        assertThat(out.lines()).contains("  expected        " + "cc".repeat(32)
                + " is the SHA-256 of the whole device, free ranges as zeros");
        run("verify", "--in=i", "--quick", "--expect-digest=" + IMAGE);
        assertThat(out.lines()).contains("  expected        not proven: the image states it, but not all of it was compared");
    }

    @Test
    void setsAreKnownByTheirDigestAndNotCalledIntactWhereNothingWasCompared() {
        run("backup-disk", "--device=d", "--out-dir=s");
        assertThat(out.lines()).contains("  set digest      " + "dd".repeat(32));
        run("verify-set", "--set-dir=s");
        assertThat(out.lines()).contains("  set digest      " + "dd".repeat(32)).last().isEqualTo("OK");
        service.partVerdict = Verdict.UNPROVEN;
        assertThat(run("verify-set", "--set-dir=s")).isZero();
        assertThat(out.lines()).last().asString().startsWith("NOT PROVEN: 1 of 2 parts of the set have no digest");
        run("restore-set", "--set-dir=s", "--out-raw=o");
        assertThat(out.lines()).contains("  not proven      part01.skzimg: the manifest has no digest of that");
    }
}
