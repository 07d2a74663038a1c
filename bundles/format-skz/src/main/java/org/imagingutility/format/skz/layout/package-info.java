/**
 * The structures of a file, one class for each: what it says, as bytes and back. Whatever is taken apart is checked
 * before it is returned: ranges of numbers, and that they fit the image. The digests over several structures are here too.
 * Nothing here reads or writes files.
 */
package org.imagingutility.format.skz.layout;
