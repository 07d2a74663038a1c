package org.imagingutility.serve.nbd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.BlockServer;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedDevice;
import org.osgi.service.component.annotations.Component;

/** Serves devices by the NBD protocol. Has no state. */
@Component
public final class NbdServer implements BlockServer {

    /** Creates the server. */
    public NbdServer() {
    }

    @Override
    public String name() {
        return "nbd";
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedDevice> devices, ServeEvents events) throws ImagingException {
        Optional<TlsContext> tls = settings.tls().isPresent() ? Optional.of(TlsContext.of(settings.tls().get())) : Optional.empty();
        if (settings.endpoint() instanceof Endpoint.UnixSocket unix) {
            if (tls.isPresent()) {
                throw new UsageException("TLS is for TCP: who may use a Unix domain socket, the rights of its file say", null);
            }
            SocketFile socket = SocketFile.listen(unix.path());
            return new Listener(socket.channel(), socket::close, Addresses.ofSocket(socket.file(), devices), settings, devices, tls, events).begin();
        }
        Endpoint.Tcp tcp = (Endpoint.Tcp) settings.endpoint();
        ServerSocketChannel channel = listen(tcp);
        return new Listener(channel, channel::close, Addresses.ofTcp(channel, tcp.host(), tls.isPresent(), devices), settings, devices, tls, events)
                .begin();
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
