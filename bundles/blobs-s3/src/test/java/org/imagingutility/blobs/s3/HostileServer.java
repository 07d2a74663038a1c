package org.imagingutility.blobs.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that says what it is told to, whatever it is asked. */
final class HostileServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile byte[] answer = new byte[0];
    private volatile boolean hangs;

    HostileServer() throws IOException {
        Thread thread = new Thread(this::serve, "hostile server");
        thread.setDaemon(true);
        thread.start();
    }

    Map<String, String> environment() {
        return Map.of("AWS_ACCESS_KEY_ID", "key", "AWS_SECRET_ACCESS_KEY", "hidden", "AWS_SESSION_TOKEN", "concealed",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Has each request answered with that, and the connection closed. */
    void says(String status, String headers, String body) {
        hangs = false;
        answer = ("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    /** Has each connection kept open behind the answer. */
    void saysAndHangs(String text) {
        answer = text.getBytes(StandardCharsets.UTF_8);
        hangs = true;
    }

    /** Returns the first lines of all requests. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                Thread thread = new Thread(() -> answer(connection), "hostile answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            requests.add(head.substring(0, head.indexOf("\r\n")));
            OutputStream out = connection.getOutputStream();
            out.write(answer);
            out.flush();
            if (!hangs) {
                connection.shutdownOutput();
                in.readAllBytes();
                connection.close();
            }
        } catch (IOException e) {
            // the client gave up: that is what it is meant to do
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
