/** What codecs share: checks of arguments, a budget of heap, and libraries that take byte arrays between buffers. */
package org.imagingutility.codec.compress.stream;
