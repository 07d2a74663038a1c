package org.imagingutility.shell.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;

class DeployNoticesTest {
    @TempDir
    private Path folder;
    private final FakeContext context = new FakeContext();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private DeployNotices notices;

    @BeforeEach
    void open() {
        // what File Install watches: plug-ins and settings
        context.properties.put("felix.fileinstall.dir", folder.resolve("deploy") + "," + folder.resolve("conf"));
        notices = new DeployNotices(context.asContext(), told::add);
    }

    @AfterEach
    void close() {
        notices.close();
    }

    @Test
    void tellsWhatIsStartedAndRemoved() {
        FakeContext.FakeBundle bundle = context.bundle(7, jar("deploy", "a.jar"));
        FakeContext.FakeBundle asFileInstallNamesIt = context.bundle(8, folder.resolve("deploy/b.jar").toFile().toURI().toString());
        context.tell(BundleEvent.STARTED, asFileInstallNamesIt);
        context.tell(BundleEvent.STARTED, bundle);
        context.tell(BundleEvent.STOPPED, bundle);
        context.tell(BundleEvent.UNINSTALLED, bundle);
        assertThat(List.copyOf(told)).containsExactly("deploy: bundle8 1.2.3 is started",
                "deploy: bundle7 1.2.3 is started", "deploy: bundle7 1.2.3 is removed");
    }

    @Test
    void othersAreNotItsBusiness() {
        context.tell(BundleEvent.STARTED, context.bundle(8, jar("bundles", "b.jar")));
        context.tell(BundleEvent.STARTED, context.bundle(9, jar("deploy-old", "c.jar")));
        assertThat(told).isEmpty();
    }

    @Test
    void saysWhyABundleDoesNotStart() throws InterruptedException {
        FakeContext.FakeBundle bundle = context.bundle(7, jar("deploy", "a.jar"));
        bundle.problem = "missing requirement";
        context.tell(BundleEvent.INSTALLED, bundle);
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("deploy: bundle7 1.2.3 does not start: missing requirement");
    }

    @Test
    void aBundleThatCouldBeStartedIs() throws InterruptedException {
        FakeContext.FakeBundle bundle = context.bundle(7, jar("deploy", "a.jar"));
        FakeContext.FakeBundle last = context.bundle(8, jar("deploy", "b.jar"));
        last.problem = "told behind the other";
        context.tell(BundleEvent.UPDATED, bundle);
        context.tell(BundleEvent.UPDATED, last);
        assertThat(told.poll(60, TimeUnit.SECONDS)).contains("bundle8");
        assertThat(bundle.state).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void listensNoMoreWhenItIsClosed() {
        notices.close();
        assertThat(context.listeners).isEmpty();
        notices = new DeployNotices(context.asContext(), told::add);
    }

    private String jar(String sub, String name) {
        return folder.resolve(sub).resolve(name).toUri().toString();
    }
}
