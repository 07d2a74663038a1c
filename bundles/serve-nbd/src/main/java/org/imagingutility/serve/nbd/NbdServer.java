package org.imagingutility.serve.nbd;

import java.util.List;
import java.util.Optional;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.BlockServer;
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
        ListeningSocket socket = ListeningSocket.on(settings.endpoint(), tls.isPresent(), devices);
        return new Listener(socket, settings, devices, tls, events).begin();
    }
}
