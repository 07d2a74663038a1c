package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceInfo;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.device.TargetOptions;
import org.imagingutility.api.device.WritableDevice;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.job.JobMonitor;
import org.imagingutility.engine.plugin.Origin;
import org.imagingutility.engine.plugin.Plugins;
import org.junit.jupiter.api.Test;

/** A provider that cannot list its devices does not hide those of others. */
class ListedDevicesTest {
    private final Plugins plugins = new Plugins();
    private final List<String> notices = new ArrayList<>();
    private final JobMonitor monitor = new JobMonitor() {
        @Override
        public void notice(String line) {
            notices.add(line);
        }
    };

    @Test
    void theDevicesOfOthersAreFoundAndTheUserIsTold() throws ImagingException {
        add("away", () -> {
            throw new DeviceException("nbd:server", -1, "the server does not answer", null, null);
        });
        add("bad", () -> {
            throw new NullPointerException("oops");
        });
        add("null", () -> null);
        add("sound", () -> List.of(new DeviceInfo("d", DeviceKind.DISK, 512, 512, "", Optional.empty(), List.of(), false)));
        List<String> found = new ArrayList<>();
        ListedDevices.each(plugins, monitor, (provider, info) -> found.add(provider.name() + " " + info.reference()));
        assertThat(found).containsExactly("sound d");
        assertThat(notices).satisfiesExactly(line -> assertThat(line).contains("provider away", "does not answer"),
                line -> assertThat(line).contains("provider bad", "com.acme.bad 1.0.0", "NullPointerException: oops"),
                line -> assertThat(line).contains("provider null", "DeviceProvider.list returned null"));
    }

    @Test
    void whereNobodyCanListThatIsTheError() {
        add("bad", () -> {
            throw new NullPointerException("oops");
        });
        assertThatThrownBy(() -> ListedDevices.each(plugins, monitor, (provider, info) -> { })).isInstanceOf(PluginException.class)
                .hasMessageContaining("device provider \"bad\" of com.acme.bad 1.0.0 broke its contract");
    }

    private interface Listing {
        List<DeviceInfo> list() throws ImagingException;
    }

    private void add(String name, Listing listing) {
        plugins.deviceProviders().add(new DeviceProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<DeviceInfo> list() throws ImagingException {
                return listing.list();
            }

            @Override
            public boolean accepts(String reference) {
                return false;
            }

            @Override
            public Device open(String reference) {
                throw new UnsupportedOperationException();
            }

            @Override
            public WritableDevice openTarget(String reference, TargetOptions options) {
                throw new UnsupportedOperationException();
            }
        }, 0, () -> new Origin("com.acme.bad", "1.0.0", "ACTIVE"));
    }
}
