package org.imagingutility.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
    @TempDir
    Path root;

    @BeforeEach
    void machine() throws IOException {
        write("proc/meminfo", "MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable: 1000 kB\nSwapFree: 24 kB\n");
    }

    @Test
    void isWhatTheMachineHasLeftWhereNoGroupSetsALimit() throws IOException {
        assertThat(available()).isEqualTo(1024 << 10);
        write("proc/self/cgroup", "0::/a/b\n");
        write("groups/a/b/memory.max", "max\n");
        write("groups/a/b/memory.current", "5\n");
        assertThat(available()).isEqualTo(1024 << 10);
        write("proc/self/cgroup", "7:cpu,memory:/x\n3:cpuset:/\n");
        write("groups/memory/memory.limit_in_bytes", "9223372036854771712\n");
        write("groups/memory/memory.usage_in_bytes", "5\n");
        assertThat(available()).isEqualTo(1024 << 10);
    }

    @Test
    void isTheLeastThatAnyGroupAroundTheProcessLeavesInVersion2() throws IOException {
        write("proc/self/cgroup", "0::/a/b\n");
        write("groups/a/b/memory.max", "700000\n");
        write("groups/a/b/memory.current", "100000\n");
        write("groups/a/memory.max", "500000\n");
        write("groups/a/memory.current", "450000\n");
        write("groups/a/memory.stat", "anon 400000\nfile_mapped 10000\ninactive_file 20000\nactive_file 30000\n");
        assertThat(available()).as("500000 without what is in use and cannot be given up").isEqualTo(500000 - 410000);
    }

    @Test
    void isTheLeastThatAnyGroupAroundTheProcessLeavesInVersion1() throws IOException {
        write("proc/self/cgroup", "9:name=systemd:/\n4:memory:/a\n");
        write("groups/memory/a/memory.limit_in_bytes", "300000\n");
        write("groups/memory/a/memory.usage_in_bytes", "290000\n");
        write("groups/memory/a/memory.stat",
                "inactive_file 1\ntotal_mapped_file 1000\ntotal_inactive_file 50000\ntotal_active_file 2000\n");
        assertThat(available()).isEqualTo(300000 - 290000 + 51000);
    }

    @Test
    void inAContainerThatDoesNotSeeItsGroupTheOutermostOneCounts() throws IOException {
        write("proc/self/cgroup", "4:memory:/docker/0123\n");
        write("groups/memory/memory.limit_in_bytes", "300000\n");
        write("groups/memory/memory.usage_in_bytes", "400000\n");
        assertThat(available()).isZero();
        write("proc/self/cgroup", "4:memory:/../../..\n");
        assertThat(available()).isZero();
    }

    @Test
    void nothingIsKnownOnOtherSystems() {
        assertThat(new ProcessMemory(root.resolve("none"), root.resolve("none")).available()).isEmpty();
    }

    private long available() {
        return new ProcessMemory(root.resolve("proc"), root.resolve("groups")).available().orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
