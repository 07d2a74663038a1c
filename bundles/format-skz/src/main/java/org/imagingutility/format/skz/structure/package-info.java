/**
 * What all structures of a file have in common: magic number, length, tag and CRC-32C, the fields between them, and how
 * long each kind can be at most. Knows nothing of what the fields mean.
 */
package org.imagingutility.format.skz.structure;
