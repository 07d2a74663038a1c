/** Jobs that run by themselves: threads, states, control, and what is kept of them on disk. */
package org.imagingutility.engine.jobs;
