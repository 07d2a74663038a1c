package org.imagingutility.blobs.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.common.SftpException;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.BlobException.Reason;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.ImagingException;

/** The way to a server: a connection that is made when one is needed and none is there. Used by several threads at once. */
final class SftpConnection implements AutoCloseable {
    private final SftpReference place;
    private final String user;
    private final KnownHosts hosts;
    private final Identities identities;
    private final java.time.Duration timeout;
    private final ScheduledThreadPoolExecutor clock;
    private final SshClient client;
    private Link link;

    SftpConnection(SftpReference place, String user, KnownHosts hosts, Identities identities, java.time.Duration timeout) {
        this.place = place;
        this.user = user;
        this.hosts = hosts;
        this.identities = identities;
        this.timeout = timeout;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sftp clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        this.client = client();
    }

    private SshClient client() {
        SshClient made = SshClient.setUpDefaultClient();
        // nothing of the user's but what is asked for: neither ~/.ssh/config nor keys by themselves
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        made.setServerKeyVerifier(hosts);
        made.setSignatureFactories(signatures(made.getSignatureFactories()));
        CoreModuleProperties.AUTH_TIMEOUT.set(made, timeout);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(made, timeout);
        CoreModuleProperties.CHANNEL_OPEN_TIMEOUT.set(made, timeout);
        CoreModuleProperties.IDLE_TIMEOUT.set(made, java.time.Duration.ZERO);
        made.start();
        return made;
    }

    /** Returns those kinds of keys first that are known of the server, so that it shows one of them. */
    private List<NamedFactory<Signature>> signatures(List<NamedFactory<Signature>> all) {
        List<String> types = hosts.types();
        List<NamedFactory<Signature>> sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> Boolean.compare(isOf(b.getName(), types), isOf(a.getName(), types)));
        return sorted;
    }

    private static boolean isOf(String signature, List<String> types) {
        return types.contains(signature) || signature.startsWith("rsa-sha2-") && !signature.contains("cert") && types.contains("ssh-rsa");
    }

    /** Something that takes one or more steps. */
    @FunctionalInterface
    interface Call<T> {
        /** Runs it; may be run but once. */
        T run(Link link) throws IOException, ImagingException;
    }

    /** Runs a call by a connection that is open; one that fails is not used again. */
    <T> T run(String key, String what, Call<T> call) throws ImagingException {
        Link used = null;
        try {
            used = link();
            return call.run(used);
        } catch (SftpException e) {
            throw SftpFailures.of(place, key, what, e);
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
            CancelledException cancelled = new CancelledException("waiting for \"" + place.text() + "\"");
            cancelled.addSuppressed(e);
            throw cancelled;
        } catch (IOException e) {
            if (used != null) {
                used.end();
            }
            throw SftpFailures.of(place, key, what, e);
        }
    }

    private synchronized Link link() throws IOException, BlobException {
        if (link == null || !link.isOpen()) {
            link = connect();
        }
        return link;
    }

    private Link connect() throws IOException, BlobException {
        ClientSession session = client.connect(user, place.host(), place.port()).verify(timeout.toMillis(), TimeUnit.MILLISECONDS).getSession();
        try {
            if (!identities.password().isEmpty()) {
                session.addPasswordIdentity(identities.password());
            }
            for (KeyPair key : identities.keys()) {
                session.addPublicKeyIdentity(key);
            }
            session.auth().verify(timeout.toMillis(), TimeUnit.MILLISECONDS);
            AbstractSftpClient sftp = (AbstractSftpClient) SftpClientFactory.instance().createSftpClient(session);
            return new Link(session, sftp, clock, timeout);
        } catch (IOException | RuntimeException | Error e) {
            boolean broken = session.isClosed() || session.isClosing();
            session.close(true);
            if (hosts.hasRefused()) {
                throw new BlobException(place.text(), "", Reason.DENIED, hosts.reason(), hosts.remedy(), e);
            }
            if (e instanceof SshException refused && refused.getMessage() != null && refused.getMessage().contains("authentication")) {
                throw new BlobException(place.text(), "", Reason.DENIED, "the server does not let user \"" + user + "\" in by " + identities,
                        "have the public key in ~/.ssh/authorized_keys there, name another key (sftp.identity) or give the password "
                                + "(IMAGINGUTILITY_SFTP_PASSWORD)", e);
            }
            if (e instanceof RuntimeException && broken) {
                throw new IOException("the server sent what is not understood", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.stop();
        clock.shutdownNow();
    }
}
