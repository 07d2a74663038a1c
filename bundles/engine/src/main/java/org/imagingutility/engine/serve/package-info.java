/** Serving images as block devices or by their files: the job that opens them, hands them to a server, and ends when it is cancelled. */
package org.imagingutility.engine.serve;
