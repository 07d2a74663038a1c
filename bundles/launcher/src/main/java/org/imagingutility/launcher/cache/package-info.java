/** The folder in which the framework keeps what it installed, one for each process that runs at the same time. */
package org.imagingutility.launcher.cache;
