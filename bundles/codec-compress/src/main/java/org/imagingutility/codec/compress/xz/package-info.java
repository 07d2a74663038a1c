/** xz (The .xz File Format 1.2.1), by xz for Java. */
package org.imagingutility.codec.compress.xz;
