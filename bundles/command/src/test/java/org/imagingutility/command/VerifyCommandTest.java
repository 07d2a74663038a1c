package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.allocator.TouchedFile;
import org.imagingutility.api.container.ImageInfo;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest extends TypedLines {
    @TempDir
    Path folder;

    private final FakeService service = new FakeService();
    private final Configuration configuration = new Configuration(Optional.empty());
    private Path image;

    @BeforeEach
    void makeImage() throws IOException {
        image = Files.createFile(folder.resolve("a.skzimg"));
    }

    @Test
    void saysWhatChanceADamageHasToBeMissedByAQuickVerification() {
        assertThat(run("--quick")).isZero();
        assertThat(out.lines()).contains("  would be missed damage of 1 B with 80.0 %, 4.0 KiB with less than 0.1 %, 1.0 MiB never",
                "  bytes came      through the cache");
        assertThat(run()).isZero();
        assertThat(out).doesNotContain("would be missed").endsWith("OK" + System.lineSeparator());
    }

    @Test
    void saysWhereTheBytesCameFrom() {
        run("--uncached");
        assertThat(out).contains("through the cache: where the image lies nothing else is offered");
        service.fromMedium = true;
        run("--uncached");
        assertThat(out.lines()).contains("  bytes came      from the medium, past the cache");
    }

    @Test
    void unreadableBytesAreToldAndAreNoDamage() {
        ImageInfo whole = FakeService.IMAGE;
        service.image = new ImageInfo(whole.formatName(), whole.formatVersion(), whole.spec(), whole.digests(),
                whole.usedBytes(), 1536, whole.fileLength(), whole.stockCommand(), whole.statistics());
        assertThat(run()).isZero();
        assertThat(out.lines()).contains(
                "  unreadable      1.5 KiB (1536 bytes) were unreadable when the image was made, and are zeros in it");
        assertThat(run("--json")).isZero();
        assertThat(out).contains("\"unreadableBytes\":1536");
    }

    @Test
    void namesTheFilesThatDamageTouches() {
        service.damages = List.of(FakeService.damage());
        service.touchedFiles = List.of(new TouchedFile("\\a\\b\u001b.txt", 4096), new TouchedFile("\\dir", 0));
        assertThat(run()).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out).contains("(4096 bytes)", "damaged file: \\dir (what the file system keeps about it)")
                .doesNotContain("\u001b");
    }

    @Test
    void saysThatItStoppedAtTheFirstDamage() {
        service.damages = List.of(FakeService.damage());
        service.stoppedAtFirst = true;
        assertThat(run("--first")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out.lines()).last().asString().startsWith("DAMAGED").endsWith("stopped at the first, there may be more");
    }

    @Test
    void printsTheWholeResultAsOneJsonObject() {
        service.damages = List.of(FakeService.damage());
        service.touchedFiles = List.of(new TouchedFile("\\a", 7));
        assertThat(run("--json", "--quick")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(out.lines()).hasSize(1);
        assertThat(out).startsWith("{\"intact\":false,\"damageCount\":2,\"damages\":[{\"fileOffset\":4096,\"fileLength\":512,"
                + "\"deviceOffset\":0,\"deviceLength\":4194304,").contains("\"touchedFiles\":[{\"path\":\"\\\\a\",\"bytes\":7}]",
                "\"stoppedAtFirst\":false", "{\"damageLength\":1,\"chance\":0.8}", "\"fromMedium\":false",
                "\"framesChecked\":10,\"frameCount\":75,\"storedBytesChecked\":20971520");
    }

    @Test
    void leavesOneMarkerThatSaysWhatTheLastVerificationFound() throws IOException {
        assertThat(run("--markers")).isZero();
        assertThat(markers()).containsExactly("a.skzimg.VerifiedFull");
        assertThat(Files.readString(folder.resolve("a.skzimg.VerifiedFull"))).startsWith("{\"intact\":true").endsWith("}\n");
        run("--markers", "--quick");
        assertThat(markers()).containsExactly("a.skzimg.VerifiedQuick");
        service.damages = List.of(FakeService.damage());
        assertThat(run("--markers")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(markers()).containsExactly("a.skzimg.BadImage");
    }

    @Test
    void anImageTooDamagedToBeOpenedIsMarkedAsBad() throws IOException {
        service.failure = new ImageDamagedException("a.skzimg", 8, "both headers are damaged", null);
        assertThat(run("--markers")).isEqualTo(ExitCodes.DAMAGED);
        assertThat(markers()).containsExactly("a.skzimg.BadImage");
        assertThat(Files.readString(folder.resolve("a.skzimg.BadImage"))).contains("both headers are damaged");
    }

    @Test
    void aCancelledVerificationLeavesNoMarkerAtAll() throws IOException {
        run("--markers");
        service.failure = new CancelledException("verifying");
        assertThat(run("--markers")).isEqualTo(ExitCodes.CANCELLED);
        assertThat(markers()).isEmpty();
    }

    @Test
    void markersAreRefusedBeforeTheWorkWhereThereIsNoFile() throws IOException {
        Files.delete(image);
        assertThat(run("--markers")).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).isEmpty();
        assertThat(err).contains("there is no file");
    }

    @Test
    void withoutTheOptionNothingIsWritten() throws IOException {
        run();
        assertThat(markers()).isEmpty();
    }

    private List<String> markers() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("a.skzimg")).toList();
        }
    }

    private int run(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "verify";
        args[1] = "--in";
        args[2] = image.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return run(new CommandLineRunner(service, configuration, false), args);
    }
}
