package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.Metadata;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.container.ImageSpec;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.ExitCodes;
import org.imagingutility.command.text.TerminalText;
import org.junit.jupiter.api.Test;

/** What commands print: summaries, lists, JSON, progress. */
class ReportsTest extends TypedLines {
    private final FakeService service = new FakeService();

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
                "  restore without this program: zstd -d " + TerminalText.shellWord("my image.skzimg") + " -o DEVICE.raw");
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
                "note: device /dev/sda: may not be read");
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
                "note: device: may not be read");
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

    /** An image of a disk, of used blocks as {@code allocator} told, or of all blocks of a device of that kind. */
    private static ImageInfo imageOf(Optional<String> allocator, String kind) {
        ImageInfo any = FakeService.IMAGE;
        ImageSpec spec = any.spec();
        ImageSpec changed = new ImageSpec(spec.deviceLength(), spec.sectorSize(), spec.frameSize(), spec.chunkSize(), spec.codecName(),
                spec.codecWireId(), spec.level(), allocator.isPresent(), spec.created(), spec.plannedChunks(), spec.plannedFrames(),
                Metadata.of(Map.of("device.kind", kind)));
        return new ImageInfo(any.formatName(), any.formatVersion(), changed, any.digests(), any.usedBytes(), any.unreadableBytes(), any.fileLength(),
                any.stockCommand(), Metadata.of(allocator.map(name -> Map.of("allocator", name)).orElse(Map.of())));
    }

    @Test
    void tellsOfThePartitionsThatAnImageOfADiskHas() {
        for (ImageInfo disk : List.of(imageOf(Optional.of("partitions"), "FILE"), imageOf(Optional.empty(), "DISK"))) {
            service.imaged = disk;
            run("info", "--in", "x");
            assertThat(out).contains("x#1", "NTFS 3.1");
            run("info", "--in", "x", "--json");
            assertThat(out).contains("\"disk\":{\"reference\":\"x\"").doesNotContain("diskProblem");
        }
        for (ImageInfo volume : List.of(imageOf(Optional.of("ntfs"), "FILE"), imageOf(Optional.empty(), "PARTITION"))) {
            service.imaged = volume;
            service.noDisk = Optional.of("nobody is to look");
            run("info", "--in", "x");
            assertThat(out).doesNotContain("x#1", "nobody is to look");
        }
    }

    @Test
    void aDiskThatCannotBeLookedAtHidesNothingOfItsImage() {
        service.imaged = imageOf(Optional.empty(), "FILE");
        service.noDisk = Optional.of("both copies are damaged");
        assertThat(run("info", "--in", "x")).isZero();
        assertThat(out).contains("all blocks", "the partitions cannot be listed: partition table on \"x\" at byte 512: both copies are damaged");
        assertThat(run("info", "--in", "x", "--json")).isZero();
        assertThat(out).contains("\"usedOnly\":false", "\"diskProblem\":\"partition table on \\\"x\\\" at byte 512: both copies are damaged\"")
                .doesNotContain("\"disk\":");
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
        assertThat(err.replace(System.lineSeparator(), "\n")).doesNotContain("\r");
        environment = Map.of("IMAGINGUTILITY_PLAIN", "1");
        run("verify", "--in", "x");
        assertThat(err.replace(System.lineSeparator(), "\n")).doesNotContain("\r");
        run("verify", "--in", "x", "--progress", "bar");
        assertThat(err).contains("\rWorking on it [");
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, new Configuration(Optional.empty()), false), args);
    }
}
