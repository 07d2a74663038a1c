package org.imagingutility.serve.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.Login;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedImage;

/** A server for a test, and a client of it. */
final class ServerTrial implements AutoCloseable {
    final List<String> logged = new CopyOnWriteArrayList<>();
    private final RunningServer server;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final int port;

    ServerTrial(List<ServedImage> images, Optional<Login> login) throws ImagingException {
        server = new WebDavServer().start(new ServeSettings(new Endpoint.Tcp("127.0.0.1", 0), Optional.empty(), login, 8), images,
                new ServeEvents() {
                    @Override
                    public void notice(String line) {
                        logged.add(line);
                    }

                    @Override
                    public void log(String line) {
                        logged.add(line);
                    }
                });
        port = URI.create(server.addresses().get(0)).getPort();
    }

    RunningServer server() {
        return server;
    }

    HttpResponse<byte[]> send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).method(method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    String text(String path) throws IOException, InterruptedException {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    String propfind(String path, String depth, String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send("PROPFIND", path, body, "Depth", depth);
        return response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Sends bytes as they are, and returns all that comes back until the server ends the connection. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                socket.shutdownOutput();
                socket.getInputStream().transferTo(answer);
            } catch (SocketException e) {
                // the server has heard enough
                assertThat(e).hasMessageMatching("Connection reset.*|Broken pipe.*");
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() throws ImagingException {
        server.close();
    }
}
