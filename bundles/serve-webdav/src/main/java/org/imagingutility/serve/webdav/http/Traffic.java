package org.imagingutility.serve.webdav.http;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.imagingutility.api.serve.ServeEvents;
import org.imagingutility.api.serve.ServeStatistics;

/** What goes on in a server: the answers under way, and what was counted. Used by several threads at once. */
public final class Traffic {
    /** Clients whose connections are told from each other; an old one that comes back counts again. */
    private static final int REMEMBERED = 4096;

    private final ServeEvents events;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<InetSocketAddress, Boolean> clients = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Creates it; {@code events} is told what a log should have. */
    public Traffic(ServeEvents events) {
        this.events = events;
    }

    /** Writes a line to the log. */
    public void log(String line) {
        events.log(line);
    }

    void begun(Exchange exchange, InetSocketAddress client) {
        underWay.add(exchange);
        synchronized (clients) {
            if (clients.put(client, true) == null) {
                connections.increment();
            }
        }
    }

    void ended(Exchange exchange, boolean failed) {
        underWay.remove(exchange);
        requests.increment();
        if (failed) {
            errors.increment();
        }
    }

    void sent(int count) {
        bytes.add(count);
    }

    /** Ends the connections of clients that do not take what they asked for, within {@code nanos} for each piece of it. */
    public void endStuck(long nanos) {
        long now = System.nanoTime();
        for (Exchange each : underWay) {
            if (each.isStuck(now, nanos)) {
                events.log(each + " is ended: the client did not take what it asked for");
                each.abort();
            }
        }
    }

    /** Returns what was done so far. */
    public ServeStatistics statistics() {
        return new ServeStatistics(connections.sum(), requests.sum(), errors.sum(), bytes.sum(), 0);
    }
}
