/** The journal: where it lies, and which blocks it will write when it is replayed. */
package org.imagingutility.allocator.ext.journal;
