/** The launcher: starts Felix with the bundles of the distribution, runs one command, ends the process. */
package org.imagingutility.launcher;
