/**
 * A server of files for browsers (HTTP, RFC 9110) and for WebDAV clients (RFC 4918, class 1), read-only. {@code http} is what all answers have in
 * common, {@code tree} finds what a path names, {@code page}, {@code dav} and {@code zip} answer; this package listens and hands out.
 */
package org.imagingutility.serve.webdav;
