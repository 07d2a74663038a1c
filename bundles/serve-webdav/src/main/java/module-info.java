/** Serves files of images to browsers and WebDAV clients. */
module org.imagingutility.serve.webdav {
    requires java.xml;
    requires jdk.httpserver;
    requires org.imagingutility.api;
    requires static org.osgi.service.component.annotations;

    provides org.imagingutility.api.serve.FileServer with org.imagingutility.serve.webdav.WebDavServer;
}
