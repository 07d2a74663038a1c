package org.imagingutility.serve.nbd;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.ServedDevice;

/**
 * A socket that clients connect to. Apart from the plug-in, which is there in each run of the program: most runs serve nothing.
 *
 * @param channel the socket
 * @param closing closes it, and takes away its file if it has one
 * @param addresses where the devices are found, one for each
 */
record ListeningSocket(ServerSocketChannel channel, Closeable closing, List<String> addresses) {

    /**
     * Listens.
     *
     * @throws UsageException if the host has no address, or TLS is asked for on a Unix domain socket
     * @throws TargetException if nobody may listen there
     */
    static ListeningSocket on(Endpoint endpoint, boolean tls, List<ServedDevice> devices) throws ImagingException {
        if (endpoint instanceof Endpoint.UnixSocket unix) {
            if (tls) {
                throw new UsageException("TLS is for TCP: who may use a Unix domain socket, the rights of its file say", null);
            }
            SocketFile socket = SocketFile.listen(unix.path());
            return new ListeningSocket(socket.channel(), socket::close, Addresses.ofSocket(socket.file(), devices));
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) endpoint;
        ServerSocketChannel channel = listen(tcp);
        return new ListeningSocket(channel, channel::close, Addresses.ofTcp(channel, tcp.host(), tls, devices));
    }

    private static ServerSocketChannel listen(Endpoint.Tcp tcp) throws ImagingException {
        InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
        if (address.isUnresolved()) {
            throw new UsageException("there is no address of \"" + tcp.host() + "\"", "name an address of this machine");
        }
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                // so that a server can be started again at once
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                return channel.bind(address);
            } catch (IOException | RuntimeException | Error e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TargetException(tcp.host() + ":" + tcp.port(), -1, "cannot be listened on: " + e.getMessage(), null, e);
        }
    }
}
