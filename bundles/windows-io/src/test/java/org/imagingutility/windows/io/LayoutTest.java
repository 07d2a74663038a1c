package org.imagingutility.windows.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The numbers that Windows is called with are those that a compiler found in its headers ({@code win32-layout.json}). */
class LayoutTest {
    private static final Map<String, Long> FACTS = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(LayoutTest.class.getResourceAsStream("win32-layout.json"))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    FACTS.put(parser.currentName(), parser.getLongValue());
                }
            }
        }
        assertThat(FACTS).hasSizeGreaterThan(500);
    }

    private static void same(int ours, String fact) {
        assertThat(FACTS).containsKey(fact);
        assertThat(ours).as(fact).isEqualTo(FACTS.get(fact).intValue());
    }

    @Test
    void controlCodesAreThoseOfTheHeaders() {
        for (ControlCode code : ControlCode.values()) {
            same(code.value(), code.name());
        }
    }

    @Test
    void errorCodesAreThoseOfTheHeaders() throws IllegalAccessException {
        int known = 0;
        for (Field field : ErrorCode.class.getDeclaredFields()) {
            String name = field.getName().startsWith("E_") ? field.getName() : "ERROR_" + field.getName();
            if (Modifier.isStatic(field.getModifiers()) && FACTS.containsKey(name)) {
                same(field.getInt(null), name);
                known++;
            }
        }
        assertThat(known).isGreaterThan(40);
    }

    @Test
    void accessAndFlagsAreThoseOfTheHeaders() {
        same(DeviceHandle.READ, "GENERIC_READ");
        same(DeviceHandle.WRITE, "GENERIC_WRITE");
        assertThat(DeviceHandle.SHARED).isEqualTo((int) (FACTS.get("FILE_SHARE_READ") | FACTS.get("FILE_SHARE_WRITE")));
        same(DeviceHandle.UNBUFFERED, "FILE_FLAG_NO_BUFFERING");
        same(DeviceHandle.OVERLAPPED, "FILE_FLAG_OVERLAPPED");
        same(DeviceHandle.OPEN_EXISTING, "OPEN_EXISTING");
        same(DeviceHandle.WAIT_TIMEOUT, "WAIT_TIMEOUT");
        same(DeviceHandle.WAIT_FAILED, "WAIT_FAILED");
        same(Windows.TOKEN_QUERY, "TOKEN_QUERY");
        same(Windows.TOKEN_ELEVATION, "TokenElevation");
        same(DeviceFacts.DEVICE_PROPERTY, "StorageDeviceProperty");
        same(DeviceFacts.ALIGNMENT_PROPERTY, "StorageAccessAlignmentProperty");
    }

    @Test
    void structuresAreThoseOfTheHeaders() {
        same(Request.INFORMATION, "OVERLAPPED.InternalHigh");
        same(Request.OFFSET, "OVERLAPPED.Pointer");
        same(Request.EVENT, "OVERLAPPED.hEvent");
        assertThat(Request.COUNT).isEqualTo(FACTS.get("OVERLAPPED").intValue());
        same(DeviceFacts.GEOMETRY_BYTES_PER_SECTOR, "DISK_GEOMETRY_EX.Geometry.BytesPerSector");
        same(DeviceFacts.GEOMETRY_DISK_SIZE, "DISK_GEOMETRY_EX.DiskSize");
        same(DeviceFacts.QUERY_SIZE, "STORAGE_PROPERTY_QUERY");
        same(DeviceFacts.QUERY_SIZE, "STORAGE_DEVICE_NUMBER");
        same(Integer.BYTES, "STORAGE_DEVICE_NUMBER.DeviceNumber");
        same(Long.BYTES, "GET_LENGTH_INFORMATION");
        same(DeviceFacts.ALIGNMENT_SIZE, "STORAGE_ACCESS_ALIGNMENT_DESCRIPTOR");
        same(DeviceFacts.ALIGNMENT_LOGICAL_SECTOR, "STORAGE_ACCESS_ALIGNMENT_DESCRIPTOR.BytesPerLogicalSector");
        same(DeviceFacts.DESCRIPTOR_FIXED, "STORAGE_DEVICE_DESCRIPTOR.RawDeviceProperties");
        same(DeviceFacts.DESCRIPTOR_VENDOR, "STORAGE_DEVICE_DESCRIPTOR.VendorIdOffset");
        same(DeviceFacts.DESCRIPTOR_PRODUCT, "STORAGE_DEVICE_DESCRIPTOR.ProductIdOffset");
        same(DeviceFacts.EXTENTS_HEADER, "VOLUME_DISK_EXTENTS.Extents");
        same(DeviceFacts.EXTENT_SIZE, "DISK_EXTENT");
        same(DeviceFacts.EXTENT_START, "DISK_EXTENT.StartingOffset");
        same(DeviceFacts.EXTENT_LENGTH, "DISK_EXTENT.ExtentLength");
    }
}
