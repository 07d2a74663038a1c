package org.imagingutility.snapshot.vss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.imagingutility.api.device.DeviceProvider;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.snapshot.Snapshot;
import org.imagingutility.api.snapshot.SnapshotProvider;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.VssService;
import org.imagingutility.snapshot.vss.requester.WriterStatus;
import org.imagingutility.tck.snapshot.SnapshotProviderContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VssSnapshotsTest {
    private static final String PREFIX = "org.imagingutility.snapshot.vss.";
    private static final String NOTHING = "0 objects, 0 steps, 0 snapshots, 0 kept";

    private final FakeVolumes volumes = new FakeVolumes();
    private final FakeVss vss = new FakeVss().on(volumes);
    private final SnapshotProvider provider = provider(vss, volumes);

    @AfterEach
    void nothingIsHeld() {
        System.getProperties().keySet().removeIf(key -> key.toString().startsWith(PREFIX));
    }

    private static SnapshotProvider provider(FakeVss vss, FakeVolumes volumes) {
        return new VssSnapshots(new VssAccess() {
            @Override
            public VssService service() {
                return vss;
            }

            @Override
            public Duration stepLimit() {
                return Duration.ofMinutes(10);
            }

            @Override
            public void close() {
                // nothing was loaded
            }
        }, volumes, vss);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return new SnapshotProviderContract(new Fixture()).checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), check.action()::run));
    }

    @Test
    void severalVolumesAreOneSet() throws Exception {
        String c = volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        String d = volumes.mount(volumes.make(new byte[] {2}), "D:\\");
        try (Snapshot snapshot = provider.freeze(List.of("C:", "D:\\", c))) {
            assertThat(vss.calls().stream().filter("DoSnapshotSet"::equals)).hasSize(1);
            assertThat(vss.calls()).as("the same volume by two names").containsOnlyOnce("AddToSnapshotSet(" + c + "\\)");
            assertThat(volumes.devices().content(snapshot.frozen("C:"))).containsExactly(1);
            assertThat(snapshot.frozen(c + "\\")).isEqualTo(snapshot.frozen("\\\\.\\c:"));
            assertThat(volumes.devices().content(snapshot.frozen(d))).containsExactly(2);
            snapshot.release();
        }
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void anotherVersionOfTheBundleReleasesASet() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        Snapshot first = provider.freeze(List.of("C:"));
        first.close();
        try (Snapshot again = provider(vss, volumes).reopen(first.id())) {
            assertThat(again.frozen("C:")).isEqualTo(first.frozen("C:"));
            again.release();
        }
        assertThat(vss.left()).isEqualTo(NOTHING);
        first.release();
        assertThat(vss.calls()).containsOnlyOnce("Release");
    }

    @Test
    void whatWasFrozenByAProcessThatIsNoMoreIsNotThere() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        String id = provider.freeze(List.of("C:")).id();
        System.clearProperty(PREFIX + id);
        assertThatThrownBy(() -> provider.reopen(id)).isInstanceOf(SnapshotException.class).hasMessageContaining("no such snapshot");
    }

    @Test
    void whatIsHandedOverInAFormThatIsNotKnownIsNotTouched() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        String id = provider.freeze(List.of("C:")).id();
        String text = System.getProperty(PREFIX + id);
        for (String other : List.of("", "1", text.replaceFirst("1", "2"), text.replaceFirst("\n", "\nx"), text + "\nmore", text.substring(0, 20))) {
            System.setProperty(PREFIX + id, other);
            assertThatThrownBy(() -> provider.reopen(id)).as(other).isInstanceOf(SnapshotException.class);
        }
    }

    @Test
    void aReleaseThatFailsCanBeTriedAgain() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        try (Snapshot snapshot = provider.freeze(List.of("C:"))) {
            vss.fail("DeleteSnapshots", VssError.PROVIDER_IN_USE);
            assertThatThrownBy(snapshot::release).isInstanceOf(SnapshotException.class).hasMessageContaining("0x80042307");
            vss.mend();
            snapshot.release();
        }
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void writersThatCannotBeToldTheEndDoNotKeepASnapshot() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        for (String failing : List.of("BackupComplete", "BackupComplete.Async", "AbortBackup")) {
            Snapshot snapshot = provider.freeze(List.of("C:"));
            vss.fail("BackupComplete", VssError.WRITER_NOT_RESPONDING).fail(failing, VssError.WRITER_NOT_RESPONDING);
            snapshot.release();
            vss.mend();
            assertThat(vss.left()).as(failing).isEqualTo(NOTHING);
        }
    }

    @Test
    void aFailureLeavesNothingToBeFound() {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        vss.fail("DoSnapshotSet.Async", VssError.INSUFFICIENT_STORAGE);
        assertThatThrownBy(() -> provider.freeze(List.of("C:"))).isInstanceOf(SnapshotException.class).hasMessageContaining("C:");
        assertThat(vss.left()).isEqualTo(NOTHING);
        assertThat(System.getProperties().keySet()).noneMatch(key -> key.toString().startsWith(PREFIX));
        vss.fail("CoIncrementMTAUsage", VssError.ACCESS_DENIED);
        assertThatThrownBy(() -> provider.freeze(List.of("C:"))).isInstanceOf(NotPermittedException.class);
    }

    @Test
    void aJobThatIsCancelledGetsNoSet() {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        assertThatThrownBy(() -> provider.freeze(List.of("C:"), () -> true)).isInstanceOf(CancelledException.class);
        assertThat(vss.left()).isEqualTo(NOTHING);
    }

    @Test
    void warningsOfWritersReachTheOneWhoAsked() throws Exception {
        volumes.mount(volumes.make(new byte[] {1}), "C:\\");
        vss.writers(List.of(), List.of(new WriterStatus("A Writer", 10, VssError.WRITER_TIMEOUT.code())));
        try (Snapshot snapshot = provider.freeze(List.of("C:"))) {
            assertThat(snapshot.warnings()).singleElement().asString().contains("A Writer");
            snapshot.release();
        }
    }

    @Test
    void volumesAreAcceptedByFormAndFoldersWhereOneIsMounted() {
        String name = volumes.mount(volumes.make(new byte[] {1}), "C:\\mnt\\");
        assertThat(provider.accepts("Q:")).isTrue();
        assertThat(provider.accepts(name)).isTrue();
        assertThat(provider.accepts("C:\\mnt")).isTrue();
        assertThat(provider.accepts("C:\\other")).isFalse();
        assertThat(provider.accepts("\\\\.\\PhysicalDrive0")).isFalse();
        assertThat(provider.accepts("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1")).isFalse();
        assertThatThrownBy(() -> provider.freeze(List.of("Q:"))).isInstanceOf(SnapshotException.class).hasMessageContaining("no such volume");
    }

    private final class Fixture implements SnapshotProviderContract.Fixture {
        @Override
        public SnapshotProvider provider() {
            return VssSnapshotsTest.provider(vss, volumes);
        }

        @Override
        public DeviceProvider devices() {
            return volumes.devices();
        }

        @Override
        public String newDevice(byte[] content) {
            return volumes.make(content);
        }

        @Override
        public void overwrite(String reference, byte[] content) {
            volumes.devices().put(reference, content);
        }

        @Override
        public String missing() {
            return "\\\\?\\Volume{00000000-0000-4000-8000-ffffffffffff}";
        }
    }
}
