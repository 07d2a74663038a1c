/**
 * Folders by the calls of Linux that start at an open folder ({@code openat}, {@code mkdirat}, {@code renameat}, ...), through JNA: Java has no
 * such call for folders and links, and keeps no fractions of a second before 1970.
 */
package org.imagingutility.engine.files.target.linux;
