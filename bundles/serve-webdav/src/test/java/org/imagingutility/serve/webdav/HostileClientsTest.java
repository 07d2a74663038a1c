package org.imagingutility.serve.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imagingutility.api.files.FileKind;
import org.imagingutility.api.serve.Login;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.Test;

/** Clients that want what they should not have, or do not do what they should. */
class HostileClientsTest {
    private final TestVolume volume = volume();

    private static TestVolume volume() {
        PlainFileSystem.Builder files = new PlainFileSystem.Builder();
        int folder = files.directory(0, "folder");
        files.file(folder, "file", "content");
        files.add(0, FileKind.FILE, "large", new byte[20_000_000]);
        return new TestVolume(OptionalInt.empty(), files);
    }

    private ServerTrial serve(Optional<Login> login) throws Exception {
        return new ServerTrial(List.of(new ServedImage("i", "i", List.of(volume))), login);
    }

    @Test
    void noPathLeadsOutOrAround() throws Exception {
        try (ServerTrial trial = serve(Optional.empty())) {
            for (String path : List.of("/i/../i/folder/file", "/i/%2e%2e/i/folder/file", "/i/folder/%2E./file", "/i/folder%2Ffile", "/i//folder/file",
                    "/i/folder/./file", "/i/folder/file%00", "/i/%", "/i/%4", "/i/%zz", "/i/folder/file/", "/../../etc/passwd", "/i/folder%5Cfile",
                    "//i/folder/file")) {
                String answer = trial.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("content\n").doesNotEndWith("content");
            }
            for (String line : List.of("GET i/folder HTTP/1.1", "GET / HTTP/9.9", "GET", "GET / x y", "\u0000\u0001\u0002", "GET http://[ HTTP/1.1")) {
                trial.raw(line + "\r\nHost: localhost\r\n\r\n");
            }
            trial.raw("GET /i/folder/file HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(2_000_000) + "\r\n\r\n");
            trial.raw("GET /i/folder/file HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(5000) + "\r\n");
            trial.raw("PROPFIND /i/ HTTP/1.1\r\nHost: localhost\r\nDepth: 0\r\nContent-Length: 999999999\r\n\r\n<x>");
            trial.raw("PROPFIND /i/ HTTP/1.1\r\nHost: localhost\r\nDepth: 0\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n");
            assertThat(trial.text("/i/folder/file")).isEqualTo("content");
        }
    }

    @Test
    void aNameThatOnlyLeadsHereIsNotTheServersOwn() throws Exception {
        try (ServerTrial trial = serve(Optional.empty())) {
            for (String host : List.of("evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "192.0.2.1", "0.0.0.0", "[::2]", "",
                    "a b", "@", "127.0.0.1@evil.example")) {
                String answer = trial.raw("GET /i/folder/file HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
                assertThat(answer).as(host).doesNotEndWith("content").matches("(?s)HTTP/1.1 4(21|00) .*");
            }
            for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:" + trial.port, "[::1]:5", "127.9.9.9")) {
                assertThat(trial.raw("GET /i/folder/file HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")).as(host).endsWith("content");
            }
            assertThat(trial.raw("GET /i/folder/file HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(trial.raw("GET /i/folder/file HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyTheUserWithThePasswordIsLetIn() throws Exception {
        try (ServerTrial trial = serve(Optional.of(Login.of("me", "p:\u00e4ss".toCharArray(), 10)))) {
            List<String> wrong = List.of(basic("me", "p"), basic("you", "p:\u00e4ss"), basic("me", ""), basic("", "p:\u00e4ss"), "Basic", "Basic ***",
                    "Bearer x", basic("me", "p:\u00e4ss").replace("Basic ", "Digest "));
            for (int round = 0; round < 2; round++) {
                for (String each : wrong) {
                    var refused = trial.get("/i/folder/file", "Authorization", each);
                    assertThat(refused.statusCode()).as(each).isEqualTo(401);
                    assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"images\", charset=\"UTF-8\"");
                }
                assertThat(trial.get("/i/folder/file").statusCode()).isEqualTo(401);
                assertThat(trial.propfind("/i/", "1", "")).startsWith("401 ");
                assertThat(trial.get("/i/folder/file", "Authorization", basic("me", "p:\u00e4ss")).statusCode()).isEqualTo(200);
            }
            assertThat(trial.server().statistics().errors()).isEqualTo(20);
        }
    }

    @Test
    void clientsThatSendOrTakeNothingHoldUpNobodyAndEndWithTheServer() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (ServerTrial trial = serve(Optional.empty())) {
            // one fewer than there are threads
            for (int i = 0; i < 7; i++) {
                Socket socket = new Socket("127.0.0.1", trial.port);
                idle.add(socket);
                String request = i % 2 == 0 ? "GET /i/large HTTP/1.1\r\nHost: localhost\r\n\r\n" : "GET /i/lar";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(trial.text("/i/folder/file")).isEqualTo("content");
        }
        assertThat(volume.open).hasValue(0);
        for (Socket socket : idle) {
            try (socket; InputStream in = socket.getInputStream()) {
                assertThat(in.readNBytes(20_000_000).length).isLessThan(20_000_000);
            } catch (java.io.IOException e) {
                // reset: as good as an end
                assertThat(e).isInstanceOf(java.net.SocketException.class);
            }
        }
    }
}
