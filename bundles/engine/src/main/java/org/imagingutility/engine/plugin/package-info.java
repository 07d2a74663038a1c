/** The plug-ins that are installed now, wherever they come from. {@code plugin.job} is how one job uses them. */
package org.imagingutility.engine.plugin;
