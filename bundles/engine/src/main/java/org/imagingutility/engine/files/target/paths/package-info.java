/**
 * Folders by their paths, where the calls that start at an open folder are not to be had (Windows; Linux without JNA). Each folder is looked at
 * before it is gone into; nobody else may move folders about meanwhile.
 */
package org.imagingutility.engine.files.target.paths;
