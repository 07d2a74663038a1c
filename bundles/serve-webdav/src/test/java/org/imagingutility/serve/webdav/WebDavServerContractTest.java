package org.imagingutility.serve.webdav;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.tck.serve.FileServerContract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WebDavServerContractTest {
    /** An address of this machine that no other program is likely to use ports of meanwhile. */
    private static final String HOST = "127.78.0.1";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new FileServerContract(new FileServerContract.Fixture() {
            @Override
            public FileServer server() {
                return new WebDavServer();
            }

            @Override
            public Endpoint newEndpoint() throws IOException {
                try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
                    return new Endpoint.Tcp(HOST, free.getLocalPort());
                }
            }

            @Override
            public byte[] fetch(String address, OptionalInt partition, List<String> names) throws IOException, InterruptedException {
                String path = (partition.isPresent() ? partition.getAsInt() + "/" : "") + PathText.path(names, false).substring(1);
                HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create(address + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                return answer.body();
            }
        }).checks().stream().map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }
}
