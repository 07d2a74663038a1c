/** The allocator for devices of which nothing is known: every byte counts as in use. */
package org.imagingutility.allocator.all;
