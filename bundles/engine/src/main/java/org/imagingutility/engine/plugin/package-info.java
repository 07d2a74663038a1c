/** The plug-ins that are there now, wherever they come from. */
package org.imagingutility.engine.plugin;
