package org.imagingutility.serve.webdav;

import java.util.List;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.serve.FileServer;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServedImage;
import org.osgi.service.component.annotations.Component;

/** Serves files by HTTP and WebDAV. Has no state. */
@Component
public final class WebDavServer implements FileServer {

    /** Creates the server. */
    public WebDavServer() {
    }

    @Override
    public String name() {
        return "webdav";
    }

    @Override
    public RunningServer start(ServeSettings settings, List<ServedImage> images, ServeEvents events) throws ImagingException {
        return HttpListener.on(settings, images, events);
    }
}
