/**
 * The job that checks a finished image ({@code verify}), in full or by a sample of its frames. Also run by the jobs that
 * verify what they have written.
 */
package org.imagingutility.engine.verify;
