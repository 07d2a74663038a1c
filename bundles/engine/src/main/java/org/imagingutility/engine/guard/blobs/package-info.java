/** Guards of places for objects. */
package org.imagingutility.engine.guard.blobs;
