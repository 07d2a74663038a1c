package org.imagingutility.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.device.Device;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.job.ImageRequest.ReadErrors;
import org.imagingutility.tck.device.CountingDevice;
import org.imagingutility.tck.device.ForwardingDevice;
import org.imagingutility.tck.device.SparseBytes;
import org.junit.jupiter.api.Test;

/** What a device knows of its holes reaches who reads through the devices that the engine puts in front of it. */
class HolesTest {
    private static final long LENGTH = 16 << 20;
    private static final long DATA = 5 << 20;

    /** Zeros up to {@link #DATA}, and behind that data. */
    private static class Sparse extends ForwardingDevice {
        Sparse() {
            super(new CountingDevice(LENGTH, 512, new SparseBytes()));
        }

        @Override
        public long nextData(long offset) throws ImagingException {
            return Math.max(offset, DATA);
        }
    }

    private static GuardedDevice guarded(Device device, ReadErrors policy, ExtentList bad) {
        return new GuardedDevice(device, policy, bad.count() == 0 ? KnownBadRanges.NONE : new KnownBadRanges(bad, 512, LENGTH), () -> false);
    }

    @Test
    void theDeviceThatGuardsReadsPassesThemOn() throws ImagingException {
        try (GuardedDevice device = guarded(new Sparse(), ReadErrors.DEFAULT, ExtentList.empty())) {
            assertThat(device.nextData(0)).isEqualTo(DATA);
            assertThat(device.nextData(DATA + 512)).isEqualTo(DATA + 512);
        }
    }

    @Test
    void whatIsKnownToBeBadIsNoHole() throws ImagingException {
        ExtentList.Builder bad = new ExtentList.Builder();
        bad.add(1 << 20, 512);
        try (GuardedDevice device = guarded(new Sparse(), ReadErrors.DEFAULT, bad.build())) {
            assertThat(device.nextData(0)).isEqualTo(1 << 20);
            assertThat(device.nextData((1 << 20) + 512)).isEqualTo(DATA);
        }
    }

    @Test
    void whereReadsHaveABoundInTimeTheyAreNotAskedFor() throws ImagingException {
        ReadErrors bounded = new ReadErrors(false, 0, Duration.ofSeconds(9), Optional.empty(), false);
        try (GuardedDevice device = guarded(new Sparse(), bounded, ExtentList.empty())) {
            assertThat(device.nextData(0)).isZero();
        }
    }

    @Test
    void aDeviceThatCannotTellIsRead() throws ImagingException {
        Device failing = new Sparse() {
            @Override
            public long nextData(long offset) throws ImagingException {
                throw new DeviceException("d", offset, "no answer", null, null);
            }
        };
        try (GuardedDevice device = guarded(failing, ReadErrors.DEFAULT, ExtentList.empty())) {
            assertThat(device.nextData(512)).isEqualTo(512);
        }
    }

    @Test
    void joinedRangesCountFromTheirOwnBeginning() throws ImagingException {
        ExtentList.Builder ranges = new ExtentList.Builder();
        ranges.add(1 << 20, 1 << 20);
        ranges.add(4 << 20, 2 << 20);
        try (Device joined = new JoinedRanges(new Sparse(), "ranges", ranges.build())) {
            assertThat(joined.nextData(0)).isEqualTo(2 << 20);
            assertThat(joined.nextData(1 << 20)).isEqualTo(2 << 20);
            assertThat(joined.nextData((2 << 20) + 512)).isEqualTo((2 << 20) + 512);
            assertThat(joined.nextData(joined.length())).isEqualTo(joined.length());
        }
    }
}
