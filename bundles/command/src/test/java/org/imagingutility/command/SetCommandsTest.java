package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.container.ImageLabels;
import org.imagingutility.api.job.BackupRequest;
import org.imagingutility.api.job.ImageRequest;
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
import org.junit.jupiter.api.condition.OS;

/** The commands for backup sets. */
class SetCommandsTest {
    private final FakeService service = new FakeService();
    private String out;

    private int run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new CommandLineRunner(service, new Configuration(Optional.empty()), false).run(args, Console.of(stream, stream, null, Map.of()));
        out = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void aBackupHasTheDefaultsWhereNothingIsAsked() {
        assertThat(run("backup-disk", "--device=/dev/sda", "--out-dir=s")).isZero();
        assertThat(service.requests).containsExactly(BackupRequest.of("/dev/sda", "s"));
        assertThat(out).contains("part01.skzimg", "NTFS 3.1", "B855EEB1-6142-4D25-A8AB-D10BB373A9EF").doesNotContain("\u001b");
    }

    @Test
    void aDiskIsNamedByItsNumberInTheList() {
        assertThat(run("backup-disk", "--disk=0", "--out-dir=s", "--raw-dumps", "--hash-cutoff=2G", "--resume")).isZero();
        BackupRequest request = (BackupRequest) service.requests.get(1);
        assertThat(request.device()).isEqualTo("/dev/sda");
        assertThat(request.diskNumber()).isEqualTo(OptionalInt.of(0));
        assertThat(request.artefacts()).isEqualTo(new BackupRequest.Artefacts(true, false, 2L << 30));
        assertThat(request.output().resume()).isPresent();
        assertThat(run("backup-disk", "--disk=7", "--out-dir=s")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void howADiskIsDividedCanBeSaid() {
        assertThat(run("backup-disk", "--device=d", "--out-dir=s", "--unpartitioned=ends", "--sector-size=4096")).isZero();
        assertThat(((BackupRequest) service.requests.get(0)).division()).isEqualTo(new BackupRequest.Division(
                BackupRequest.Unpartitioned.ENDS, OptionalInt.of(4096)));
        for (String option : List.of("--unpartitioned=some", "--sector-size=1024", "--sector-size=x")) {
            assertThat(run("backup-disk", "--device=d", "--out-dir=s", option)).as(option).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void inARepositoryADiskIsOneImage() {
        assertThat(run("backup-disk", "--device=/dev/sda", "--repository=r", "--name=pc", "--tag=weekly", "--host=h", "--sector-size=512",
                "--on-read-error=record")).isZero();
        ImageRequest request = (ImageRequest) service.requests.get(service.requests.size() - 1);
        assertThat(request.device()).isEqualTo("/dev/sda");
        assertThat(request.target()).isEqualTo("r#pc");
        assertThat(request.layout().format()).isEqualTo("repository");
        assertThat(request.labels()).isEqualTo(new ImageLabels(Optional.of("h"), List.of("weekly")));
        assertThat(request.source().sectorSize()).isEqualTo(OptionalInt.of(512));
        assertThat(request.source().allBlocks()).isFalse();
        assertThat(request.readErrors().record()).isTrue();
        for (String option : List.of("--out-dir=s", "--force", "--resume", "--raw-dumps", "--unpartitioned=ends", "--hash-cutoff=1M")) {
            assertThat(run("backup-disk", "--device=d", "--repository=r", "--name=pc", option)).as(option).isEqualTo(ExitCodes.USAGE);
        }
        for (List<String> missing : List.of(List.of("--repository=r"), List.of("--name=n"), List.of("--out-dir=s", "--tag=t"), List.<String>of())) {
            List<String> line = new ArrayList<>(List.of("backup-disk", "--device=d"));
            line.addAll(missing);
            assertThat(run(line.toArray(String[]::new))).as("%s", missing).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void commandsForSetsTakeAnImageInARepository() {
        assertThat(run("verify-set", "--set-dir=r#pc", "--quick")).isZero();
        assertThat(((VerifyRequest) service.requests.get(0)).image()).isEqualTo("r#pc");
        assertThat(run("restore-set", "--set-dir=r#pc", "--device=/dev/sdb", "--force", "--discard")).isZero();
        RestoreRequest whole = (RestoreRequest) service.requests.get(1);
        assertThat(whole.image()).isEqualTo("r#pc");
        assertThat(whole.target()).isEqualTo("/dev/sdb");
        assertThat(whole.overwrite() && whole.discard()).isTrue();
        assertThat(run("restore-set", "--set-dir=r#pc@2026", "--out-raw=f", "--partition=3")).isZero();
        assertThat(((RestoreRequest) service.requests.get(2)).image()).isEqualTo("r#pc@2026#3");
        assertThat(run("restore-set", "--set-dir=r#pc", "--device=/dev/sdb", "--partition=3", "--force"))
                .as("a partition alone would be written where the disk begins").isEqualTo(ExitCodes.USAGE);
        assertThat(run("restore-physical", "--set-dir=r#pc", "--device=/dev/sdb", "--partition=3", "--force")).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).hasSize(3);
    }

    @Test
    void optionsThatMakeNoSenseForADiskAreUsageErrors() {
        for (String option : List.of("--max-bytes=1M", "--bad-map=m", "--retry-bad", "--device=x", "--hash-cutoff=-1")) {
            assertThat(run("backup-disk", "--disk=0", "--out-dir=s", option)).as(option).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void unreadableSectorsAreExitCodeSevenAndADamagedSetIsFour() {
        service.manifest = FakeService.manifest(512);
        assertThat(run("backup-disk", "--device=d", "--out-dir=s")).isEqualTo(ExitCodes.RECORDED);
        service.partVerdict = Verdict.DAMAGED;
        assertThat(run("backup-disk", "--device=d", "--out-dir=s", "--verify")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(run("verify-set", "--set-dir=s")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out).contains("part01.skzimg", "damaged", "1 of 2 parts of the set damaged or missing");
    }

    @Test
    void aSetIsVerified() {
        assertThat(run("verify-set", "--set-dir=s", "--quick", "--parallel=2")).isZero();
        assertThat(service.requests).containsExactly(new VerifySetRequest("s", true, new PipelineOptions(2, 0, true)));
        assertThat(out.strip()).endsWith("OK");
        assertThat(run("verify-set", "--set-dir=s", "--json")).isZero();
        assertThat(out).contains("\"intact\":true", "\"verdict\":\"intact\"");
    }

    @Test
    void aSetIsRestoredToAFileADeviceOrANumberedDisk() {
        assertThat(run("restore-set", "--set-dir=s", "--out-raw=f")).isZero();
        assertThat(run("restore-set", "--set-dir=s", "--device=d", "--force", "--partition=3", "--verify", "--zero-free")).isZero();
        assertThat(run("restore-physical", "--set-dir=s", "--disk=0", "--force")).isZero();
        assertThat(service.requests).contains(
                new RestoreSetRequest("s", "f", OptionalInt.empty(), false, false, false, PipelineOptions.DEFAULT),
                new RestoreSetRequest("s", "d", OptionalInt.of(3), true, true, true, PipelineOptions.DEFAULT),
                new RestoreSetRequest("s", "/dev/sda", OptionalInt.empty(), false, true, false, PipelineOptions.DEFAULT));
        // Windows is told of the new layout by the plug-in that writes to its drives
        assertThat(out.toString().contains("blockdev --rereadpt")).isEqualTo(!OS.WINDOWS.isCurrentOs());
        assertThat(run("restore-set", "--set-dir=s")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("restore-set", "--set-dir=s", "--out-raw=f", "--device=d")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void theBeginningOfADiskIsDumped() {
        assertThat(run("dump-pt", "--device=d", "--out=f")).isZero();
        assertThat(service.requests).containsExactly(List.of("d", "f", 1L << 20, false));
    }
}
