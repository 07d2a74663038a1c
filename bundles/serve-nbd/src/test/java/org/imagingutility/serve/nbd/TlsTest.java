package org.imagingutility.serve.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.TlsFiles;
import org.imagingutility.serve.nbd.TestClient.Chunk;
import org.imagingutility.serve.nbd.TestClient.Reply;
import org.imagingutility.tck.serve.Certificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody learns anything without a certificate, and who has one is served as without TLS. */
class TlsTest {
    @TempDir
    private Path folder;
    private Certificates certificates;
    private SSLContext known;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new Certificates();
        Certificates.write(folder, certificates.sign("localhost"), certificates.signer());
        known = Certificates.client(certificates.signer(), certificates.sign("client"));
    }

    @Test
    void aClientWithACertificateIsServedInEitherForm() throws Exception {
        try (ServerTrial trial = new ServerTrial(folder)) {
            trial.written.slow.countDown();
            for (boolean structured : new boolean[] {false, true}) {
                try (TestClient client = TestClient.greet(trial.address()).startTls(known).go("written", structured)) {
                    byte[] data = new byte[(3 << 20) + 11];
                    new Random(structured ? 1 : 2).nextBytes(data);
                    client.request(0, Nbd.CMD_WRITE, 1, 777, data.length);
                    client.send(ByteBuffer.allocate(data.length).put(data));
                    assertThat(client.chunk(0).error()).isZero();
                    client.request(structured ? Nbd.FLAG_DF : 0, Nbd.CMD_READ, 2, 777, data.length);
                    Chunk reply = client.chunk(data.length);
                    assertThat(structured ? Arrays.copyOfRange(reply.data(), 8, reply.data().length) : reply.data()).isEqualTo(data);
                    assertThat(Arrays.copyOfRange(trial.written.content, 777, 777 + data.length)).isEqualTo(data);
                }
            }
        }
    }

    @Test
    void manyRequestsAreUnderWayInBothDirections() throws Exception {
        try (ServerTrial trial = new ServerTrial(folder); TestClient client = TestClient.greet(trial.address()).startTls(known).go("read", false)) {
            for (int i = 0; i < 100; i++) {
                client.request(0, Nbd.CMD_READ, i, i * 100L, 30_000);
            }
            for (int i = 0; i < 100; i++) {
                Chunk reply = client.chunk(30_000);
                int at = (int) reply.cookie() * 100;
                assertThat(reply.data()).isEqualTo(Arrays.copyOfRange(trial.device.content, at, at + 30_000));
            }
        }
    }

    @Test
    void nothingIsToldBeforeTls() throws Exception {
        try (ServerTrial trial = new ServerTrial(folder); TestClient client = TestClient.greet(trial.address())) {
            for (int option : new int[] {Nbd.OPT_LIST, Nbd.OPT_INFO, Nbd.OPT_GO, Nbd.OPT_STRUCTURED_REPLY, Nbd.OPT_SET_META_CONTEXT, 99}) {
                assertThat(client.ask(option, TestClient.named("read"))).extracting(Reply::type).containsExactly(Nbd.REP_ERR_TLS_REQD);
            }
            client.option(Nbd.OPT_EXPORT_NAME, "read".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> client.read(1)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void whatWasAgreedUponBeforeTlsCountsNoMoreAndTlsBeginsOnce() throws Exception {
        try (ServerTrial trial = new ServerTrial(folder); TestClient client = TestClient.greet(trial.address()).startTls(known)) {
            assertThat(client.ask(Nbd.OPT_STARTTLS, new byte[0])).extracting(Reply::type).containsExactly(Nbd.REP_ERR_INVALID);
            assertThat(client.ask(Nbd.OPT_LIST, new byte[0])).hasSize(3);
            assertThat(client.ask(Nbd.OPT_SET_META_CONTEXT, TestClient.contexts("read", Nbd.BASE_ALLOCATION)).get(0).type())
                    .isEqualTo(Nbd.REP_ERR_INVALID);
        }
    }

    @Test
    void whoHasNoCertificateThatHoldsIsTurnedAway() throws Exception {
        Certificates others = new Certificates();
        try (ServerTrial trial = new ServerTrial(folder)) {
            SSLContext[] strangers = {Certificates.client(certificates.signer(), null),
                Certificates.client(certificates.signer(), others.sign("client")),
                Certificates.client(certificates.signer(), certificates.signExpired("client"))};
            for (SSLContext stranger : strangers) {
                try (TestClient client = TestClient.greet(trial.address())) {
                    // by TLS 1.3 the client is through before the server has looked at its certificate
                    assertThatThrownBy(() -> client.startTls(stranger).ask(Nbd.OPT_LIST, new byte[0])).isInstanceOf(IOException.class);
                }
            }
            try (TestClient client = TestClient.greet(trial.address())) {
                SSLContext doubting = Certificates.client(others.signer(), certificates.sign("client"));
                assertThatThrownBy(() -> client.startTls(doubting)).as("the server's certificate").isInstanceOf(IOException.class);
            }
            try (TestClient client = TestClient.greet(trial.address())) {
                client.ask(Nbd.OPT_STARTTLS, new byte[0]);
                client.send(ByteBuffer.allocate(300).put("no TLS at all ".repeat(20).getBytes(StandardCharsets.US_ASCII)));
                assertThat(client.isEnded()).isTrue();
            }
            try (TestClient good = TestClient.greet(trial.address()).startTls(known)) {
                assertThat(good.ask(Nbd.OPT_LIST, new byte[0])).as("others go on").hasSize(3);
            }
        }
    }

    @Test
    void aClientThatBreaksOffWithinTheTlsHandshakeHoldsUpNoClosing() throws Exception {
        ServerTrial trial = new ServerTrial(folder);
        try (TestClient silent = TestClient.greet(trial.address()); TestClient served = TestClient.greet(trial.address()).startTls(known)) {
            silent.ask(Nbd.OPT_STARTTLS, new byte[0]);
            assertThat(served.ask(Nbd.OPT_LIST, new byte[0])).hasSize(3);
            trial.close();
            assertThat(silent.isEnded()).isTrue();
            assertThat(served.isEnded()).isTrue();
        }
    }

    @Test
    void filesThatAreMissingOrHoldSomethingElseAreNamed() throws Exception {
        for (String name : new String[] {"server-cert.pem", "server-key.pem", "ca-cert.pem"}) {
            byte[] sound = Files.readAllBytes(folder.resolve(name));
            for (Optional<String> content : List.of(Optional.<String>empty(), Optional.of(""), Optional.of("-----BEGIN CERTIFICATE-----\nAAAA\n"
                    + "-----END CERTIFICATE-----\n"), Optional.of("-----BEGIN PRIVATE KEY-----\n???\n-----END PRIVATE KEY-----\n"))) {
                Files.delete(folder.resolve(name));
                if (content.isPresent()) {
                    Files.writeString(folder.resolve(name), content.get());
                }
                assertThatThrownBy(() -> TlsContext.of(new TlsFiles(folder.toString(), true))).isInstanceOf(UsageException.class)
                        .hasMessageContaining(name);
                Files.write(folder.resolve(name), sound);
            }
        }
        assertThat(TlsContext.of(new TlsFiles(folder.toString(), true))).isNotNull();
    }
}
