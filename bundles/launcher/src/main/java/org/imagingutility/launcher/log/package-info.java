/** The log, written by java.util.logging only once something is logged. */
package org.imagingutility.launcher.log;
