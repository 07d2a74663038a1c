package org.imagingutility.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.job.PipelineOptions;
import org.imagingutility.api.job.ServeRequest;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.TlsFiles;
import org.imagingutility.command.config.Configuration;
import org.imagingutility.command.console.ExitCodes;
import org.junit.jupiter.api.Test;

/** What the options of {@code serve} become. */
class ServeCommandTest extends TypedLines {
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
    void tellsAtTheEndWhatWasDone() {
        run("serve", "nbd", "--in=i.skzimg");
        assertThat(out).contains("Served \"i.skzimg\" for", "300, 1 answered by an error", "5.0 MiB");
    }

    private int run(String... args) {
        return run(new CommandLineRunner(service, new Configuration(Optional.empty()), false), args);
    }
}
