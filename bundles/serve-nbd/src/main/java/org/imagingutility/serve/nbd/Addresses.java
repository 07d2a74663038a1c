package org.imagingutility.serve.nbd;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.serve.ServedDevice;

/** NBD URIs ("NBD URI specification", doc/uri.md of the same project). */
final class Addresses {
    private Addresses() {
    }

    static List<String> ofSocket(Path socket, List<ServedDevice> devices) {
        String query = "?socket=" + encoded(socket.toAbsolutePath().toString()).replace("%2F", "/");
        return devices.stream().map(device -> "nbd+unix:///" + encoded(device.name()) + query).toList();
    }

    static List<String> ofTcp(ServerSocketChannel channel, String host, boolean tls, List<ServedDevice> devices) throws ImagingException {
        InetSocketAddress local;
        try {
            local = (InetSocketAddress) channel.getLocalAddress();
        } catch (java.io.IOException e) {
            throw new TargetException(host, -1, "its address is not known: " + e.getMessage(), null, e);
        }
        InetAddress address = local.getAddress();
        String name = address.isAnyLocalAddress() ? "localhost" : address instanceof Inet6Address ? "[" + address.getHostAddress() + "]"
                : address.getHostAddress();
        return devices.stream().map(device -> (tls ? "nbds://" : "nbd://") + name + ":" + local.getPort() + "/" + encoded(device.name()))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
