package org.imagingutility.allocator.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.imagingutility.api.ExtentList;
import org.imagingutility.api.allocator.Allocation;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.fixtures.Fixtures;
import org.imagingutility.fs.ntfs.structure.Attribute;
import org.imagingutility.tck.allocator.ExtentsInUse;
import org.imagingutility.tck.device.CountingDevice;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volumes that other tools made, made dirty, with a bitmap that lags behind: nothing that is referred to is left out. */
class ForgottenClustersTest {
    @TempDir
    private Path folder;

    static List<String> volumes() {
        return Fixtures.ofKind("ntfs");
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void everythingInUseIsTakenWhateverTheBitmapForgot(String name) throws IOException, ImagingException {
        byte[] image = Files.readAllBytes(Fixtures.unpack(name, folder));
        NtfsAllocation sound = (NtfsAllocation) allocation(image);
        assertThat(sound.state().inOrder()).as("%s", sound.state()).isTrue();
        ExtentList expected = ExtentsInUse.of(sound, device(image));
        makeDirty(image, sound);
        for (int percent : new int[] {1, 30, 100}) {
            byte[] lagging = image.clone();
            forget(lagging, sound, percent, new Random(percent));
            Allocation dirty = allocation(lagging);
            assertThat(dirty.state().conditions()).isEqualTo("dirty");
            assertThat(ExtentsInUse.of(dirty, device(lagging))).as(name + ", " + percent + " %").isEqualTo(expected);
        }
    }

    private static void makeDirty(byte[] image, NtfsAllocation sound) {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int record = (int) sound.mft().stream().deviceOffset(sound.mft().position(3));
        int at = record + bytes.getShort(record + 20);
        while (bytes.getInt(at) != Attribute.VOLUME_INFORMATION) {
            at += bytes.getInt(at + 4);
        }
        bytes.putShort(at + bytes.getShort(at + 20) + 10, (short) 1);
    }

    private static void forget(byte[] image, NtfsAllocation sound, int percent, Random random) {
        for (long cluster = 0; cluster < sound.boot().clusterCount(); cluster++) {
            if (random.nextInt(100) < percent) {
                image[(int) sound.bitmap().deviceOffset(cluster / 8)] &= (byte) ~(1 << cluster % 8);
            }
        }
    }

    private static Allocation allocation(byte[] image) throws ImagingException {
        return new NtfsAllocator().recognise(device(image)).orElseThrow();
    }

    private static CountingDevice device(byte[] image) {
        return new CountingDevice(image.length, 512, (offset, target) ->
                target.put(ByteBuffer.wrap(image, (int) offset, target.remaining())));
    }
}
