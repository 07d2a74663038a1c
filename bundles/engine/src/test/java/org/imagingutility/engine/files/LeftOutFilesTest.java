package org.imagingutility.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.imagingutility.api.error.FileRefusedException;
import org.imagingutility.api.files.FileContent;
import org.imagingutility.api.files.FileTree;
import org.imagingutility.api.files.ReadingOptions;
import org.imagingutility.api.files.TreePath;
import org.imagingutility.api.files.VolumeDevice;
import org.imagingutility.tck.device.MemoryDevice;
import org.imagingutility.tck.files.PlainFileSystem;
import org.junit.jupiter.api.Test;

class LeftOutFilesTest {
    @Test
    void whatAnImageLeavesOutIsThereAndItsContentRefused() throws Exception {
        PlainFileSystem.Builder builder = new PlainFileSystem.Builder();
        int directory = builder.directory(0, "System Volume Information");
        builder.file(directory, "{3808876b}", "snapshot");
        builder.file(0, "pagefile.sys", "pages");
        builder.file(0, "kept", "content");
        try (VolumeDevice device = VolumeDevice.of(new MemoryDevice(builder.volume()));
                FileTree tree = LeftOutFiles.refusing(new PlainFileSystem().open(device, ReadingOptions.standard()).orElseThrow(), "image",
                        List.of("\\pagefile.sys", "\\System Volume Information\\{3808876b}", "\\hiberfil.sys"))) {
            for (String path : List.of("pagefile.sys", "System Volume Information/{3808876b}")) {
                assertThatThrownBy(() -> tree.open(TreePath.find(tree, path, false).node())).as(path)
                        .isInstanceOfSatisfying(FileRefusedException.class, e -> assertThat(e.reason()).isEqualTo(FileRefusedException.Reason.NOT_KEPT));
            }
            try (FileContent kept = tree.open(TreePath.find(tree, "kept", false).node())) {
                ByteBuffer bytes = ByteBuffer.allocate((int) kept.length());
                kept.read(0, bytes);
                assertThat(new String(bytes.array(), StandardCharsets.US_ASCII)).isEqualTo("content");
            }
        }
    }
}
