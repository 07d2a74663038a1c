package org.imagingutility.snapshot.vss.com;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.ByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.imagingutility.snapshot.vss.requester.AsyncOperation;
import org.imagingutility.snapshot.vss.requester.BackupComponents;
import org.imagingutility.snapshot.vss.requester.VssError;
import org.imagingutility.snapshot.vss.requester.WriterStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds places in tables, kinds of arguments and numbers against what a compiler made of the headers (golden/vss-vtable.json). */
class GoldenFactsTest {
    private static JsonNode facts;

    private final List<Memory> given = new ArrayList<>();
    private final List<String> freed = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream json = GoldenFactsTest.class.getResourceAsStream("/golden/vss-vtable.json")) {
            facts = new ObjectMapper().readTree(json);
        }
    }

    /** An object that writes down by the tables what it was asked for. */
    private final class Recorded extends ComObject {
        private final String type;
        private final Map<String, List<Object>> calls;

        Recorded(String type, Map<String, List<Object>> calls) {
            super(Pointer.NULL, null);
            this.type = type;
            this.calls = calls;
        }

        @Override
        int invoke(int slot, Object... arguments) {
            facts.get("interfaces").get(type).get("methods").properties().forEach(method -> {
                if (method.getValue().get("slot").asInt() == slot) {
                    calls.put(type + "." + method.getKey(), List.of(kinds(method.getValue().get("args")), kinds(arguments)));
                    answer(method.getKey(), arguments);
                }
            });
            return 0;
        }

        @Override
        void onItsThread(Runnable action) {
            action.run();
        }

        @Override
        ComObject other(Pointer address) {
            return new Recorded("IVssAsync", calls);
        }
    }

    private void answer(String method, Object... arguments) {
        if (method.equals("GetWriterStatusCount")) {
            ((IntByReference) arguments[0]).setValue(1);
        } else if (method.equals("GetWriterStatus")) {
            ((PointerByReference) arguments[3]).setValue(wide("Registry Writer"));
            ((IntByReference) arguments[4]).setValue(9);
            ((IntByReference) arguments[5]).setValue(VssError.WRITER_TIMEOUT.code());
        } else if (method.equals("GetSnapshotProperties")) {
            Memory properties = (Memory) arguments[1];
            properties.setPointer(40, wide("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7"));
            properties.setPointer(48, wide("\\\\?\\Volume{1}\\"));
            properties.setLong(112, 0x01DC_0000_0000_0000L);
        }
    }

    /** Texts of Windows, read by JNA with the characters of this system: as wide as those are here. */
    private Memory wide(String text) {
        Memory memory = new Memory((text.length() + 1L) * com.sun.jna.Native.WCHAR_SIZE);
        memory.setWideString(0, text);
        given.add(memory);
        return memory;
    }

    private static List<String> kinds(JsonNode arguments) {
        List<String> kinds = new ArrayList<>();
        arguments.forEach(argument -> kinds.add(argument.asText()));
        return kinds;
    }

    private static List<String> kinds(Object... arguments) {
        List<String> kinds = new ArrayList<>();
        for (Object argument : arguments) {
            kinds.add(argument instanceof Integer ? "i32" : argument instanceof Byte ? "u8" : argument instanceof Guid ? "guid"
                    : argument == null || argument instanceof Pointer || argument instanceof ByReference ? "ptr" : argument.getClass().getName());
        }
        return kinds;
    }

    @Test
    void methodsAreCalledAtTheirPlacesWithArgumentsOfTheirKinds() throws Exception {
        Map<String, List<Object>> calls = new LinkedHashMap<>();
        BackupComponents components = new ComBackupComponents(new Recorded("IVssBackupComponents", calls), new Frees() {
            @Override
            public void freeString(Pointer text) {
                freed.add(text.getWideString(0));
            }

            @Override
            public void freeProperties(Pointer properties) {
                freed.add("properties");
            }
        });
        components.initializeForBackup();
        components.setContext(0);
        components.setBackupState(5);
        AsyncOperation step = components.gatherWriterMetadata();
        step.status();
        step.await(10);
        step.cancel();
        step.close();
        step.close();
        components.isVolumeSupported("C:\\");
        components.startSnapshotSet();
        components.addToSnapshotSet("C:\\");
        components.prepareForBackup();
        components.gatherWriterStatus();
        assertThat(components.writerStatus()).containsExactly(new WriterStatus("Registry Writer", 9, VssError.WRITER_TIMEOUT.code()));
        components.freeWriterStatus();
        components.doSnapshotSet();
        assertThat(components.snapshotProperties(UUID.randomUUID()).device()).isEqualTo("\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy7");
        components.backupComplete();
        components.abortBackup();
        components.deleteSnapshotSet(UUID.randomUUID());
        components.release();
        assertThat(calls.keySet()).containsExactly("IVssBackupComponents.InitializeForBackup", "IVssBackupComponents.SetContext",
                "IVssBackupComponents.SetBackupState", "IVssBackupComponents.GatherWriterMetadata", "IVssAsync.QueryStatus", "IVssAsync.Wait",
                "IVssAsync.Cancel", "IVssAsync.Release", "IVssBackupComponents.IsVolumeSupported", "IVssBackupComponents.StartSnapshotSet",
                "IVssBackupComponents.AddToSnapshotSet", "IVssBackupComponents.PrepareForBackup", "IVssBackupComponents.GatherWriterStatus",
                "IVssBackupComponents.GetWriterStatusCount", "IVssBackupComponents.GetWriterStatus", "IVssBackupComponents.FreeWriterStatus",
                "IVssBackupComponents.DoSnapshotSet", "IVssBackupComponents.GetSnapshotProperties", "IVssBackupComponents.BackupComplete",
                "IVssBackupComponents.AbortBackup", "IVssBackupComponents.DeleteSnapshots", "IVssBackupComponents.Release");
        calls.forEach((method, kinds) -> assertThat(kinds.get(1)).as(method).isEqualTo(kinds.get(0)));
        assertThat(freed).containsExactly("Registry Writer", "properties");
    }

    @Test
    void errorsOfTheServiceHaveTheirNumbers() {
        Map<String, String> others = Map.of("SET_IN_PROGRESS", "SNAPSHOT_SET_IN_PROGRESS", "TOO_MANY_VOLUMES", "MAXIMUM_NUMBER_OF_VOLUMES_REACHED",
                "TOO_MANY_SNAPSHOTS", "MAXIMUM_NUMBER_OF_SNAPSHOTS_REACHED", "TOO_MANY_STORAGE_AREAS", "MAXIMUM_DIFFAREA_ASSOCIATIONS_REACHED",
                "WRITER_INCONSISTENT", "WRITERERROR_INCONSISTENTSNAPSHOT", "WRITER_OUT_OF_RESOURCES", "WRITERERROR_OUTOFRESOURCES");
        int compared = 0;
        for (VssError error : VssError.values()) {
            if (VssError.hex(error.code()).startsWith("0x80042")) {
                String name = others.getOrDefault(error.name(), error.name());
                JsonNode known = facts.get("hresults").get("VSS_E_" + name);
                if (known == null) {
                    known = facts.get("hresults").get("VSS_E_" + name.replace("WRITER_", "WRITERERROR_"));
                }
                assertThat(known).as(error.name()).isNotNull();
                assertThat(VssError.hex(error.code()).toLowerCase(Locale.ROOT)).as(error.name()).isEqualTo(known.asText().toLowerCase(Locale.ROOT));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(30);
        assertThat(VssError.hex(VssError.ASYNC_PENDING)).isEqualTo(facts.get("hresults").get("VSS_S_ASYNC_PENDING").asText());
        assertThat(VssError.hex(VssError.ASYNC_FINISHED)).isEqualTo(facts.get("hresults").get("VSS_S_ASYNC_FINISHED").asText());
        assertThat(VssError.hex(VssError.ASYNC_CANCELLED)).isEqualTo(facts.get("hresults").get("VSS_S_ASYNC_CANCELLED").asText());
    }

    @Test
    void enumerationsHaveTheirNumbers() {
        assertThat(facts.get("enums").get("VSS_SNAPSHOT_CONTEXT").get("VSS_CTX_BACKUP").asInt()).isEqualTo(BackupComponents.CONTEXT_BACKUP);
        assertThat(facts.get("enums").get("VSS_BACKUP_TYPE").get("VSS_BT_COPY").asInt()).isEqualTo(BackupComponents.BACKUP_TYPE_COPY);
        assertThat(facts.get("enums").get("VSS_OBJECT_TYPE").get("VSS_OBJECT_SNAPSHOT_SET").asInt()).isEqualTo(Slots.OBJECT_SNAPSHOT_SET);
    }

    @Test
    void constantsAndThePropertiesOfSnapshotsAreThoseOfTheHeaders() throws IOException {
        JsonNode layout;
        try (InputStream json = GoldenFactsTest.class.getResourceAsStream("/golden/vss-layout.json")) {
            layout = new ObjectMapper().readTree(json);
        }
        JsonNode constants = layout.get("constants");
        assertThat(constants.get("COINIT_MULTITHREADED").get("dec").asInt()).isEqualTo(ComThread.COINIT_MULTITHREADED);
        assertThat(constants.get("RPC_C_AUTHN_LEVEL_PKT_PRIVACY").get("dec").asInt()).isEqualTo(ComThread.PACKET_PRIVACY);
        assertThat(constants.get("RPC_C_IMP_LEVEL_IMPERSONATE").get("dec").asInt()).isEqualTo(ComThread.IMPERSONATE);
        assertThat(constants.get("EOAC_DYNAMIC_CLOAKING").get("dec").asInt()).isEqualTo(ComThread.DYNAMIC_CLOAKING);
        assertThat(constants.get("LOAD_LIBRARY_SEARCH_SYSTEM32").get("dec").asInt()).isEqualTo(VssLibraries.FROM_SYSTEM_FOLDER);
        JsonNode properties = layout.get("structs").get("VSS_SNAPSHOT_PROP");
        assertThat(properties.get("size").asInt()).isEqualTo(Slots.PROPERTIES_SIZE);
        Map<String, Integer> offsets = new LinkedHashMap<>();
        properties.get("fields").forEach(field -> offsets.put(field.get("field").asText(), field.get("offset").asInt()));
        assertThat(offsets).containsEntry("m_pwszSnapshotDeviceObject", Slots.DEVICE_OBJECT)
                .containsEntry("m_pwszOriginalVolumeName", Slots.ORIGINAL_VOLUME).containsEntry("m_tsCreationTimestamp", Slots.CREATION_TIME);
    }

    @Test
    void momentsAreThoseOfWindows() {
        // 0x019DB1DED53E8000: the begin of 1970 (Microsoft, "Converting a time_t value to a FILETIME")
        assertThat(ComBackupComponents.instant(0x019D_B1DE_D53E_8000L)).isEqualTo(Instant.EPOCH);
        assertThat(ComBackupComponents.instant(0x019D_B1DE_D53E_8000L + 15_000_000)).isEqualTo(Instant.ofEpochMilli(1500));
    }

    @Test
    void guidsLieInMemoryAsWindowsHasThem() {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        Guid guid = new Guid(id);
        guid.write();
        byte[] bytes = guid.getPointer().getByteArray(0, Guid.SIZE);
        assertThat(bytes).containsExactly(0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF);
        assertThat(guid.size()).isEqualTo(Guid.SIZE);
        assertThat(Guid.read(guid.getPointer(), 0)).isEqualTo(id);
        UUID high = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");
        Guid other = new Guid(high);
        other.write();
        assertThat(Guid.read(other.getPointer(), 0)).isEqualTo(high);
    }
}
