/**
 * File systems and containers that are known by name only: users see what is on a device, and all of it is taken. No bitmap or
 * tree of them is read.
 */
package org.imagingutility.allocator.other;
