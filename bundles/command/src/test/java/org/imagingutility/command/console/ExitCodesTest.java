package org.imagingutility.command.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.imagingutility.api.error.BlobException;
import org.imagingutility.api.error.CancelledException;
import org.imagingutility.api.error.CodecException;
import org.imagingutility.api.error.DeviceException;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.error.FileSystemException;
import org.imagingutility.api.error.ImageDamagedException;
import org.imagingutility.api.error.ImageFormatException;
import org.imagingutility.api.error.ImageReadException;
import org.imagingutility.api.error.ImagingException;
import org.imagingutility.api.error.MemoryException;
import org.imagingutility.api.error.NotPermittedException;
import org.imagingutility.api.error.PartitionTableException;
import org.imagingutility.api.error.PluginException;
import org.imagingutility.api.error.PluginGoneException;
import org.imagingutility.api.error.PluginMissingException;
import org.imagingutility.api.error.SnapshotException;
import org.imagingutility.api.error.TargetException;
import org.imagingutility.api.error.UsageException;
import org.junit.jupiter.api.Test;

class ExitCodesTest {
    private static final Map<ImagingException, Integer> CODES = Map.ofEntries(
            Map.entry(new UsageException("m", null), 1),
            Map.entry(new NotPermittedException("s", "r", null, null), 2),
            Map.entry(new DeviceException("d", 0, "r", null, null), 3),
            Map.entry(new FileSystemException("d", 0, "r", null), 3),
            Map.entry(new FileRefusedException("d", "f", FileRefusedException.Reason.ENCRYPTED, "t"), 3),
            Map.entry(new PartitionTableException("d", 0, "r", null), 3),
            Map.entry(new ImageReadException("i", 0, "r", null), 3),
            Map.entry(new SnapshotException("v", "r", null, null), 3),
            Map.entry(new BlobException("s", "k", BlobException.Reason.FAILED, "r", null, null), 3),
            Map.entry(new ImageDamagedException("i", 0, "r", null), 4),
            Map.entry(new CodecException("c", "r", null), 4),
            Map.entry(new ImageFormatException("i", 0, "r", null), 5),
            Map.entry(new PluginMissingException("codec", "zstd", "the image", List.of()), 5),
            Map.entry(new PluginGoneException("codec", "zstd", "r"), 5),
            Map.entry(new PluginException("codec", "zstd", "com.example 1.0.0", "r", null), 5),
            Map.entry(new TargetException("t", 0, "r", null, null), 6),
            Map.entry(new MemoryException(new OutOfMemoryError("Java heap space")), 8),
            Map.entry(new CancelledException("w"), 130));

    @Test
    void givesEachErrorTheDocumentedCode() {
        CODES.forEach((error, code) -> assertThat(ExitCodes.of(error)).as(error.getClass().getSimpleName()).isEqualTo(code));
    }

    @Test
    void lackOfMemoryInAPluginIsLackOfMemory() {
        assertThat(ExitCodes.of(PluginException.outOfMemory("codec", "zstd", "com.example 1.0.0", "Codec.x", new OutOfMemoryError("heap"))))
                .isEqualTo(8);
    }

    @Test
    void leavesNoErrorOut() {
        Set<Class<?>> tested = CODES.keySet().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tested).isEqualTo(Arrays.stream(ImagingException.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }
}
