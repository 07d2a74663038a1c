package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.Login;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.TlsFiles;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of {@code serve} become. */
class ServeCommandTest extends TypedLines {
    @TempDir
    private Path folder;
    private final FakeService service = new FakeService();

    private static ServeRequest.Export plain(String name, String image) {
        return new ServeRequest.Export(name, image, false, Optional.empty());
    }

    private static ServeSettings on(Endpoint endpoint) {
        return new ServeSettings(endpoint, Optional.empty(), 64);
    }

    private ServeRequest last() {
        return (ServeRequest) service.requests.get(service.requests.size() - 1);
    }

    @Test
    void listensOnTheLoopbackUnlessMoreIsAskedFor() {
        assertThat(run("serve", "nbd", "--in=i.skzimg")).isZero();
        assertThat(last()).isEqualTo(new ServeRequest("nbd", List.of(plain("", "i.skzimg")), on(new Endpoint.Tcp("127.0.0.1", 10809)),
                64 << 20, PipelineOptions.DEFAULT));
        run("serve", "nbd", "--in=i", "--socket=s", "--cache=1G", "--connections=3");
        assertThat(last().settings()).isEqualTo(new ServeSettings(new Endpoint.UnixSocket("s"), Optional.empty(), 3));
        assertThat(last().cacheBytes()).isEqualTo(1L << 30);
        run("serve", "nbd", "--in=i", "--listen=::1", "--port=0");
        assertThat(last().settings()).isEqualTo(on(new Endpoint.Tcp("::1", 0)));
        run("serve", "nbd", "--in=i", "--listen=0.0.0.0", "--tls=pki");
        assertThat(last().settings()).isEqualTo(new ServeSettings(new Endpoint.Tcp("0.0.0.0", 10809), Optional.of(new TlsFiles("pki", true)), 64));
        run("serve", "nbd", "--in=i", "--listen=0.0.0.0", "--open-to-network");
        assertThat(last().settings()).isEqualTo(on(new Endpoint.Tcp("0.0.0.0", 10809)));
    }

    @Test
    void severalExportsHaveNamesAndOneMayBeWrittenTo() {
        run("serve", "nbd", "--in=i", "--export", "a=b=c", "--export=x=set#2", "--as-disk");
        assertThat(last().exports()).containsExactly(new ServeRequest.Export("", "i", true, Optional.empty()),
                new ServeRequest.Export("a", "b=c", true, Optional.empty()), new ServeRequest.Export("x", "set#2", true, Optional.empty()));
        run("serve", "nbd", "--in=i", "--overlay=o");
        assertThat(last().exports().get(0).overlay()).contains(new ServeRequest.Overlay("o", true));
        run("serve", "nbd", "--in=i", "--overlay=o", "--drop-overlay");
        assertThat(last().exports().get(0).overlay()).contains(new ServeRequest.Overlay("o", false));
    }

    @Test
    void whatMakesNoSenseOrOpensTheNetworkUnaskedIsRefused() {
        for (String[] options : new String[][] {{}, {"--in=i", "--listen=0.0.0.0"}, {"--in=i", "--listen=192.0.2.1"},
            {"--in=i", "--socket=s", "--port=1"}, {"--in=i", "--socket=s", "--tls=p"}, {"--in=i", "--port=65536"}, {"--in=i", "--port=-1"},
            {"--export=i"}, {"--export=a="}, {"--export==a"}, {"--export=a=1", "--export=a=2"}, {"--in=i", "--cache=1K"},
            {"--in=i", "--export=a=b", "--overlay=o"}, {"--in=i", "--drop-overlay"}, {"--in=i", "--connections=0"}}) {
            List<String> line = new ArrayList<>(List.of("serve", "nbd"));
            line.addAll(List.of(options));
            assertThat(run(line.toArray(String[]::new))).as(String.join(" ", options)).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(service.requests).isEmpty();
    }

    @Test
    void filesAreServedByTheNamesOfTheirImages() {
        assertThat(run("serve", "webdav", "--in=a/disk.skzimg", "--in=b\\disk.skzimg", "--in=set/#2", "--export=x=y")).isZero();
        assertThat(last()).isEqualTo(new ServeRequest("webdav", List.of(plain("disk.skzimg", "a/disk.skzimg"),
                plain("disk.skzimg (2)", "b\\disk.skzimg"), plain("#2", "set/#2"), plain("x", "y")), on(new Endpoint.Tcp("127.0.0.1", 8080)), 64 << 20,
                PipelineOptions.DEFAULT));
        run("serve", "webdav", "--in=i", "--listen=0.0.0.0", "--tls=pki");
        assertThat(last().settings().tls()).contains(new TlsFiles("pki", true));
    }

    @Test
    void aPasswordComesFromAFileAndIsNotKept() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "p\u00e4ss word\nmore\n");
        assertThat(run("serve", "webdav", "--in=i", "--listen=0.0.0.0", "--tls=pki", "--user=me", "--password-file=" + file)).isZero();
        assertThat(last().settings().tls()).contains(new TlsFiles("pki", false));
        Login login = last().settings().login().orElseThrow();
        assertThat(login.accepts("me", "p\u00e4ss word".toCharArray())).isTrue();
        assertThat(login.accepts("me", "p\u00e4ss word\n".toCharArray())).isFalse();
        assertThat(login.hash() + login.salt()).doesNotContain("word");
    }

    @Test
    void whatIsNotForFilesIsRefused() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "\nword");
        for (String[] options : new String[][] {{}, {"--in=i", "--socket=s"}, {"--in=i", "--as-disk"}, {"--in=i", "--overlay=o"},
            {"--in=i", "--listen=0.0.0.0"}, {"--in=i", "--password-file=x"}, {"--in=i", "--user=a:b", "--password-file=" + empty},
            {"--in=i", "--user=a", "--password-file=" + empty}, {"--in=i", "--user=a", "--password-file=" + folder.resolve("none")}}) {
            List<String> line = new ArrayList<>(List.of("serve", "webdav"));
            line.addAll(List.of(options));
            assertThat(run(line.toArray(String[]::new))).as(String.join(" ", options)).isEqualTo(ExitCodes.USAGE);
        }
        assertThat(run("serve", "nbd", "--in=i", "--in=j")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("serve", "nbd", "--in=i", "--user=me")).isEqualTo(ExitCodes.USAGE);
        assertThat(service.requests).isEmpty();
    }

    @Test
    void mountsServeThisMachineAlone() {
        assertThat(run("mount-webdav", "--in=a.skzimg", "--in=b", "--port=1234")).isZero();
        assertThat(last()).isEqualTo(new ServeRequest("webdav", List.of(plain("a.skzimg", "a.skzimg"), plain("b", "b")),
                on(new Endpoint.Tcp("127.0.0.1", 1234)), 64 << 20, PipelineOptions.DEFAULT));
        assertThat(run("mount-webdav", "--in=a", "--drive=XY")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void tellsAtTheEndWhatWasDone() {
        run("serve", "nbd", "--in=i.skzimg");
        assertThat(out).contains("Served \"i.skzimg\" for", "300, 1 answered by an error", "5.0 MiB");
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, new Configuration(Optional.empty()), false), args);
    }
}
