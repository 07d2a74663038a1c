package org.imagingutility.files.ntfs.compression;

/**
 * Expands one piece of compressed data that depends on no other. Whatever it is given, it ends, writes nothing outside of the range
 * it was given, and either fills that range or throws. For one thread: objects keep tables from piece to piece.
 */
@FunctionalInterface
public interface Decompressor {

    /**
     * Expands a piece.
     *
     * @param source array with the compressed data
     * @param from first byte of it
     * @param length its bytes
     * @param target gets the expanded bytes, from 0 on
     * @param targetLength how many bytes the data must expand to
     * @throws CompressedDataException if it expands to fewer or more bytes, or makes no sense; {@code target} has anything then
     */
    void decompress(byte[] source, int from, int length, byte[] target, int targetLength) throws CompressedDataException;
}
