/**
 * The plug-ins as one job uses them: what it needs, what it refuses, how it waits for replacements, and how its steps and its codecs
 * survive an exchange.
 */
package org.imagingutility.engine.plugin.job;
