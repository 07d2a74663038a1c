/** From extents to chunks and frames: what of a device is read and where it goes. */
package org.imagingutility.engine.plan;
