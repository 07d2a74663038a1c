package org.imagingutility.api.blobs;

/**
 * What a place for objects can do.
 *
 * @param conditionalPut whether {@link BlobStore#putIfAbsent} tells for certain, of several that put the same key at once, which one was
 *        first; else each of them may be told that it was
 * @param atomicPut whether no object is ever seen with a part of its bytes
 * @param listsAtOnce whether {@link BlobStore#list} shows what was put, and not what was deleted, as soon as that returned
 * @param requestsAtOnce how many requests are worth having under way at once, 1 or more: where each takes a way through a network,
 *        more
 */
public record BlobTraits(boolean conditionalPut, boolean atomicPut, boolean listsAtOnce, int requestsAtOnce) {

    /** Checks the values. */
    public BlobTraits {
        if (requestsAtOnce < 1) {
            throw new IllegalArgumentException(requestsAtOnce + " requests at once");
        }
    }
}
