/** lz4 frames and blocks (LZ4 Frame Format Description 1.6, LZ4 Block Format Description). */
package org.imagingutility.codec.compress.lz4;
