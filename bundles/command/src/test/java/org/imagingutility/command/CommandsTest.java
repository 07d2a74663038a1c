package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.job.ConvertRequest;
import org.imagingutility.api.job.DiskExportRequest;
import org.imagingutility.api.job.ExportRequest;
import org.imagingutility.api.job.ImageRequest;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.RepairRequest;
import org.imagingutility.api.job.RestoreRequest;
import org.imagingutility.api.job.VerifyRequest;
import org.imagingutility.command.config.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final FakeService service = new FakeService();
    private final Configuration configuration = new Configuration(Optional.empty());
    private String out;
    private String err;
    private Map<String, String> environment = Map.of();
    private String terminal;

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
    void anImageWithUnreadableRangesSaysWhatIsLostAndEndsWithSeven() {
        ExtentList.Builder ranges = new ExtentList.Builder();
        for (int i = 0; i < 25; i++) {
            ranges.add(i * 4096L, 512);
        }
        service.unreadable = ranges.build();
        service.touched = List.of(new TouchedFile("\\a\u001b.txt", 512), new TouchedFile("\\b", 0));
        assertThat(run("image", "--device=d", "--out=o", "--on-read-error=record")).isEqualTo(ExitCodes.RECORDED).isEqualTo(7);
        assertThat(out).contains("12.5 KiB (12800 bytes) in 25 ranges (25 sectors)", "bytes 4096 to 4607 (512 bytes)",
                "bytes 77824 to 78335", "... and 5 more", "\\b (what the file system keeps about it)")
                .doesNotContain("bytes 81920", "\u001b");
        assertThat(run("image", "--device=d", "--out=o", "--on-read-error=record", "--progress=json")).isEqualTo(7);
        assertThat(out).contains("{\"offset\":81920,\"length\":512}", "\"touchedFiles\":[{\"path\":");
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
    void summarisesAnImage() {
        assertThat(run("image", "--device", "C:", "--out", "my image.skzimg", "--hash", "md5", "--verify")).isZero();
        assertThat(out.lines()).contains("Imaged \"C:\" to \"my image.skzimg\"",
                "  content         used extents only, as told by allocator ntfs: 300.0 MiB (314572800 bytes)",
                "  read            310.0 MiB (325058560 bytes)",
                "  stored          100.0 MiB (104857600 bytes), zstd level 3",
                "  ratio           3.00 : 1 (content to image file)",
                "  rate            155.0 MiB/s read",
                "  elapsed         2.0 s",
                "  bottleneck      the workers (codec and digests), busy 87 % of the time; workers: 2",
                "  image digest    " + "aa".repeat(32),
                "  content digest  " + "bb".repeat(32),
                "  md5             " + "cc".repeat(16) + " (whole device, free ranges as zeros)",
                "  restore without this program: zstd -d 'my image.skzimg' -o DEVICE.raw");
        assertThat(out).endsWith("OK" + System.lineSeparator());
        assertThat(err).contains("a notice", "Working on it:  50.0%");
    }

    @Test
    void reportsDamageWithItsPlacesAndFailsWithFour() {
        service.damages = List.of(FakeService.damage());
        assertThat(run("verify", "--in", "x.skzimg")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out.lines()).startsWith("damage at byte 4096 of the image (512 bytes): frame digest is 11, expected 22; "
                + "device bytes 0 to 4194303 cannot be restored", "... and 1 more");
        assertThat(out.lines()).last().isEqualTo("DAMAGED: 2 damages found in \"x.skzimg\"");
        assertThat(run("image", "--device", "C:", "--out", "o", "--verify")).isEqualTo(ExitCodes.DAMAGED);
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
    void saysWhatShareAQuickVerificationLookedAt() {
        assertThat(run("verify", "--in", "x.skzimg", "--quick")).isZero();
        assertThat(out.lines()).contains("  frames          10 of 75 decompressed and compared (13.3 %)",
                "  image file      20.0 MiB of 100.0 MiB looked at (20.0 %)",
                "OK: no damage in what was looked at; verify without --quick to check every frame");
    }

    @Test
    void showsListsAsTables() {
        run("list");
        assertThat(out.lines()).containsExactly(
                "DISK  DEVICE       KIND            SIZE  SECTOR  TYPE                 FILE SYSTEM  LABEL  MOUNTED AT",
                "   0  /dev/sda     disk         1.0 GiB     512  MBR                  -            Model",
                "        /dev/sda1  partition  512.0 MiB     512  NTFS, exFAT or HPFS  NTFS 3.1     DATA   /mnt/a, /mnt/b",
                "not looked into: device /dev/sda: may not be read");
        run("plugins");
        assertThat(out.lines()).contains("codec        zstd        1  12  org.imagingutility.codec.zstd  0.1.0    ACTIVE  job 3");
    }

    @Test
    void listsThePartitionsOfADisk() {
        run("list", "--device", "disk.img");
        assertThat(out.lines()).containsExactly(
                "\"disk.img\"",
                "  size            100.0 MiB (104857600 bytes)",
                "  partition table GPT, sectors of 512 bytes",
                "  copy used       the backup",
                "  disk GUID       B855EEB1-6142-4D25-A8AB-D10BB373A9EF",
                "  in no partition 30.0 MiB (31457280 bytes)",
                "DEVICE         START      SIZE  TYPE                                  NAME      FILE SYSTEM  LABEL",
                "disk.img#1   1048576  40.0 MiB  Microsoft basic data, bootable        Data?[2J  NTFS 3.1     DATA",
                "disk.img#2  62914560  30.0 MiB  11111111-2222-3333-4444-555555555555            -",
                "the primary GPT is damaged: byte 528: wrong",
                "warning: byte 446: odd",
                "not looked into: device: may not be read");
        run("list", "--device", "disk.img", "--json");
        assertThat(out).startsWith("{\"disk\":{\"reference\":\"disk.img\",\"kind\":\"file\",\"length\":104857600,")
                .contains("\"table\":{\"kind\":\"gpt\",\"sectorSize\":512,",
                        "\"gpt\":{\"used\":\"backup\",\"primaryProblem\":\"byte 528: wrong\",\"backupProblem\":null}",
                        "{\"number\":1,\"role\":\"primary\",\"offset\":1048576,\"length\":41943040,", "\"flags\":\"0x4\",",
                        "\"gaps\":[{\"offset\":0,\"length\":1048576},", "\"problem\":\"device: may not be read\"");
    }

    @Test
    void writesJsonWhereAskedTo() {
        run("list", "--json");
        assertThat(out).startsWith("{\"devices\":[{\"reference\":\"/dev/sda\",").contains("\"parent\":\"/dev/sda\"", "\"problem\":\"device /dev/sda: may not be read\"");
        run("plugins", "--json");
        assertThat(out).isEqualTo("{\"plugins\":[{\"kind\":\"codec\",\"name\":\"zstd\",\"wireId\":1,"
                + "\"bundle\":\"org.imagingutility.codec.zstd\",\"version\":\"0.1.0\",\"state\":\"ACTIVE\",\"bundleId\":12,\"users\":[\"job 3\"]},"
                + "{\"kind\":\"image store\",\"name\":\"file\",\"wireId\":null,\"bundle\":\"org.imagingutility.store.file\","
                + "\"version\":\"0.1.0\",\"state\":\"ACTIVE\",\"users\":[]}]}\n");
        run("info", "--in", "x", "--json");
        assertThat(out).contains("\"deviceLength\":1073741824,", "\"usedOnly\":true",
                "\"metadata\":{\"device.model\":\"Disk\\u001B[2J\",\"device.removable\":false}", "\"statistics\":{\"seconds\":7}");
    }

    @Test
    void endsJsonProgressWithTheResultAndNothingElseOnStandardOutput() {
        run("--progress", "json", "verify", "--in", "x");
        assertThat(out.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"type\":\"") && line.endsWith("}"))
                .last().asString().startsWith("{\"type\":\"result\",\"intact\":true,");
        assertThat(err).isEmpty();
        service.failure = new DeviceException("C:", 512, "no such sector", "try another", null);
        assertThat(run("verify", "--in", "x", "--progress=json")).isEqualTo(ExitCodes.INPUT_OUTPUT);
        assertThat(out.lines()).last().isEqualTo("{\"type\":\"error\",\"exitCode\":3,"
                + "\"message\":\"device \\\"C:\\\" at byte 512: no such sector\",\"remedy\":\"try another\"}");
    }

    @Test
    void keepsControlCharactersOfAnImageOffTheTerminal() {
        run("info", "--in", "x");
        assertThat(out).contains("Disk?[2J").doesNotContain("\u001b");
    }

    @Test
    void drawsABarOnATerminalOnly() {
        terminal = "24 100";
        run("verify", "--in", "x");
        assertThat(err).contains("\rWorking on it [");
        run("verify", "--in", "x", "--plain");
        assertThat(err).doesNotContain("\r");
        environment = Map.of("IMAGINGUTILITY_PLAIN", "1");
        run("verify", "--in", "x");
        assertThat(err).doesNotContain("\r");
        run("verify", "--in", "x", "--progress", "bar");
        assertThat(err).contains("\rWorking on it [");
    }

    @Test
    void tellsErrorAndRemedyWithoutAStackTrace() {
        service.failure = new FileSystemException("C:", 42, "run list ends outside the volume", "image it with --all-blocks");
        assertThat(run("image", "--device", "C:", "--out", "o")).isEqualTo(ExitCodes.INPUT_OUTPUT);
        assertThat(err.lines()).contains("imaging: file system on \"C:\" at byte 42: run list ends outside the volume",
                "remedy: image it with --all-blocks");
        assertThat(err).doesNotContain("\tat ");
        run("image", "--device", "C:", "--out", "o", "--verbose");
        assertThat(err).contains("\tat ");
    }

    @Test
    void callsAFaultOfThisProgramByItsName() {
        service.failure = new IllegalStateException("what?");
        assertThat(run("info", "--in", "x")).isEqualTo(ExitCodes.INTERNAL);
        assertThat(err.lines()).containsExactly("imaging: internal error: java.lang.IllegalStateException: what?",
                "remedy: run with --verbose to see where");
    }

    @Test
    void saysHowToGoOnWhenMemoryRunsOut() {
        service.failure = new OutOfMemoryError("Cannot reserve 1 bytes of direct buffer memory");
        assertThat(run("verify", "--in", "x")).isEqualTo(ExitCodes.INTERNAL);
        assertThat(err).contains("imaging: out of memory: Cannot reserve", "--frame-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image --device C: --out o --frame-size -1", "image --device C: --out o --chunk-size 1.5M",
        "image --device C: --out o --max-bytes 99999999T", "image --device C: --out o --frame-size 65G",
        "image --device C: --out o --parallel 257", "image --device C: --out o --pipeline-depth -1", "image --device C:",
        "image --device C: --device D: --out o", "verify --in", "verify --in x --nonsense", "verify x", "nonsense", "",
        "info --in x --progress fancy", "export-range --in i --out o --offset -5", "image --device C: --out o --level high"})
    void refusesBadCommandLinesWithOne(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCodes.USAGE);
        assertThat(err).startsWith("imaging: ").doesNotContain("\tat ", "internal error");
        assertThat(out).isEmpty();
        assertThat(service.requests).isEmpty();
    }

    @Test
    void offersTheNearestSpelling() {
        run("imag");
        assertThat(err).contains("Did you mean image?");
        run("image", "--devise", "C:", "--out", "o");
        assertThat(err).contains("--devise", "Did you mean --device?");
        run("restore", "--in", "i", "--device", "d", "--frce");
        assertThat(err).contains("Did you mean --force?");
        run("verify", "--in", "i", "--xyz");
        assertThat(err).doesNotContain("Did you mean");
    }

    static Iterable<String> commands() {
        return CommandLineRunner.COMMANDS;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEveryCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out).startsWith("Usage: imaging " + command + " ").contains("--help", "--verbose", "--plain", "--progress");
        assertThat(out.lines()).allMatch(line -> line.length() <= 80);
        assertThat(err).isEmpty();
        run("--help");
        assertThat(out.lines()).anyMatch(line -> line.strip().startsWith(command + " "));
    }

    @Test
    void helpsOnACommandByItsName() {
        assertThat(run("help", "verify")).isZero();
        assertThat(out).startsWith("Usage: imaging verify ");
        assertThat(run("help")).isZero();
        assertThat(out).startsWith("Usage: imaging ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out).matches("imaging \\d+\\.\\d+\\.\\d+\\R");
    }

    private int run(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = Console.of(new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8), terminal, environment);
        int exitCode = new CommandLineRunner(service, configuration, false).run(args, console);
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
