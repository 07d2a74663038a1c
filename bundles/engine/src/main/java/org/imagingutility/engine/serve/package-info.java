/** Serving images as block devices: the job that opens them, hands them to a server, and ends when it is cancelled. */
package org.imagingutility.engine.serve;
