package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.imagingutility.api.device.ClustersInUse;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.device.DeviceKind;
import org.imagingutility.api.device.VolumeOnDisk;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.engine.ClustersInUseOf;
import org.imagingutility.tck.Content;
import org.imagingutility.tck.device.ForwardingDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.junit.jupiter.api.Test;

class FrozenDiskTest {
    private static final int LENGTH = 1 << 20;
    private static final VolumeOnDisk FIRST = new VolumeOnDisk("memory:1", 65_536, 131_072);
    /** Right behind the first one. */
    private static final VolumeOnDisk SECOND = new VolumeOnDisk("memory:2", 196_608, 65_536);
    private final byte[] live = Content.random(LENGTH, 1);
    private final byte[] first = Content.random((int) FIRST.length(), 2);
    private final byte[] second = Content.random((int) SECOND.length(), 3);
    private final Told disk = new Told(new MemoryDevice(live));
    private final Told one = new Told(new MemoryDevice(first));
    private final Told two = new Told(new MemoryDevice(second));

    /** A device that tells what the test wants it to. */
    private static final class Told extends ForwardingDevice {
        private Optional<ClustersInUse> clusters = Optional.empty();
        /** Where data begins; only zeros follow if it is none. */
        private long data = -1;
        private boolean fails;
        private ByteBuffer cancelled;

        Told(Device device) {
            super(device);
        }

        @Override
        public Optional<ClustersInUse> clustersInUse() throws ImagingException {
            if (fails) {
                throw new DeviceException("told", 512, "no answer", null, null);
            }
            return clusters;
        }

        @Override
        public long nextData(long offset) throws ImagingException {
            if (fails) {
                throw new DeviceException("told", 512, "no answer", null, null);
            }
            return data < offset ? length() : data;
        }

        @Override
        public void cancelRead(ByteBuffer target) {
            cancelled = target;
        }
    }

    private FrozenDisk frozen() throws DeviceException {
        Map<VolumeOnDisk, Device> views = new LinkedHashMap<>();
        views.put(SECOND, two);
        views.put(FIRST, one);
        return new FrozenDisk(disk, views);
    }

    @Test
    void itIsTheDiskWithTheViewsInTheirPlaces() throws Exception {
        byte[] expected = live.clone();
        System.arraycopy(first, 0, expected, (int) FIRST.offset(), first.length);
        System.arraycopy(second, 0, expected, (int) SECOND.offset(), second.length);
        FrozenDisk frozen = frozen();
        assertThat(frozen.info().kind()).isEqualTo(DeviceKind.SNAPSHOT);
        for (boolean directly : new boolean[] {false, true}) {
            ByteBuffer target = Content.aligned(LENGTH);
            if (directly) {
                frozen.readDirectly(0, target);
            } else {
                frozen.read(0, target);
            }
            assertThat(Content.bytes(target.flip())).isEqualTo(expected);
        }
    }

    @Test
    void clustersOfAViewAreThoseOfTheRangeThatItBeginsIn() throws Exception {
        ClustersInUse said = new ClustersInUseOf("ODDFS", 4096, 8192, 30);
        one.clusters = Optional.of(said);
        assertThat(frozen().clustersInUse(FIRST.offset(), FIRST.length())).containsSame(said);
        assertThat(frozen().clustersInUse(FIRST.offset(), LENGTH / 2)).as("a longer range").containsSame(said);
        assertThat(frozen().clustersInUse(FIRST.offset(), 8192 + 30 * 4096 - 1)).as("they do not fit").isEmpty();
        assertThat(frozen().clustersInUse(FIRST.offset() + 512, FIRST.length())).as("another range").isEmpty();
        assertThat(frozen().clustersInUse(SECOND.offset(), SECOND.length())).as("a view that says nothing").isEmpty();
        assertThat(frozen().clustersInUse()).as("no volume is the disk").isEmpty();
        one.clusters = Optional.of(new ClustersInUseOf("ODDFS", 4096, Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(frozen().clustersInUse(FIRST.offset(), FIRST.length())).as("numbers that cannot be").isEmpty();
    }

    @Test
    void aPartitionHasTheClustersOfTheViewInItsPlace() throws Exception {
        ClustersInUse said = new ClustersInUseOf("ODDFS", 4096, 0, 16);
        two.clusters = Optional.of(said);
        assertThat(PartitionDevice.ofRange(frozen(), SECOND.offset(), SECOND.length()).clustersInUse()).containsSame(said);
        assertThat(PartitionDevice.ofRange(frozen(), FIRST.offset(), FIRST.length()).clustersInUse()).isEmpty();
        assertThat(PartitionDevice.ofRange(disk, 0, LENGTH).clustersInUse()).as("a disk that is not frozen").isEmpty();
    }

    @Test
    void aVolumeThatIsAllOfTheDiskHasClustersOfTheDisk() throws Exception {
        ClustersInUse said = new ClustersInUseOf("ODDFS", 4096, 0, 16);
        one.clusters = Optional.of(said);
        Device whole = new FrozenDisk(disk, Map.of(new VolumeOnDisk("memory:all", 0, LENGTH), one));
        assertThat(whole.clustersInUse()).containsSame(said);
    }

    @Test
    void dataBeginsWhereTheDiskOrAViewSaysSo() throws Exception {
        assertThat(frozen().nextData(0)).as("zeros everywhere").isEqualTo(LENGTH);
        disk.data = FIRST.offset() + 512;
        assertThat(frozen().nextData(0)).as("the disk says nothing of where a view lies").isEqualTo(LENGTH);
        two.data = 1024;
        assertThat(frozen().nextData(0)).isEqualTo(SECOND.offset() + 1024);
        assertThat(frozen().nextData(SECOND.offset() + 1024)).isEqualTo(SECOND.offset() + 1024);
        assertThat(frozen().nextData(SECOND.offset() + 1025)).isEqualTo(LENGTH);
        one.data = 0;
        assertThat(frozen().nextData(0)).isEqualTo(FIRST.offset());
        disk.data = 700_000;
        assertThat(frozen().nextData(SECOND.end())).isEqualTo(700_000);
        assertThat(frozen().nextData(LENGTH)).isEqualTo(LENGTH);
    }

    @Test
    void whatAViewDoesNotAnswerIsAnErrorAtThePlaceOnTheDisk() throws Exception {
        one.fails = true;
        FrozenDisk frozen = frozen();
        assertThatThrownBy(() -> frozen.clustersInUse(FIRST.offset(), FIRST.length())).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.offset()).isEqualTo(FIRST.offset() + 512));
        assertThatThrownBy(() -> frozen.nextData(FIRST.offset())).isInstanceOfSatisfying(DeviceException.class,
                e -> assertThat(e.offset()).isEqualTo(FIRST.offset() + 512));
        assertThatThrownBy(() -> PartitionDevice.ofRange(frozen, FIRST.offset(), FIRST.length()).clustersInUse())
                .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.offset()).isEqualTo(512));
    }

    @Test
    void readsAreCancelledWhereverTheyAre() throws Exception {
        ByteBuffer target = Content.aligned(512);
        frozen().cancelRead(target);
        assertThat(disk.cancelled).isSameAs(target);
        assertThat(one.cancelled).isSameAs(target);
        assertThat(two.cancelled).isSameAs(target);
    }
}
