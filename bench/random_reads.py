#!/usr/bin/env python3
"""Latencies of random reads of 4 KiB from an NBD server on a Unix socket, one at a time: p50 and p99 in milliseconds.

    bench/random_reads.py SOCKET EXPORT COUNT [SEED]
"""
import random
import socket
import struct
import sys
import time

OPTION = 0x49484156454F5054


def receive(connection, length):
    data = bytearray()
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            sys.exit("the server closed the connection")
        data += part
    return bytes(data)


def main():
    path, export, count = sys.argv[1], sys.argv[2].encode(), int(sys.argv[3])
    places = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    receive(connection, 18)
    connection.sendall(struct.pack(">IQII", 3, OPTION, 1, len(export)) + export)
    length, _ = struct.unpack(">QH", receive(connection, 10))
    took = []
    for cookie in range(count):
        offset = places.randrange(length // 4096) * 4096
        begin = time.perf_counter()
        connection.sendall(struct.pack(">IHHQQI", 0x25609513, 0, 0, cookie, offset, 4096))
        magic, error, _ = struct.unpack(">IIQ", receive(connection, 16))
        if magic != 0x67446698 or error:
            sys.exit(f"error {error} at byte {offset}")
        receive(connection, 4096)
        took.append((time.perf_counter() - begin) * 1000)
    took.sort()
    print(f"p50 {took[count // 2]:.2f} ms, p99 {took[count * 99 // 100]:.2f} ms")


main()
