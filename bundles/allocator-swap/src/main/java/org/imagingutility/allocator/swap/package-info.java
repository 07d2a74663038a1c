/** The allocator for swap areas of Linux: the header is kept, and what was paged out need not be. */
package org.imagingutility.allocator.swap;
