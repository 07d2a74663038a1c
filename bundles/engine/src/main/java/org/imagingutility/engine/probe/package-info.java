/**
 * What is on a device: the signatures that all allocators find, and which of them counts.
 */
package org.imagingutility.engine.probe;
