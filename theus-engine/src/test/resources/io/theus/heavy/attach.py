"""Attaches to heavy memory by name with the standard library only.

Usage: attach.py mmap|shared_memory NAME BYTES FORMAT FACTOR

Prints the sum of the numbers, and multiplies each by the factor, in place.
"""
import mmap
import os
import struct
import sys


def attach_file(name):
    with open(os.path.join("/dev/shm", name), "r+b") as file:
        return mmap.mmap(file.fileno(), 0), lambda memory: memory.close()


def attach_shared_memory(name):
    from multiprocessing import resource_tracker, shared_memory

    # Before 3.13 the tracker would remove the memory of its owner at exit
    resource_tracker.register = lambda *arguments: None
    memory = shared_memory.SharedMemory(name=name)
    return memory.buf, lambda _: memory.close()


def main():
    way, name, size, form, factor = sys.argv[1:]
    attach = attach_file if way == "mmap" else attach_shared_memory
    memory, close = attach(name)
    count = int(size) // struct.calcsize(form)
    numbers = struct.unpack_from("=%d%s" % (count, form), memory)
    struct.pack_into("=%d%s" % (count, form), memory, 0, *(number * int(factor) for number in numbers))
    close(memory)
    print(sum(numbers))


main()
