package org.imagingutility.allocator.btrfs.checksum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The checksum of a file system (btrfs documentation, "On-disk format", superblock, {@code csum_type}). It stands in the first
 * 32 bytes of a superblock or node, and is that of all bytes behind these. Safe for use by several threads.
 */
public enum ChecksumType {
    /** CRC-32C as iSCSI has it, least significant byte first. */
    CRC32C("crc32c", 4) {
        @Override
        byte[] of(ByteBuffer bytes) {
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).array();
        }
    },
    /** XXH64 with the seed 0, least significant byte first. */
    XXHASH64("xxhash64", 8) {
        @Override
        byte[] of(ByteBuffer bytes) {
            return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(XxHash64.of(bytes)).array();
        }
    },
    /** SHA-256. */
    SHA256("sha256", 32) {
        @Override
        byte[] of(ByteBuffer bytes) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(bytes);
                return digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("each Java has SHA-256", e);
            }
        }
    },
    /** BLAKE2b of 256 bits without a key. */
    BLAKE2B("blake2b", 32) {
        @Override
        byte[] of(ByteBuffer bytes) {
            return Blake2b.digest(bytes, 32);
        }
    };

    /** Bytes in front of those that are summed. */
    public static final int FIELD_LENGTH = 32;

    private final String text;
    private final int length;

    ChecksumType(String text, int length) {
        this.text = text;
        this.length = length;
    }

    abstract byte[] of(ByteBuffer bytes);

    /** Returns the type that {@code csum_type} stands for, if it is known. */
    public static Optional<ChecksumType> of(int number) {
        return number >= 0 && number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    /** Says whether the checksum at the begin of {@code block} is that of the rest, to its limit. */
    public boolean holds(ByteBuffer block) {
        byte[] sum = of(block.slice(FIELD_LENGTH, block.limit() - FIELD_LENGTH));
        return block.slice(0, length).equals(ByteBuffer.wrap(sum));
    }

    /** Returns the name as {@code mkfs.btrfs --csum} has it. */
    @Override
    public String toString() {
        return text;
    }
}
