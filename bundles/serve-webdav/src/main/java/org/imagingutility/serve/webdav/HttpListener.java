package org.imagingutility.serve.webdav;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.imagingutility.api.serve.Endpoint;
import org.imagingutility.api.serve.RunningServer;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeSettings;
import org.imagingutility.api.serve.ServeStatistics;
import org.imagingutility.api.serve.ServedImage;
import org.imagingutility.serve.webdav.http.Access;
import org.imagingutility.serve.webdav.http.PathText;
import org.imagingutility.serve.webdav.http.Traffic;

/**
 * Listens by the JDK's HTTP server, and keeps an eye on answers that are not taken. A request has a thread from its first byte on, and there are
 * as many as connections are allowed; what comes beyond waits for one.
 */
final class HttpListener implements RunningServer {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    /**
     * Bounds of the JDK's server, which it reads when its first class is used (module jdk.httpserver, "System properties"): seconds for a request
     * and for a connection without one, connections, and no waiting for more to send before a short answer goes.
     */
    private static final Map<String, String> BOUNDS = Map.of("sun.net.httpserver.maxReqTime", "30", "sun.net.httpserver.idleInterval", "30",
            "jdk.httpserver.maxConnections", Integer.toString(ServeSettings.MAX_CONNECTIONS), "sun.net.httpserver.nodelay", "true");
    private static final long IDLE_SECONDS = 10;
    private static final long LOOK_MILLIS = 500;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Traffic traffic;
    private final List<String> addresses;
    private final Thread watch = new Thread(this::watch, "webdav-watch");
    private volatile boolean closed;

    private HttpListener(HttpServer server, ThreadPoolExecutor threads, Traffic traffic, List<String> addresses) {
        this.server = server;
        this.threads = threads;
        this.traffic = traffic;
        this.addresses = addresses;
    }

    /** Begins to listen. */
    static HttpListener on(ServeSettings settings, List<ServedImage> images, ServeEvents events) throws ImagingException {
        if (!(settings.endpoint() instanceof Endpoint.Tcp tcp)) {
            throw new UsageException("browsers and WebDAV clients do not speak to Unix domain sockets", "listen on a port: --port N");
        }
        SSLContext tls = settings.tls().isPresent() ? settings.tls().get().context() : null;
        HttpServer server = bind(tcp, tls, settings);
        InetSocketAddress local = server.getAddress();
        Traffic traffic = new Traffic(events);
        ThreadPoolExecutor threads = threads(settings.connections());
        server.setExecutor(threads);
        server.createContext("/", new Answers(images, new Access(local, tcp.host(), settings.login()), traffic));
        String site = (tls == null ? "http://" : "https://") + name(local) + ":" + local.getPort();
        HttpListener listener = new HttpListener(server, threads, traffic,
                images.stream().map(image -> site + PathText.path(List.of(image.name()), true)).toList());
        listener.watch.setDaemon(true);
        listener.watch.start();
        server.start();
        return listener;
    }

    private static String name(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        // Windows gives drive letters to servers by name only
        return address.isAnyLocalAddress() || address.getHostAddress().equals("127.0.0.1") ? "localhost"
                : address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    private static HttpServer bind(Endpoint.Tcp tcp, SSLContext tls, ServeSettings settings) throws ImagingException {
        InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
        if (address.isUnresolved()) {
            throw new UsageException("there is no address of \"" + tcp.host() + "\"", "name an address of this machine");
        }
        BOUNDS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        try {
            if (tls == null) {
                return HttpServer.create(address, 0);
            }
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters ssl = tls.getDefaultSSLParameters();
                    ssl.setProtocols(VERSIONS);
                    ssl.setNeedClientAuth(settings.tls().get().clientCertificates());
                    parameters.setSSLParameters(ssl);
                }
            });
            return server;
        } catch (IOException e) {
            throw new TargetException(tcp.host() + ":" + tcp.port(), -1, "cannot be listened on: " + e.getMessage(), "name another port: --port N", e);
        }
    }

    private static ThreadPoolExecutor threads(int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "webdav-work");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            traffic.endStuck(STUCK_NANOS);
        }
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public ServeStatistics statistics() {
        return traffic.statistics();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watch);
        server.stop(0);
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated() || watch.isAlive()) {
            try {
                threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                watch.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
