/**
 * Reading a device that may be failing: smaller and smaller reads, retries, reads that hang, ranges that are known to be
 * bad, devices that go away.
 */
package org.imagingutility.engine.source;
