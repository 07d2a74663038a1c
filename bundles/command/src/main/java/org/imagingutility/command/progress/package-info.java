/** How far a job is, for people (bar, lines) and for programs (JSON). */
package org.imagingutility.command.progress;
