package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options of commands become, and what comes of it. */
class CommandsTest extends TypedLines {
    private final FakeService service = new FakeService();

    @TempDir
    private Path temporary;

    @Test
    void readErrorOptionsBecomeTheRequest() {
        run("image", "--device=d", "--out=o", "--on-read-error=record", "--retries=7", "--read-timeout=500ms", "--bad-map=m");
        assertThat(((ImageRequest) service.requests.get(0)).readErrors()).isEqualTo(
                new ImageRequest.ReadErrors(true, 7, Duration.ofMillis(500), Optional.of("m"), false));
        run("image", "--device=d", "--out=o", "--resume", "--retry-bad", "--read-timeout=2m");
        assertThat(((ImageRequest) service.requests.get(1)).readErrors()).isEqualTo(
                new ImageRequest.ReadErrors(false, 3, Duration.ofMinutes(2), Optional.empty(), true));
    }

    @Test
    void readErrorOptionsThatMakeNoSenseAreUsageErrors() {
        for (String[] options : new String[][] {{"--bad-map=m"}, {"--retry-bad"}, {"--retries=-1"}, {"--retries=1001"},
            {"--read-timeout=soon"}, {"--read-timeout=-1s"}, {"--on-read-error=ignore"}}) {
            List<String> line = new java.util.ArrayList<>(List.of("image", "--device=d", "--out=o"));
            line.addAll(List.of(options));
            assertThat(run(line.toArray(String[]::new))).as(String.join(" ", options)).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void infoWritesABadMapWhereAsked() {
        run("info", "--in=i.skzimg", "--bad-map-out=b.map");
        assertThat(service.requests).contains(List.of("i.skzimg", "b.map"));
    }

    @Test
    void asksForExactlyTheDefaultsWhenNoOptionIsGiven() {
        assertThat(run("image", "--device", "C:", "--out", "c.skzimg")).isZero();
        assertThat(service.requests).containsExactly(ImageRequest.of("C:", "c.skzimg"));
        run("verify", "--in", "c.skzimg");
        assertThat(service.requests).last().isEqualTo(new VerifyRequest("c.skzimg", false, PipelineOptions.DEFAULT));
        run("restore", "--in", "c.skzimg", "--device", "D:");
        assertThat(service.requests).last()
                .isEqualTo(new RestoreRequest("c.skzimg", "D:", false, false, false, PipelineOptions.DEFAULT));
        run("export-raw", "--in", "c.skzimg", "--out", "c.raw");
        assertThat(service.requests).last()
                .isEqualTo(new ExportRequest("c.skzimg", "c.raw", 0, -1, false, PipelineOptions.DEFAULT));
    }

    @Test
    void passesEveryOptionOfImageOn() {
        run("image", "--device=C:", "--out=c.skzimg", "--all-blocks", "--chunk-size=64M", "--frame-size", "1MiB", "--codec=x",
                "--level", "-5", "--parallel=3", "--pipeline-depth=4", "--write-through", "--no-adaptive-concurrency",
                "--no-optimized-reader", "--max-throughput=10M", "--max-bytes=1G", "--hash=sha256,md5", "--verify", "--force");
        assertThat(service.requests).containsExactly(new ImageRequest("C:", "c.skzimg",
                new ImageRequest.Output(true, true, true, Optional.empty(), Duration.ofSeconds(30)),
                new ImageRequest.Source(true, false, 10 << 20, 1 << 30), ImageRequest.ReadErrors.DEFAULT,
                new ImageRequest.Layout("skz", Optional.of("x"), OptionalInt.of(-5), OptionalInt.of(1 << 20),
                        OptionalLong.of(64 << 20)),
                new PipelineOptions(3, 4, false), List.of("sha256", "md5")));
    }

    @Test
    void passesEveryOptionOfTheOtherCommandsOn() {
        run("verify", "--in=i", "--quick", "--first", "--uncached", "--parallel=5");
        run("restore", "--in=i", "--device=d", "--zero-free", "--force", "--verify", "--parallel=5");
        run("export-range", "--in=i", "--out=o", "--offset=1K", "--length=2K", "--force");
        PipelineOptions five = new PipelineOptions(5, 0, true);
        assertThat(service.requests).containsExactly(new VerifyRequest("i", true, true, true, five),
                new RestoreRequest("i", "d", true, true, true, five),
                new ExportRequest("i", "o", 1024, 2048, true, PipelineOptions.DEFAULT));
    }

    @Test
    void exportsVirtualDisksOfTheFormatThatTheCommandNames() {
        assertThat(run("export-vhd", "--in=i", "--out=o", "--force", "--parallel=5")).isZero();
        assertThat(out.lines()).contains("Exported \"i\" to \"o\"", "  virtual disk    1.0 GiB (1073741824 bytes)");
        run("export-vhd", "--in=i", "--out=o", "--fixed");
        run("export-vhdx", "--in=i", "--out=o");
        run("export-qcow2", "--in=i", "--out=o");
        run("export-disk", "--in=i", "--out=o", "--format=x");
        PipelineOptions usual = new PipelineOptions(0, 0, true);
        assertThat(service.requests).containsExactly(
                new DiskExportRequest("i", "o", "vhd", true, new PipelineOptions(5, 0, true)),
                new DiskExportRequest("i", "o", "vhd-fixed", false, usual), new DiskExportRequest("i", "o", "vhdx", false, usual),
                new DiskExportRequest("i", "o", "qcow2", false, usual), new DiskExportRequest("i", "o", "x", false, usual));
    }

    @Test
    void convertsWithTheOptionsOfANewImage() {
        assertThat(run("convert", "--in=i", "--out=o", "--force", "--verify", "--codec=x", "--level=7", "--frame-size=1M",
                "--chunk-size=8M", "--write-through", "--parallel=2")).isZero();
        assertThat(service.requests).containsExactly(new ConvertRequest("i", "o", true, true, true,
                new ImageRequest.Layout("skz", Optional.of("x"), OptionalInt.of(7), OptionalInt.of(1 << 20), OptionalLong.of(8 << 20)),
                new PipelineOptions(2, 0, true)));
        assertThat(out.lines()).contains("Converted \"i\" to \"o\"", "  content digest  " + "bb".repeat(32));
    }

    @Test
    void repairOnlyLooksUnlessAskedToWrite() {
        assertThat(run("repair", "--in", "x.skzimg")).isZero();
        assertThat(service.requests).containsExactly(
                new RepairRequest("x.skzimg", Optional.empty(), false, false, PipelineOptions.DEFAULT));
        assertThat(out.lines()).last().isEqualTo("OK: nothing is wrong with the image");
        service.damages = List.of(FakeService.damage());
        service.lost = new ExtentList.Builder().add(8192, 4096).build();
        assertThat(run("repair", "--in", "x.skzimg")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out.lines()).startsWith("damage at byte 4096 of the image (512 bytes): frame digest is 11, expected 22; "
                + "device bytes 0 to 4194303", "lost: device bytes 8192 to 12287 (4.0 KiB)",
                "file touched: \\dir\\a.txt (4096 bytes lost)");
        assertThat(out.lines()).last().asString().startsWith("DAMAGED: nothing was written. --out NEW writes");
    }

    @Test
    void repairToANewImageSaysWithSevenThatLossesAreRecorded() {
        service.damages = List.of(FakeService.damage());
        assertThat(run("repair", "--in", "x", "--out", "y", "--force", "--parallel=2")).isZero();
        assertThat(service.requests).containsExactly(
                new RepairRequest("x", Optional.of("y"), true, false, new PipelineOptions(2, 0, true)));
        service.lost = new ExtentList.Builder().add(0, 4096).build();
        assertThat(run("repair", "--in", "x", "--out", "y")).isEqualTo(ExitCodes.RECORDED);
        assertThat(run("repair", "--in", "x", "--out", "y", "--json")).isEqualTo(ExitCodes.RECORDED);
        assertThat(out).startsWith("{\"intact\":false,\"finished\":true,").contains(
                "\"lost\":[{\"deviceOffset\":0,\"deviceLength\":4096}]", "\"written\":{\"format\":\"skz\"");
    }

    @Test
    void repairInPlaceFailsWithFourIfDamageIsLeft() {
        service.damages = List.of(FakeService.damage());
        assertThat(run("repair", "--in", "x", "--in-place")).isZero();
        service.lost = new ExtentList.Builder().add(0, 4096).build();
        assertThat(run("repair", "--in", "x", "--in-place")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out.lines()).last().asString().contains("cannot be repaired in place; --out writes");
        assertThat(run("repair", "--in", "x", "--in-place", "--out", "y")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("repair", "--in", "x", "--force")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aVolumeThatFailsIsNamedAndItsExitCodeIsThatOfTheCommand() throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("set"));
        String[] line = {"image", "--volumes", "C:,D:,E:", "--out-dir", folder.toString()};
        assertThat(run(line)).isZero();
        assertThat(out).contains("Imaged \"C:\"", "Imaged \"D:\"", "Imaged \"E:\"");
        assertThat(err).doesNotContain("no image of");
        service.unreadable = new ExtentList.Builder().add(0, 4096).build();
        assertThat(run(line)).isEqualTo(ExitCodes.RECORDED);
        service.volumeFailures.put("D:", new NotPermittedException("D:", "access is denied", "be administrator", null));
        service.volumeFailures.put("E:", new DeviceException("E:", 512, "went away", null, null));
        assertThat(run(line)).isEqualTo(ExitCodes.NOT_PERMITTED);
        assertThat(out).contains("Imaged \"C:\"").doesNotContain("Imaged \"D:\"", "Imaged \"E:\"");
        assertThat(err).contains("imaging: no image of \"D:\": ", "remedy: be administrator", "imaging: no image of \"E:\": ", "went away",
                "1 of 3 images were made", "--resume");
        String[] json = Stream.concat(Stream.of(line), Stream.of("--progress=json")).toArray(String[]::new);
        assertThat(run(json)).isEqualTo(ExitCodes.NOT_PERMITTED);
        assertThat(out.lines()).last().asString().contains("\"images\":[{\"device\":\"C:\",", "\"failed\":[{\"device\":\"D:\",\"exitCode\":2,",
                "{\"device\":\"E:\",\"exitCode\":3,");
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, new Configuration(Optional.empty()), false), args);
    }
}
