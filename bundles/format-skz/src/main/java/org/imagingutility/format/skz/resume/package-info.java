/**
 * Finds what is valid of an image that was not finished, and makes a writer that resumes it there.
 */
package org.imagingutility.format.skz.resume;
