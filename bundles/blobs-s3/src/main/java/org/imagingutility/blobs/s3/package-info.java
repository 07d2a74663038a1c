/**
 * Objects in a bucket, by the REST interface of Amazon S3 (<i>Amazon Simple Storage Service API Reference</i>), which many other servers
 * speak as well.
 *
 * <p>A put is one {@code PutObject} with {@code If-None-Match: *}: the server answers 412 if there is an object of that key, and 409 to one
 * of two that come at once, which may be tried again (<i>User Guide</i>, "Conditional writes"). It takes up to 5 GiB, more than any object
 * here has, so nothing is put in parts. The SHA-256 of the bytes is signed with the rest: a server that was given others refuses them, so
 * what a connection that broke left on its way cannot become an object. Bytes are sent out of the buffer of the caller.
 *
 * <p>Nothing is waited for without end: where within the time {@code s3.timeout} no further 64 KiB came or went, the request is given up,
 * and its connection closed. What the server says is bounded in length, XML is read without document types, and each number is checked.
 */
package org.imagingutility.blobs.s3;
