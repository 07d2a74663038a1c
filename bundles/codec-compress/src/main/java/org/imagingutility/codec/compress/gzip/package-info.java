/** gzip (RFC 1952), by the JDK's deflate. */
package org.imagingutility.codec.compress.gzip;
