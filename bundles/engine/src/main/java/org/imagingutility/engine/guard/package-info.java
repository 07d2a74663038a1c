/**
 * What stands between the engine and plug-ins: one class for each interface that plug-ins implement. Each call is passed on;
 * what is thrown that may not be thrown, and what is answered that the contract rules out, becomes an error that names the
 * plug-in and its bundle. So a faulty plug-in ends what works with it and nothing else, and never gives a wrong image in
 * silence. Nothing is allocated or locked for a frame. So each method has a try of its own: a function handed to one that all share
 * would be an object for each call, and a class more at each start.
 *
 * <p>Methods that may throw an {@link org.imagingutility.api.error.ImagingException} throw a
 * {@link org.imagingutility.api.error.PluginException}; out of others it is carried by a {@link CarriedException}.
 */
package org.imagingutility.engine.guard;
